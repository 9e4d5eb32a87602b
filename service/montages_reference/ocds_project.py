"""An assessed project as buyers plan it: who buys, how much, and the contract and procedure of each part.

The contract that was retained comes before the one that the answer names, and so does the procedure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rdflib import URIRef

from montages.assessment.assessment import Assessment
from montages.assessment.parts import Part
from montages.bilingual import NO_TEXT, Text
from montages.description.facts import NAMES, label
from montages.knowledge.model import Arrangement
from montages.names import ID, MTG

RETAINED, ADVISED = "retained", "advised"
# Which criterion tells the nature of what is bought, the surer first.
_NATURES = ("main-object", "contract-object")


@dataclass(frozen=True, eq=False)
class PlannedPart:
    """A part of a project, with the contract and the procedure planned for it.

    `status` tells whether the contract was retained, or is what the answer advises.
    """

    part: Part
    title: Text
    contract: Arrangement | None
    status: str
    verdict: str
    procedure: Arrangement | None

    @property
    def identifier(self) -> str:
        """Return its name within the project: those of its units."""
        return "-".join(sorted(unit.id for unit in self.part.units))

    @property
    def nature(self) -> URIRef | None:
        """Return what is bought: the value of a criterion."""
        answers = ((name, self.part.unit.answer(name).values) for name in _NATURES)
        return next((ID[f"{name}/{min(values)}"] for name, values in answers if values), None)

    @property
    def amount(self) -> Decimal | None:
        """Return its estimated value, in euros."""
        return self.part.unit.answer("estimated-value").number

    @property
    def months(self) -> Decimal | None:
        """Return its duration."""
        return self.part.unit.answer("duration-months").number


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
    """Yield the parts that contracts were retained for, else those that the answer names one for."""
    parts, coherence = assessment.conclusions.parts, assessment.coherence
    book, answer = assessment.premises.rules.book.arrangements, assessment.conclusions.answer

    def planned(part: Part, *agreed: Any) -> PlannedPart:
        whole = len(part.units) == len(parts.units)
        return PlannedPart(part, assessment.premises.label if whole else part.unit.label, *agreed)

    procedures = (book.get(one.contract) for one in coherence.retained if one.kind == "procedure")
    stated = next(procedures, None)
    awards = (None if one.award.channel else one.award.enough for one in answer.rows)
    named = [
        (one.part, one.shown, enough and enough.arrangement)
        for one, enough in zip(answer.rows, awards, strict=True)
    ]
    enough = {result.arrangement.slug: way for _, result, way in reversed(named) if way}
    contracts = [one for one in coherence.retained_contracts if one.state != "dropped"]
    for one in contracts:
        part = parts.of([unit for unit in parts.units if unit.id in one.units])
        way = stated or enough.get(one.contract)
        yield planned(part, book.get(one.contract), RETAINED, one.verdict.value, way)
    if contracts:
        return
    for part, result, way in named:
        yield planned(part, result.arrangement, ADVISED, result.verdict.value, stated or way)
    if not named:
        yield planned(parts.project, None, "", "", stated)
