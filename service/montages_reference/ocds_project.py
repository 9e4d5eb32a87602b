"""An assessed project as buyers plan or agreed it: who buys, of whom, and the contract of each part.

The contract that was retained comes before the one that the answer names. Of what is no longer planned only
what is stated is told: no procedure is worked out for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rdflib import URIRef

from montages.assessment.assessment import Assessment
from montages.assessment.parts import Part
from montages.assessment.retained import Retained
from montages.bilingual import NO_TEXT, Text
from montages.description.facts import NAMES, Facts, label
from montages.knowledge.model import Arrangement
from montages.names import ID, MTG

RETAINED, ADVISED = "retained", "advised"
# Stages beside the states of a contract; `awarded`: no state is said, but when it was signed or who holds it.
PLANNED, AWARDED, UNKNOWN = "planned", "awarded", "unknown"
_CONCLUDED = (AWARDED, "signed", "ended")
# Which criterion tells the nature of what is bought, the surer first.
_NATURES = ("main-object", "contract-object")


@dataclass(frozen=True, eq=False)
class Party:
    """Who buys, or holds a contract; `name` and `siren` are empty where they are not stated."""

    iri: str
    name: Text
    siren: str


@dataclass(frozen=True, eq=False)
class PlannedPart:
    """A part of a project, with its contract and its procedure.

    `status` tells whether the contract was retained, or is what the answer advises; `stage` is where it
    stands, since `stage_on` if that is stated, and `signed_on` when it was signed; `holders` hold it.
    """

    part: Part
    title: Text
    contract: Arrangement | None
    status: str
    verdict: str
    procedure: Arrangement | None
    stage: str
    stage_on: str
    signed_on: str
    holders: tuple[Party, ...]

    @property
    def concluded(self) -> bool:
        """Tell whether its contract was signed, be it ended since."""
        return self.stage in _CONCLUDED

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
    """A project, its buyer if one is stated, and its parts, one where one contract does."""

    assessment: Assessment
    buyer: Party | None
    parts: tuple[PlannedPart, ...]

    @property
    def several(self) -> bool:
        """Tell whether it is in several contracts."""
        return len(self.parts) > 1


def planned_project(assessment: Assessment) -> PlannedProject:
    """Return an assessed project as it is planned, or as it was agreed."""
    premises = assessment.premises
    buyers = _parties(premises.description.facts, str(premises.project), MTG.holder)
    return PlannedProject(assessment, next(iter(buyers), None), tuple(_parts(assessment)))


def _parties(facts: Facts, subject: str, role: URIRef) -> tuple[Party, ...]:
    def party(iri: str) -> Party:
        named = any(facts.objects(iri, name) for name in NAMES)
        numbers = [n.value for n in facts.objects(iri, str(MTG.siren)) if not isinstance(n, str)]
        return Party(iri, label(facts, iri) if named else NO_TEXT, min(numbers, default=""))

    iris = sorted(iri for iri in facts.objects(subject, str(role)) if isinstance(iri, str))
    return tuple(map(party, iris))


def _parts(assessment: Assessment) -> Iterator[PlannedPart]:
    """Yield the parts that contracts were retained for, else those that the answer names one for."""
    parts, coherence = assessment.conclusions.parts, assessment.coherence
    premises, answer = assessment.premises, assessment.conclusions.answer
    facts, book = premises.description.facts, premises.rules.book.arrangements

    def planned(
        part: Part,
        stated: Retained | None,
        contract: Arrangement | None,
        status: str,
        verdict: str,
        way: Arrangement | None,
    ) -> PlannedPart:
        title = premises.label if len(part.units) == len(parts.units) else part.unit.label
        places = dict.fromkeys(place for unit in part.units for place in unit.parts)
        holders = tuple(party for place in places for party in _parties(facts, place, MTG.operator))
        signed_on = (stated.signed_on if stated else premises.signed_on) or ""
        stage = (stated and stated.state) or (
            AWARDED if signed_on or holders else UNKNOWN if status == RETAINED else PLANNED
        )
        since = (stated and stated.state_on) or ""
        return PlannedPart(
            part, title, contract, status, verdict, way, stage, since, signed_on, holders
        )

    chosen = next((one for one in coherence.retained if one.kind == "procedure"), None)
    followed = book.get(chosen.contract) if chosen else None
    awards = (None if one.award.channel else one.award.enough for one in answer.rows)
    named = [
        (one.part, one.shown, enough.arrangement if enough else None)
        for one, enough in zip(answer.rows, awards, strict=True)
    ]
    agreed = coherence.retained_contracts
    agreed = tuple(one for one in agreed if one.state != "dropped") or agreed
    for one in agreed:
        part = parts.of([unit for unit in parts.units if unit.id in one.units])
        yield planned(part, one, book.get(one.contract), RETAINED, one.verdict.value, followed)
    if agreed:
        return
    whole = planned(parts.project, chosen, None, "", "", followed)
    if not named or whole.stage != PLANNED:
        yield whole
        return
    for part, result, way in named:
        verdict = result.verdict.value
        yield planned(part, chosen, result.arrangement, ADVISED, verdict, followed or way)
