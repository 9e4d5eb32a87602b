"""The finding that a contract really retained contradicts the facts stated of the project."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef

from montages.decision.findings import Finding
from montages.knowledge.model import Arrangement, Text
from montages.names import MTG, SHAPE

CONSTRAINT = SHAPE["Project-retained-against-facts"]
_CONTRADICT = ("ineligible", "conflict")


def against_facts(
    project: URIRef, judged: Iterable[tuple[Arrangement, str, Text]]
) -> tuple[Finding, ...]:
    """Return one finding for each retained contract that the facts rule out.

    `judged` gives each retained contract, its status, and the sentence that says why.
    """
    return tuple(
        Finding(
            severity="violation",
            constraint=str(CONSTRAINT),
            focus=str(project),
            path=str(MTG.retains),
            value=str(arrangement.iri),
            message=Text(
                f"Le contrat retenu contredit les faits décrits. {why.fr} "
                "Vérifiez ces réponses, ou le contrat.",
                f"The retained contract contradicts the facts described. {why.en} "
                "Check these answers, or the contract.",
            ),
        )
        for arrangement, status, why in judged
        if status in _CONTRADICT
    )
