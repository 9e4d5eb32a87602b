"""Where arrangements stand by their requirements alone: status, preferences, names (R5, R20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from operator import and_, getitem
from typing import NamedTuple

import orjson

from montages.assessment.checks.arrangement_requirements import (
    ArrangementTable,
    HardRequirements,
    HardStanding,
    arrangement_table,
    hard_requirements,
)
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.periods import Rules


class SoftScore(NamedTuple):
    """How far preferences are met, at least and at most, and that as JSON."""

    interval: tuple[float, float]
    json: bytes

    @classmethod
    def of(cls, weights: tuple[int, int, int]) -> SoftScore:
        """Return the score from what those weigh that hold, that are lost, and all of them."""
        low, lost, total = weights
        interval = (0.0, 1.0)
        if total:
            interval = (round(low / total, 4), round((total - lost) / total, 4))
        return cls(interval, orjson.dumps(interval))


_scores: FunctionCache[tuple[int, int, int], SoftScore] = FunctionCache(SoftScore.of)


class Standing(NamedTuple):
    """Where an arrangement stands, and whether its status rests on what is assumed.

    `weights` are those of the preferences that hold, that are lost, and of all.
    """

    status: str
    weights: tuple[int, int, int]
    hard: HardStanding
    provisional: bool

    @property
    def soft(self) -> tuple[float, float]:
        """Return the weighted share of preferences that hold, at least and at most."""
        return _scores[self.weights].interval

    @property
    def json(self) -> bytes:
        """Return it as members of a JSON object."""
        return b'"status":"%b","soft":%b,%b%b' % (
            self.status.encode(),
            _scores[self.weights].json,
            self.hard.json,
            b',"provisional":true' if self.provisional else b"",
        )


@dataclass(frozen=True, eq=False)
class StandingTable:
    """The arrangements in force, a column for each thing that is read off the bits of a unit."""

    rules: Rules

    @cached_property
    def _slugs(self) -> tuple[str, ...]:
        return tuple(self.rules.arrangements)

    @cached_property
    def hard(self) -> Mapping[str, HardRequirements]:
        """Return the hard requirements of each."""
        return {slug: hard_requirements(slug, self.rules) for slug in self._slugs}

    @cached_property
    def _tables(self) -> tuple[ArrangementTable, ...]:
        return tuple(arrangement_table(slug, self.rules) for slug in self._slugs)

    @cached_property
    def _preferences(
        self,
    ) -> tuple[Sequence[FunctionCache[int, int]], Sequence[int], Sequence[int]]:
        tables = self._tables
        return (
            [table.weights for table in tables],
            [table.preferences for table in tables],
            [table.weights[table.preferences] for table in tables],
        )

    def of_unit(self, reading: UnitOutcomes, statuses: Mapping[str, str]) -> dict[str, Standing]:
        """Return where each arrangement in force stands for a unit, which has a status for some of them."""
        return dict(zip(self._slugs, self._standings(reading, statuses), strict=True))

    def _standings(self, reading: UnitOutcomes, statuses: Mapping[str, str]) -> Iterator[Standing]:
        weigh, preferences, totals = self._preferences
        bits, mask, provisional = reading.bits, reading.mask, reading.provisional
        low = map(getitem, weigh, map(and_, preferences, repeat(bits.holding)))
        lost = map(getitem, weigh, map(and_, preferences, repeat(bits.against)))
        hard = (
            requirements.by_mask[mask.read(requirements.reads)]
            for requirements in self.hard.values()
        )
        for slug, weights, names in zip(
            self._slugs, zip(low, lost, totals, strict=True), hard, strict=True
        ):
            status = statuses.get(slug) or reading.status(slug)
            yield Standing(status, weights, names, slug in provisional)


@cache
def standing_table(rules: Rules) -> StandingTable:
    """Return the arrangements in force of a period, made once."""
    return StandingTable(rules)
