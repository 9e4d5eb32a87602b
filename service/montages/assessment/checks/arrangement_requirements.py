"""The requirements of an arrangement of a period, as bits that are held against those of a unit.

Of the hard ones: which are against it, and the criteria to answer, by name (R5, R7). Of the soft ones: what
they weigh.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from typing import Any

import orjson

from montages.assessment.checks.unit_outcomes import Impact, MaskParts, UnitOutcomes, impact
from montages.knowledge import entailment
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache, FunctionCache
from montages.knowledge.law import Preference, Requirement
from montages.knowledge.model import Arrangement, Attention
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

# So many are kept for an arrangement: there are some sixty.
_MOST = 512


@dataclass(frozen=True, eq=False)
class HardStanding(OneLine):
    """Hard requirements violated and contradicted, and criterion → the requirements it is missing for."""

    violated: tuple[str, ...]
    contradicted: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Return the criteria that are missing."""
        return tuple(self.because)

    @cached_property
    def json(self) -> bytes:
        """Return the names as members of a JSON object."""
        members: dict[str, Sequence[str]] = {"violated": self.violated, "missing": self.missing}
        if self.contradicted:
            members["contradicted"] = self.contradicted
        return orjson.dumps(members)[1:-1]


@dataclass(frozen=True, eq=False)
class ArrangementTable:
    """An arrangement in force, with the bits of its requirements by their place in the rules."""

    arrangement: Arrangement
    rules: Rules

    @cached_property
    def _effective(self) -> tuple[tuple[Requirement, int], ...]:
        position = masks(self.rules).position
        effective = self.rules.effective(self.arrangement.slug)
        return tuple((r, 1 << position[r.slug]) for r in effective)

    @cached_property
    def gate_count(self) -> int:
        """Return how many hard requirements there are."""
        return len({slug for slug, _, _ in self._hard})

    @cached_property
    def folding(self) -> int:
        """Return the preferences that fold it where they are not met."""
        return sum(bit for r, bit in self._effective if isinstance(r, Preference) and r.folds)

    @cached_property
    def folded_by(self) -> FunctionCache[int, tuple[Requirement, ...]]:
        """Return the preferences of some bits."""
        effective = self._effective
        return FunctionCache(lambda bits: tuple(r for r, bit in effective if bits & bit))

    @cached_property
    def preferences(self) -> int:
        """Return the soft requirements."""
        return sum(bit for r, bit in self._effective if r.soft)

    @cached_property
    def weights(self) -> FunctionCache[int, int]:
        """Return what soft requirements weigh together, by their bits."""
        soft = [(bit, r.weight) for r, bit in self._effective if isinstance(r, Preference)]
        return FunctionCache(lambda bits: sum(weight for bit, weight in soft if bits & bit))

    @cached_property
    def attention(self) -> tuple[Attention, ...]:
        """Return the points of attention about the arrangement or what it specialises."""
        about = set(self.rules.lineage(self.arrangement.slug))
        return tuple(p for p in self.rules.attentions if about & set(p.arrangements))

    @cached_property
    def attention_slugs(self) -> frozenset[str]:
        """Return these points by their slugs."""
        return frozenset(point.slug for point in self.attention)

    @cached_property
    def _hard(self) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
        """Return each hard requirement: its slug, its bit, the criteria it reads."""
        return tuple(
            (r.slug, bit, tuple(dict.fromkeys(c.criterion for c in r.clauses())))
            for r, bit in self._effective
            if r.hard
        )

    @cached_property
    def _asking(self) -> Sequence[tuple[str, int, Sequence[tuple[int, Sequence[str]]]]]:
        """Return each of these: its slug, its bit, for each criterion read its bit, what is asked for it."""
        places, rules = masks(self.rules).criterion_places, self.rules
        return [
            (slug, bit, [(1 << places[n], tuple(entailment.asked_for(n, rules))) for n in names])
            for slug, bit, names in self._hard
        ]

    @cached_property
    def _criteria(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the criteria that are read, and those that are asked for them."""
        read = frozenset(name for _, _, names in self._hard for name in names)
        asked = (criterion for name in read for criterion in entailment.asked_for(name, self.rules))
        return read, frozenset(asked)

    @cached_property
    def reads(self) -> MaskParts:
        """Return the bits of the mask of a unit that the standing depends on."""
        known, hard = masks(self.rules), masks(self.rules).hard[self.arrangement.slug]
        criteria = sum(1 << known.criterion_places[n] for n in frozenset.union(*self._criteria))
        return MaskParts(hard, hard, hard, hard, criteria, criteria)

    def impact(self, name: str, reading: UnitOutcomes, basis: Any, status: str) -> Impact:
        """Return what each answer to a criterion would make of the status, as `impact` does."""
        by_answer = self._impacts.get((name, status, basis))
        if by_answer is None:
            place = masks(self.rules).criterion_places[name]
            supposed = reading.suppositions if reading.unsettled >> place & 1 else None
            by_answer = impact(supposed, self.arrangement.slug, name, status)
            self._impacts.add((name, status, basis), by_answer)
        return by_answer

    def basis(self, reading: UnitOutcomes) -> tuple[MaskParts, int, frozenset[str]]:
        """Return all that the impact of an answer for a unit depends on."""
        asserted = reading.unit.asserted
        return reading.mask.read(self.reads), reading.stated.bits & self._answers, asserted

    @cached_property
    def _answers(self) -> int:
        """Return the bits of the answers that are read, and of those that answers to them imply."""
        known, (read, asked) = masks(self.rules), self._criteria
        steps = (
            step.answer[0]
            for name in asked
            for value in self.rules.criteria[name].values
            for step in known.effects[name, value.slug].steps
        )
        return reduce(or_, (known.of_criterion[name] for name in read.union(asked, steps)), 0)

    @cached_property
    def _impacts(self) -> CountedCache[tuple[str, str, Any], Impact]:
        return CountedCache(_MOST)

    @cached_property
    def by_mask(self) -> FunctionCache[MaskParts, HardStanding]:
        """Return where the arrangement stands for a unit, by the bits of its mask that are read."""
        return FunctionCache(self._standing, _MOST)

    def _standing(self, mask: MaskParts) -> HardStanding:
        against, both, undetermined, resting, unsettled, assumed = mask
        places = masks(self.rules).criterion_places
        because: dict[str, dict[str, None]] = {}
        for slug, bit, names in self._asking:
            if undetermined & bit:
                missing = [a for read, asked in names if unsettled & read for a in asked]
            elif resting & bit:
                # What is settled is missing an answer where it rests on one that is only assumed.
                missing = [
                    a
                    for read, asked in names
                    if unsettled & read
                    for a in asked
                    if assumed >> places[a] & 1
                ]
            else:
                continue
            for name in missing:
                because.setdefault(name, {})[slug] = None
        return HardStanding(
            tuple(slug for slug, bit, _ in self._hard if against & bit),
            tuple(slug for slug, bit, _ in self._hard if both & bit),
            self._in_order(because),
        )

    def _in_order(self, because: Mapping[str, Mapping[str, None]]) -> dict[str, tuple[str, ...]]:
        criteria = self.rules.criteria
        return {n: tuple(because[n]) for n in sorted(because, key=lambda n: criteria[n].order)}


@cache
def arrangement_table(slug: str, rules: Rules) -> ArrangementTable:
    """Return the table of an arrangement in force, made once."""
    return ArrangementTable(rules.arrangements[slug], rules)
