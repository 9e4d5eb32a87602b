"""The verdict on an arrangement, from the bits of a unit.

What hard requirements say depends on few bits: it is evaluated once for each combination of these, and
looked up after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import orjson

from montages.engine.fast.fast_derive import UnitConclusions, unit_conclusions
from montages.engine.fast.period_tables import rule_tables
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.protocol import ContractTally
from montages.knowledge import logic, suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.logic import STATUS_RANK, STATUSES
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# How many verdicts are cached for an arrangement, of each kind: there are some sixty.
_MOST = 1024


class UnitMask(NamedTuple):
    """A unit as bits: results and open criteria, the requirements that hold, those it goes against.

    Where it assumes something: the criteria that it assumes, and its results without them.
    """

    bits: int
    holds: int
    against: int
    assumed: int = 0
    unassumed: int = 0


class MaskLayout:
    """Where the bits of a unit mask are: the results as `fast_derive` cuts them, then criteria by order."""

    def __init__(self, rules: Rules) -> None:
        self.tables: RuleTables = rule_tables(rules)
        self.results = 3 * len(self.tables.requirements) + len(self.tables.arrangements)
        by_order = sorted(rules.criteria, key=lambda name: rules.criteria[name].order)
        self.criteria = {name: 1 << n for n, name in enumerate(by_order)}

    def unit_mask(self, classes: int, settled: int) -> UnitMask:
        """Return the mask of a unit of some classes, in which some criteria are settled."""
        results = classes & (1 << self.results) - 1
        conclusions = unit_conclusions(results, self.tables)
        holds = (conclusions.satisfied | conclusions.exempt) & ~conclusions.violated
        against = conclusions.violated & ~conclusions.satisfied
        return UnitMask(
            results | (((1 << len(self.criteria)) - 1) & ~settled) << self.results, holds, against
        )

    def resting(self, unit: UnitMask) -> int:
        """Return the bits of a unit mask that rest on what it assumes: other results, criteria assumed."""
        differing = (unit.bits ^ unit.unassumed) & (1 << self.results) - 1
        return differing | unit.assumed << self.results


@cache
def mask_layout(rules: Rules) -> MaskLayout:
    """Return the layout of the unit masks of a period."""
    return MaskLayout(rules)


class SoftScore:
    """How far the soft requirements of an arrangement are met: at least, at most, as JSON and as sorted."""

    __slots__ = ("interval", "second", "text", "third")

    def __init__(self, weights: tuple[int, int, int]) -> None:
        """Take what those weigh that are surely met, that may be met, and all together."""
        low, high, total = weights
        least, most = (round(low / total, 4), round(high / total, 4)) if total else (0.0, 1.0)
        self.interval = [least, most]
        self.text = orjson.dumps(self.interval)
        # What comes second in the order of arrangements, by the place of the status (R20).
        self.second = [-least if status == "eligible" else -most for status in STATUSES]
        self.third = -most


class HardVerdict:
    """What hard requirements say: a status and what it rests on, as bits and as `names`."""

    __slots__ = (
        "after",
        "before",
        "contradicted",
        "missing",
        "names",
        "number",
        "place",
        "provisional",
        "status",
        "tally",
        "violated",
    )  # fmt: skip

    def __init__(
        self,
        status: str,
        violated: int,
        missing: int,
        contradicted: int,
        provisional: bool,
        names: Mapping[str, Any],
    ) -> None:
        self.status, self.names, self.provisional = status, names, provisional
        self.violated, self.missing, self.contradicted = violated, missing, contradicted
        self.place = STATUS_RANK[status]
        self.number = violated.bit_count() if status == "ineligible" else 0
        self.tally = ContractTally(status, names["violated"], names["missing"])
        # As members of a JSON object, what soft requirements say between them.
        self.before = b'"status":%b,"soft":' % orjson.dumps(status)
        self.after = b",%b" % orjson.dumps(names)[1:-1]

    def to_json(self, soft: SoftScore) -> dict[str, Any]:
        """Return the verdict as JSON data."""
        return {"status": self.status, "soft": soft.interval, **self.names}

    def rank(self, soft: SoftScore) -> tuple[int, float, float]:
        """Return what sorts arrangements (R20)."""
        return self.place, self.number or soft.second[self.place], soft.third


@dataclass(frozen=True, eq=False)
class ArrangementEvaluator:
    """Evaluates the hard requirements of one arrangement."""

    layout: MaskLayout
    eligible: int  # its bit in a unit mask
    hard: tuple[tuple[str, int], ...]  # requirement, bit
    open: Mapping[int, tuple[tuple[int, int], ...]]  # hard requirement → (criterion, those to ask)
    criteria: tuple[tuple[str, int], ...]  # criterion that may be missing, bit, in author order
    reads: int  # the bits of a unit mask that the hard requirements depend on

    @cached_property
    def verdicts(self) -> FunctionCache[int, HardVerdict]:
        """Return the verdict on a unit, by its mask cut down to `reads`."""
        return FunctionCache(self._evaluate, _MOST)

    @cached_property
    def joint_verdicts(self) -> FunctionCache[frozenset[HardVerdict], HardVerdict]:
        """Return the verdict on several units together, by theirs."""
        return FunctionCache(self._join, _MOST)

    @cached_property
    def assuming_verdicts(self) -> FunctionCache[tuple[int, int, int], HardVerdict]:
        """Return the verdict on a unit that assumes something, by what `assuming` gives."""
        return FunctionCache(lambda key: self._evaluate(*key), _MOST)

    def assuming(self, unit: UnitMask) -> tuple[int, int, int]:
        """Return a unit mask, what it assumes, and its results without, cut down to `reads`."""
        assumed = unit.assumed << self.layout.results
        return unit.bits & self.reads, assumed & self.reads, unit.unassumed & self.reads

    @cached_property
    def _by_content(self) -> FunctionCache[tuple[str, int, int, int, bool], HardVerdict]:
        return FunctionCache(lambda key: HardVerdict(*key, self._names(*key[1:])), _MOST)

    def _evaluate(self, bits: int, assumed: int = 0, unassumed: int | None = None) -> HardVerdict:
        conclusions, unsettled = (
            unit_conclusions(bits, self.layout.tables),
            bits >> self.layout.results,
        )
        status, against, both = self._status(bits, conclusions)
        settled, missing = conclusions.satisfied | conclusions.exempt | conclusions.violated, 0
        for bit, criteria in self.open.items():
            if not settled & bit:
                for criterion, to_ask in criteria:
                    missing |= to_ask if unsettled & criterion else 0
        provisional = False
        if unassumed is not None:  # what rests on it may be read, where it is not read itself
            without = unit_conclusions(unassumed, self.layout.tables)
            provisional = self._status(unassumed, without)[0] != status
            resting = settled & self._differing(conclusions, without)
            missing |= self._assumed(resting, unsettled, assumed >> self.layout.results)
        return self._by_content[status, against, missing, both, provisional]

    def _status(self, bits: int, conclusions: UnitConclusions) -> tuple[str, int, int]:
        """Return the status, the hard requirements that go against it, those that are contradicted."""
        both = conclusions.satisfied & conclusions.violated
        against = conclusions.violated & ~both
        return logic.status_of(against, both, not bits & self.eligible), against, both

    def _differing(self, one: UnitConclusions, other: UnitConclusions) -> int:
        """Return the hard requirements that come out otherwise."""
        return sum(
            bit
            for _, bit in self.hard
            if len({logic.outcome_of(*(part & bit for part in each[:3])) for each in (one, other)})
            > 1
        )

    def _assumed(self, resting: int, unsettled: int, assumed: int) -> int:
        """Return the criteria that are assumed, of those that some requirements read and rest on."""
        missing = 0
        for bit, criteria in self.open.items():
            if resting & bit:
                for criterion, to_ask in criteria:
                    missing |= to_ask & assumed if unsettled & criterion else 0
        return missing

    def _join(self, verdicts: Iterable[HardVerdict]) -> HardVerdict:
        violated = missing = contradicted = 0
        for verdict in verdicts:
            violated |= verdict.violated
            missing |= verdict.missing
            contradicted |= verdict.contradicted
        status = logic.worst(verdict.status for verdict in verdicts)
        provisional = any(verdict.provisional for verdict in verdicts)
        return self._by_content[status, violated, missing, contradicted, provisional]

    def _names(
        self, violated: int, missing: int, contradicted: int, provisional: bool
    ) -> dict[str, Any]:
        names: dict[str, Any] = {
            "violated": [slug for slug, bit in self.hard if violated & bit],
            "missing": [name for name, bit in self.criteria if missing & bit],
        }
        if contradicted:
            names["contradicted"] = [slug for slug, bit in self.hard if contradicted & bit]
        if provisional:
            names["provisional"] = True
        return names


def arrangement_evaluator(slug: str, rules: Rules) -> ArrangementEvaluator:
    """Return the evaluator of an arrangement."""
    layout, position, width = mask_layout(rules), masks(rules).position, len(rules.requirements)
    hard = [(r, 1 << position[r.slug]) for r in rules.effective(slug) if r.hard]
    open_ = {bit: tuple(_criteria(r, layout, rules)) for r, bit in hard}
    eligible = 1 << 3 * width + layout.tables.arrangements.index(slug)
    reads, may_miss = eligible, 0
    for bit, criteria in open_.items():
        reads |= bit | bit << width | bit << 2 * width
        for criterion, to_ask in criteria:
            reads |= criterion << layout.results
            may_miss |= to_ask
    return ArrangementEvaluator(
        layout=layout,
        eligible=eligible,
        hard=tuple((r.slug, bit) for r, bit in hard),
        open=open_,
        criteria=tuple((name, bit) for name, bit in layout.criteria.items() if may_miss & bit),
        reads=reads,
    )


def _criteria(
    requirement: Requirement, layout: MaskLayout, rules: Rules
) -> Iterable[tuple[int, int]]:
    for name in dict.fromkeys(clause.criterion for clause in requirement.clauses()):
        yield (
            layout.criteria[name],
            sum(layout.criteria[n] for n in suppositions.asked_for(name, rules)),
        )
