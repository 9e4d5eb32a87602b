"""What is told of all arrangements at once, a column at a time: a loop would take three times as long."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import and_, attrgetter, getitem

from montages.decision.assessment import SECTIONS
from montages.decision.fast.remembered import Remembered
from montages.decision.fast.told import Hard, Reading, Told, teller
from montages.decision.masks import masks
from montages.knowledge.periods import Rules

_LANE = 32  # bits
_TOLD = attrgetter("told")


class Weights:
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


def _sums(lanes: Sequence[int]) -> Remembered[int, int]:
    """Return the sums of the lanes that the bits of a byte choose."""
    return Remembered(lambda byte: sum(lane for n, lane in enumerate(lanes) if byte >> n & 1))


class Board:
    """The arrangements of a period that can be proposed, in their order, and the section each goes into."""

    def __init__(self, rules: Rules) -> None:
        position = masks(rules).position
        found = [a for a in rules.arrangements.values() if not a.abstract]
        self.sections = [SECTIONS[a.kind] for a in found]
        self.not_in_force = [
            (SECTIONS[a.kind], {"contract": a.slug, "status": "not-in-force"})
            for a in rules.proposed()
            if a.slug not in rules.arrangements
        ]
        tellers = [teller(a.slug, rules) for a in found]
        self._reads = [one.reads for one in tellers]
        self._judged = [one.judged for one in tellers]
        self._joined = [one.joined for one in tellers]
        self._weights = Weights(
            [
                {position[r.slug]: r.weight for r in rules.effective(a.slug) if not r.hard}
                for a in found
            ],
            len(position),
        )

    def tell(self, units: Sequence[Reading]) -> tuple[list[Told], list[list[Told]]]:
        """Return what is told of each arrangement: for the whole project, and for each of its units."""
        weigh, columns, each = self._weights.of, list[list[Hard]](), list[list[Told]]()
        low, high, total = 0, 0, self._weights.all
        for unit in units:
            hard = list(map(getitem, self._judged, map(and_, self._reads, repeat(unit.bits))))
            least, most = weigh(unit.holds), total - weigh(unit.against)
            low, high = low + least, high + most
            columns.append(hard)
            each.append(self._told(hard, least, most, total))
        if len(each) == 1:
            return each[0], each
        together = map(getitem, self._joined, map(frozenset, zip(*columns, strict=True)))
        return self._told(together, low, high, total * len(each)), each

    def _told(self, hard: Iterable[Hard], low: int, high: int, total: int) -> list[Told]:
        weights = zip(*map(self._weights.by_arrangement, (low, high, total)), strict=True)
        return list(map(getitem, map(_TOLD, hard), weights))


@cache
def board(rules: Rules) -> Board:
    """Return the board of a period, made once."""
    return Board(rules)
