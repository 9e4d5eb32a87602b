"""The brief of a project straight from its classes: what `decision.brief` says of a whole assessment.

What is told of an arrangement depends on a few answers and outcomes only: it is worked out once for
each combination, and looked up after that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from montages.decision import kleene
from montages.decision.answers import unique_ids
from montages.decision.assessment import SECTIONS, STATUSES
from montages.decision.brief import Sections
from montages.decision.fast_close import ClosedUnit
from montages.decision.fast_derive import Concluded
from montages.decision.fast_units import layer_of
from montages.decision.masks import Masks, masks
from montages.decision.rl.closure import Closure
from montages.decision.run import Run
from montages.decision.unusual import Unusual
from montages.knowledge.model import Arrangement, Requirement
from montages.knowledge.periods import Rules

# How many combinations are kept for each arrangement.
_KEPT = 4096


@dataclass(frozen=True, eq=False)
class Told:
    """What is told of an arrangement for one unit; soft weights: those that hold, those that may, all."""

    status: str
    low: int
    high: int
    total: int
    violated: tuple[str, ...]
    missing: tuple[str, ...]
    contradicted: tuple[str, ...]

    @cached_property
    def soft(self) -> tuple[float, float]:
        """Return the weighted share of soft requirements that hold, at least and at most."""
        if not self.total:
            return 0.0, 1.0
        return round(self.low / self.total, 4), round(self.high / self.total, 4)

    @cached_property
    def rank(self) -> tuple[int, float, float]:
        """Return what arrangements are ranked by (R20)."""
        position, (low, high) = STATUSES.index(self.status), self.soft
        if self.status == "ineligible":
            return position, len(self.violated), -high
        return position, -low if self.status == "eligible" else -high, -high

    @cached_property
    def json(self) -> dict[str, Any]:
        """Return it as the brief says it. Do not modify."""
        out: dict[str, Any] = {
            "status": self.status,
            "soft": list(self.soft),
            "violated": list(self.violated),
            "missing": list(self.missing),
        }
        return out | ({"contradicted": list(self.contradicted)} if self.contradicted else {})


@dataclass(frozen=True, eq=False)
class _Read:
    """A requirement as it is read: its bit, and the bits and names of the criteria it may leave open."""

    requirement: Requirement
    bit: int
    criteria: tuple[_Criterion, ...]


class _Criterion(NamedTuple):
    """A criterion as it may be open: where no bit of `any` is there, or not all of a list are settled."""

    any: int
    each: tuple[int, ...] | None
    asked: tuple[str, ...]

    def open(self, answers: int) -> bool:
        """Tell whether the criterion is still unanswered, or its list not complete."""
        if self.each is None:
            return not answers & self.any
        return not all(answers & bits for bits in self.each)


@dataclass(frozen=True, eq=False)
class _Arrangement:
    """An arrangement as it is told of, with what was told already."""

    found: Arrangement
    section: str
    reads: tuple[_Read, ...]
    answers: int
    requirements: int
    hard: int
    place: int
    order: dict[str, int]
    _known: dict[tuple[int, int, int, int, int], Told] = field(default_factory=dict, repr=False)
    _together: dict[tuple[Told, ...], Told] = field(default_factory=dict, repr=False)

    def told(self, answers: int, done: Concluded) -> Told:
        """Return what is told for a unit."""
        of = self.requirements
        key = (
            answers & self.answers,
            done.satisfied & of,
            done.violated & of,
            done.exempt & of,
            done.eligible >> self.place & 1,
        )
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[key] = self._tell(*key)
        return found

    def _tell(
        self, answers: int, satisfied: int, violated: int, exempt: int, eligible: int
    ) -> Told:
        both = satisfied & violated
        against = violated & ~both
        if against & self.hard:
            status = "ineligible"
        elif both & self.hard:
            status = "conflict"
        else:
            status = "eligible" if eligible else "undetermined"
        low = high = total = 0
        missing: dict[str, None] = {}
        for read in self.reads:
            holds = (satisfied | exempt) & ~violated & read.bit
            if not read.requirement.hard:
                weight = read.requirement.weight
                total += weight
                low += weight if holds else 0
                high += 0 if against & read.bit else weight
            elif not holds and not violated & read.bit:
                for criterion in read.criteria:
                    if criterion.open(answers):
                        missing |= dict.fromkeys(criterion.asked)
        return Told(
            status=status,
            low=low,
            high=high,
            total=total,
            violated=self._slugs(against),
            missing=tuple(sorted(missing, key=self.order.__getitem__)),
            contradicted=self._slugs(both),
        )

    def _slugs(self, bits: int) -> tuple[str, ...]:
        return tuple(r.requirement.slug for r in self.reads if r.requirement.hard and bits & r.bit)

    def together(self, units: tuple[Told, ...]) -> Told:
        """Return what is told of the whole project, from what is told of its units."""
        found = self._together.get(units)
        if found is None:
            if len(self._together) >= _KEPT:
                self._together.clear()
            found = self._together[units] = self._whole(units)
        return found

    def _whole(self, units: tuple[Told, ...]) -> Told:
        if all(told is units[0] for told in units):
            return units[0]
        slugs = [r.requirement.slug for r in self.reads]
        violated = {name for told in units for name in told.violated}
        contradicted = {name for told in units for name in told.contradicted}
        missing = {name for told in units for name in told.missing}
        return Told(
            status=kleene.worst(told.status for told in units),
            low=sum(told.low for told in units),
            high=sum(told.high for told in units),
            total=sum(told.total for told in units),
            violated=tuple(name for name in slugs if name in violated),
            missing=tuple(sorted(missing, key=self.order.__getitem__)),
            contradicted=tuple(name for name in slugs if name in contradicted),
        )


@cache
def _arrangements(rules: Rules) -> tuple[_Arrangement, ...]:
    return tuple(
        _arrangement(found, place, rules)
        for place, found in enumerate(rules.arrangements.values())
        if not found.abstract
    )


def _arrangement(found: Arrangement, place: int, rules: Rules) -> _Arrangement:
    known, effective = masks(rules), rules.effective(found.slug)
    reads = tuple(_read(requirement, known) for requirement in effective)
    criteria = [c for read in reads for c in read.criteria]
    bits = [c.any for c in criteria]
    answers = 0
    for some in bits:
        answers |= some
    requirements = 0
    for read in reads:
        requirements |= read.bit
    return _Arrangement(
        found=found,
        section=SECTIONS[found.kind],
        reads=reads,
        answers=answers,
        requirements=requirements,
        hard=known.hard[found.slug],
        place=place,
        order={name: criterion.order for name, criterion in rules.criteria.items()},
    )


def _read(requirement: Requirement, known: Masks) -> _Read:
    names = dict.fromkeys(clause.criterion for clause in requirement.clauses())
    bit = 1 << known.position[requirement.slug]
    return _Read(requirement, bit, tuple(_criterion(name, known) for name in names))


def _criterion(name: str, known: Masks) -> _Criterion:
    criterion = known.rules.criteria[name]
    each = None
    if criterion.multiple:
        each = tuple(
            known.given[name, v.slug] | known.left_out[name, v.slug] for v in criterion.values
        )
    return _Criterion(known.of_criterion[name], each, kleene.asked_for(name, known.rules))


@cache
def _bits(rules: Rules) -> dict[str, dict[str, int]]:
    """Return property → value → bit, of answers given and of values left out."""
    known, found = masks(rules), dict[str, dict[str, int]]()
    for criterion in rules.criteria.values():
        values = {str(v.iri): known.given[criterion.slug, v.slug] for v in criterion.values}
        found[str(criterion.property)] = values
        if criterion.excluded_property is not None:
            found[str(criterion.excluded_property)] = {
                str(v.iri): known.left_out[criterion.slug, v.slug] for v in criterion.values
            }
    return found


def _answers(unit: ClosedUnit, closure: Closure, rules: Rules) -> int:
    """Return the answers of a unit as bits; raises Unusual for an assumed one, or one on no list."""
    if any(fact.state == "default" for fact in unit.facts):
        raise Unusual
    answers, known = 0, _bits(rules)
    for prop, values in closure.out[unit.iri].items():
        bits = known.get(prop)
        if bits is not None:
            for value in values:
                if value not in bits:
                    raise Unusual
                answers |= bits[value]
    return answers


def _rank(ranked: tuple[_Arrangement, Told, tuple[Told, ...]]) -> tuple[int, float, float]:
    return ranked[1].rank


def brief_of(run: Run, rules: Rules) -> Sections:
    """Return the sections of the brief of a project, as `decision.brief.brief` gives them.

    Raises Unusual for what only a whole assessment tells.
    """
    ordered = sorted(run.units, key=lambda unit: unit.iri)
    ids = unique_ids([(layer_of(unit, run.facts), unit.perimeter) for unit in ordered])
    units = sorted(zip(ids, ordered, strict=True), key=lambda pair: pair[0])
    stated = [(_answers(u, run.closure, rules), run.concluded[u]) for _, u in units]
    names = [name for name, _ in units] if len(units) > 1 else []
    ranked = []
    for arrangement in _arrangements(rules):
        told = tuple([arrangement.told(*each) for each in stated])
        whole = arrangement.together(told)
        ranked.append((arrangement, whole, told))
    ranked.sort(key=_rank)
    sections: Sections = {name: [] for name in SECTIONS.values()}
    for arrangement, whole, told in ranked:
        entry = {"contract": arrangement.found.slug, **whole.json}
        if names:
            entry["units"] = {n: t.json for n, t in zip(names, told, strict=True)}
        sections[arrangement.section].append(entry)
    for found in rules.proposed():
        if found.slug not in rules.arrangements:
            entry = {"contract": found.slug, "status": "not-in-force"}
            sections[SECTIONS[found.kind]].append(entry)
    return sections
