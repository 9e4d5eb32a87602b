"""An assessed project as buyers plan it: who buys, how much, and the contract and procedure of each part.

The contract that was retained comes before the one that the answer names, and so does the procedure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from montages.assessment.assessment import Assessment
from montages.assessment.explainer import Concluded
from montages.assessment.retained import Retained
from montages.bilingual import NO_TEXT, Text
from montages.description.facts import NAMES, label
from montages.knowledge.model import Arrangement
from montages.names import ID, MTG

RETAINED, ADVISED = "retained", "advised"
# Which criterion tells the nature of what is bought, the surer first.
_NATURES = ("main-object", "contract-object")


@dataclass(frozen=True, eq=False)
class PlannedPart:
    """A part of a project: its units, the contract planned for it, the procedure, the object and the amount.

    `status` tells whether the contract was retained, or is what the answer advises.
    """

    identifier: str
    title: Text
    contract: Arrangement | None
    status: str
    verdict: str
    procedure: Arrangement | None
    nature: URIRef | None
    amount: Decimal | None
    months: Decimal | None


@dataclass(frozen=True, eq=False)
class PlannedProject:
    """A project and its parts, one where one contract does; `buyer_name` is empty where none is stated."""

    assessment: Assessment
    buyer: URIRef | None
    buyer_name: Text
    parts: tuple[PlannedPart, ...]

    @property
    def several(self) -> bool:
        """Tell whether it is planned in several contracts."""
        return len(self.parts) > 1


def planned_project(assessment: Assessment) -> PlannedProject:
    """Return an assessed project as it is planned."""
    premises = assessment.premises
    facts, project = premises.description.facts, str(premises.project)
    holders = [h for h in facts.objects(project, str(MTG.holder)) if isinstance(h, str)]
    buyer = URIRef(min(holders)) if holders else None
    named = any(facts.objects(str(buyer), name) for name in NAMES)
    name = label(facts, str(buyer)) if named else NO_TEXT
    return PlannedProject(assessment, buyer, name, tuple(_parts(assessment)))


def _parts(assessment: Assessment) -> Iterator[PlannedPart]:
    conclusions, retained = assessment.conclusions, assessment.coherence.retained
    explainer = conclusions.explainer
    contracts = [one for one in assessment.coherence.retained_contracts if one.state != "dropped"]
    procedure = _retained_procedure(retained, assessment)
    if contracts:
        for one in contracts:
            part = explainer.of([unit for unit in explainer.units if unit.id in one.units])
            contract = _arrangement(assessment, one.contract)
            enough = procedure or _advised(assessment, one.contract)
            yield _part(part, assessment, contract, RETAINED, one.verdict.value, enough)
        return
    answer = conclusions.answer
    for row, ways in zip(answer.rows, answer.ways, strict=True):
        enough = None if ways.channel or ways.enough is None else ways.enough.arrangement
        named = row.row.shown
        yield _part(
            row.part,
            assessment,
            named.arrangement,
            ADVISED,
            named.verdict.value,
            procedure or enough,
        )
    if not answer.rows:
        yield _part(explainer.project, assessment, None, "", "", procedure)


def _arrangement(assessment: Assessment, slug: str) -> Arrangement | None:
    """Return an arrangement of the book of an assessment by its slug, None for one that it has not."""
    return assessment.premises.rules.book.arrangements.get(slug)


def _retained_procedure(
    retained: tuple[Retained, ...], assessment: Assessment
) -> Arrangement | None:
    names = [one.contract for one in retained if one.kind == "procedure"]
    return _arrangement(assessment, names[0]) if names else None


def _advised(assessment: Assessment, contract: str) -> Arrangement | None:
    """Return the procedure that is enough where the answer names the contract that was retained."""
    answer = assessment.conclusions.answer
    for row, ways in zip(answer.rows, answer.ways, strict=True):
        if row.row.contract == contract and ways.enough is not None and not ways.channel:
            return ways.enough.arrangement
    return None


def _part(
    part: Concluded,
    assessment: Assessment,
    contract: Arrangement | None,
    status: str,
    verdict: str,
    procedure: Arrangement | None,
) -> PlannedPart:
    unit = part.unit
    whole = len(part.units) == len(assessment.conclusions.explainer.units)
    natures = [value for name in _NATURES for value in sorted(unit.answer(name).values)]
    objects = [name for name in _NATURES for _ in unit.answer(name).values]
    return PlannedPart(
        identifier="-".join(sorted(one.id for one in part.units)),
        title=assessment.premises.label if whole else unit.label,
        contract=contract,
        status=status,
        verdict=verdict,
        procedure=procedure,
        nature=URIRef(f"{ID}{objects[0]}/{natures[0]}") if natures else None,
        amount=unit.answer("estimated-value").number,
        months=unit.answer("duration").number,
    )
