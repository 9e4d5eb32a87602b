"""The verdicts on all arrangements at once, a column at a time: a loop would take three times as long."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import and_, getitem
from typing import Any, NamedTuple

import orjson

from montages.engine.fast.arrangement_evaluator import (
    HardVerdict,
    SoftScore,
    UnitMask,
    arrangement_evaluator,
    mask_layout,
)
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import Rules

_LANE = 32  # bits


class RequirementWeights:
    """Weighs requirements for all arrangements in one sum: a whole number with a lane for each."""

    def __init__(self, weights: Sequence[Mapping[int, int]], requirements: int) -> None:
        """Take for each arrangement requirement number → weight, and how many requirements there are."""
        lanes = [
            sum(of.get(n, 0) << _LANE * place for place, of in enumerate(weights))
            for n in range(requirements)
        ]
        by_byte = [lanes[n : n + 8] for n in range(0, requirements, 8)]
        self._sums = [_sums(eight) for eight in by_byte]
        self._lanes = struct.Struct(f"<{len(weights)}I")
        self.all = sum(lanes)

    def of(self, requirements: int) -> int:
        """Return what some requirements weigh, from their bits."""
        total = 0
        for sums, byte in zip(
            self._sums, requirements.to_bytes(len(self._sums), "little"), strict=True
        ):
            if byte:
                total += sums[byte]
        return total

    def by_arrangement(self, total: int) -> tuple[int, ...]:
        """Return what a sum is for each arrangement."""
        return self._lanes.unpack(total.to_bytes(self._lanes.size, "little"))


def _sums(lanes: Sequence[int]) -> FunctionCache[int, int]:
    """Return the sums of the lanes that the bits of a byte choose."""
    return FunctionCache(lambda byte: sum(lane for n, lane in enumerate(lanes) if byte >> n & 1))


class UnitVerdicts(NamedTuple):
    """The verdicts on a unit, or on the whole project: for each arrangement, in their order."""

    hard: Sequence[HardVerdict]
    soft: Sequence[SoftScore]


class VerdictTable:
    """The arrangements of a period that can be proposed, in their order, and the section each goes into."""

    def __init__(self, rules: Rules) -> None:
        position = masks(rules).position
        arrangements = [a for a in rules.arrangements.values() if not a.abstract]
        self.slugs = [a.slug for a in arrangements]
        self.sections = [SECTIONS[a.kind] for a in arrangements]
        self.contracts = [n for n, a in enumerate(arrangements) if a.kind == "contract"]
        # In JSON: what opens the entry of each, after what is before it.
        self.openings = [b',{"contract":%b,' % orjson.dumps(slug) for slug in self.slugs]
        self.not_in_force: list[tuple[str, dict[str, Any], bytes]] = []
        self.contracts_not_in_force = 0
        for a in rules.proposed():
            if a.slug not in rules.arrangements:
                self.contracts_not_in_force += a.kind == "contract"
                entry = {"contract": a.slug, "status": "not-in-force"}
                self.not_in_force.append((SECTIONS[a.kind], entry, b"," + orjson.dumps(entry)))
        self._layout = mask_layout(rules)
        self._evaluators = evaluators = [arrangement_evaluator(a.slug, rules) for a in arrangements]
        self._reads = [evaluator.reads for evaluator in evaluators]
        self._hard = [evaluator.verdicts for evaluator in evaluators]
        self._joint = [evaluator.joint_verdicts for evaluator in evaluators]
        self._soft: FunctionCache[tuple[int, int, int], SoftScore] = FunctionCache(SoftScore)
        self._weights = RequirementWeights(
            [
                {position[r.slug]: r.weight for r in rules.effective(a.slug) if r.soft}
                for a in arrangements
            ],
            len(position),
        )

    def evaluate(self, units: Sequence[UnitMask]) -> tuple[UnitVerdicts, list[UnitVerdicts]]:
        """Return the verdicts on the whole project, and on each of its units."""
        weigh, columns = self._weights.of, list[UnitVerdicts]()
        low, high, total = 0, 0, self._weights.all
        for unit in units:
            hard = list(map(getitem, self._hard, map(and_, self._reads, repeat(unit.bits))))
            if unit.assumed:
                self._assume(unit, hard)
            least, most = weigh(unit.holds), total - weigh(unit.against)
            low, high = low + least, high + most
            columns.append(UnitVerdicts(hard, self._softs(least, most, total)))
        if len(columns) == 1:
            return columns[0], columns
        each = map(frozenset, zip(*(column.hard for column in columns), strict=True))
        together = list(map(getitem, self._joint, each))
        return UnitVerdicts(together, self._softs(low, high, total * len(columns))), columns

    def _assume(self, unit: UnitMask, hard: list[HardVerdict]) -> None:
        """Put the verdicts in place that may be others without what a unit assumes."""
        resting = self._layout.resting(unit)
        for n, reads in enumerate(self._reads):
            if reads & resting:
                evaluator = self._evaluators[n]
                hard[n] = evaluator.assuming_verdicts[evaluator.assuming(unit)]

    def _softs(self, low: int, high: int, total: int) -> list[SoftScore]:
        weights = map(self._weights.by_arrangement, (low, high, total))
        return list(map(self._soft.__getitem__, zip(*weights, strict=True)))


@cache
def verdict_table(rules: Rules) -> VerdictTable:
    """Return the verdict table of a period, made once."""
    return VerdictTable(rules)
