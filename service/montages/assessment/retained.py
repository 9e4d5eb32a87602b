"""The contracts really retained, each judged on the units it is stated for (R29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import URIRef

from montages.assessment.assessment import Retained
from montages.assessment.explain import Explainer
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.model import Arrangement, Text
from montages.names import MTG, SHAPE
from montages.validation.findings import Finding

CONSTRAINT = SHAPE["Project-retained-against-facts"]
_CONTRADICT = ("ineligible", "conflict")


def retained_contracts(explainer: Explainer) -> tuple[Retained, ...]:
    """Return each contract the description retains, with its status and what is missing to decide."""
    stated: dict[str, list[Unit]] = {}
    for unit in explainer.units:
        for contract in unit.retained:
            stated.setdefault(contract, []).append(unit)
    out = []
    for contract, units in sorted(stated.items()):
        found = [explainer.statuses[u.id].get(contract, logic.NOT_IN_FORCE) for u in units]
        verdict = [
            v for u in units for v in explainer.unit_verdicts(u) if v.arrangement.slug == contract
        ]
        missing = dict.fromkeys(m.criterion for v in verdict for m in v.missing)
        worst = max((v.verdict for v in verdict), key=lambda v: v.rank)
        on = tuple(u.id for u in units)
        out.append(Retained(contract, logic.worst(found), worst, on, tuple(missing)))
    return tuple(out)


def judged(
    explainer: Explainer, retained: Sequence[Retained]
) -> Iterator[tuple[Arrangement, str, Text]]:
    """Return each retained contract with its status and the sentence of a unit that gives it."""
    for found in retained:
        for unit in explainer.units:
            if unit.id not in found.units:
                continue
            for verdict in explainer.unit_verdicts(unit):
                if (verdict.arrangement.slug, verdict.status) == (found.contract, found.status):
                    yield verdict.arrangement, verdict.status, verdict.summary
                    break
            else:
                continue
            break


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
