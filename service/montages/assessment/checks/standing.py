"""Where arrangements stand by their requirements alone: status, preferences, names (R5, R20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import orjson

from montages.assessment.checks.arrangement_requirements import HardStanding, arrangement_table
from montages.assessment.checks.unit_outcomes import MaskParts, UnitOutcomes
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.logic import Status, Verdict
from montages.knowledge.periods import Rules

# An arrangement: what its preferences weigh by their bits, these bits, all they weigh, where it stands by the
# bits of a mask, those that are read.
_Column = tuple[
    str, FunctionCache[int, int], int, int, FunctionCache[MaskParts, HardStanding], MaskParts
]


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


def standings(reading: UnitOutcomes, statuses: Mapping[str, str]) -> dict[str, Standing]:
    """Return where each arrangement in force stands for a unit, which has a status for some of them.

    The status is one that agrees with the verdict.
    """
    holding, against = reading.bits.holding, reading.bits.against
    mask, provisional, verdicts = reading.mask, reading.provisional, reading.verdicts
    out = dict[str, Standing]()
    for slug, weights, preferences, total, by_mask, reads in _columns(reading.rules):
        status = statuses.get(slug) or reading.status(slug)
        out[slug] = Standing(
            agreed_status(status, verdicts[slug].verdict),
            (weights[preferences & holding], weights[preferences & against], total),
            by_mask[mask.read(reads)],
            slug in provisional,
        )
    return out


def agreed_status(status: str, verdict: Verdict) -> str:
    """Return the status of what is concluded: that of its verdict, where they are at odds (R50)."""
    if verdict.open:
        return Status.UNDETERMINED.value if status == Status.INELIGIBLE else status
    return status if status == Status.CONFLICT else Status.INELIGIBLE.value


@cache
def _columns(rules: Rules) -> Sequence[_Column]:
    """Return what is read off the bits of a unit for each arrangement in force."""
    tables = [arrangement_table(slug, rules) for slug in rules.arrangements]
    return [
        (t.arrangement.slug, t.weights, t.preferences, t.weights[t.preferences], t.by_mask, t.reads)
        for t in tables
    ]
