"""What is told of an arrangement, read off whole numbers.

What hard requirements say depends on few bits: it is worked out once for each combination of these, and
looked up after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from montages.decision import kleene
from montages.decision.assessment import STATUSES
from montages.decision.fast.derive import concluded
from montages.decision.fast.remembered import Remembered
from montages.decision.fast.tables import Tables, tables
from montages.decision.masks import masks
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

_PLACE = {status: n for n, status in enumerate(STATUSES)}


class Reading(NamedTuple):
    """A unit: its results and its open criteria, the requirements that hold, and those it goes against."""

    bits: int
    holds: int
    against: int


class Layout:
    """Where the bits of a reading are: the results as `fast.derive` cuts them, then criteria by order."""

    def __init__(self, rules: Rules) -> None:
        self.tables: Tables = tables(rules)
        self.results = 3 * len(self.tables.requirements) + len(self.tables.arrangements)
        by_order = sorted(rules.criteria, key=lambda name: rules.criteria[name].order)
        self.criteria = {name: 1 << n for n, name in enumerate(by_order)}

    def reading(self, classes: int, settled: int) -> Reading:
        """Return the reading of a unit of some classes, in which some criteria are settled."""
        results = classes & (1 << self.results) - 1
        done = concluded(results, self.tables)
        holds = (done.satisfied | done.exempt) & ~done.violated
        against = done.violated & ~done.satisfied
        return Reading(
            results | (((1 << len(self.criteria)) - 1) & ~settled) << self.results, holds, against
        )


@cache
def layout(rules: Rules) -> Layout:
    """Return the layout of the readings of a period."""
    return Layout(rules)


class Told(NamedTuple):
    """What is told of an arrangement as a brief says it, with its name in `entry`; `rank` sorts it (R20)."""

    rank: tuple[int, float, float]
    entry: dict[str, Any]
    json: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Hard:
    """What hard requirements say: a status and, by their bits, what it rests on; `names` tells that."""

    slug: str
    status: str
    violated: int
    missing: int
    contradicted: int
    names: Mapping[str, Sequence[str]]

    @cached_property
    def told(self) -> Remembered[tuple[int, int, int], Told]:
        """Return what is told where soft requirements weigh (at least, at most, all together)."""
        return Remembered(self._tell)

    def _tell(self, weights: tuple[int, int, int]) -> Told:
        low, high, total = weights
        least, most = (round(low / total, 4), round(high / total, 4)) if total else (0.0, 1.0)
        second = -least if self.status == "eligible" else -most
        if self.status == "ineligible":
            second = self.violated.bit_count()
        json = {"status": self.status, "soft": [least, most], **self.names}
        return Told((_PLACE[self.status], second, -most), {"contract": self.slug, **json}, json)


@dataclass(frozen=True, eq=False)
class Teller:
    """Tells what the hard requirements of one arrangement say."""

    slug: str
    layout: Layout
    eligible: int  # its bit in a reading
    hard: tuple[tuple[str, int], ...]  # requirement, bit
    open: Mapping[int, tuple[tuple[int, int], ...]]  # hard requirement → (criterion, those to ask)
    asked: tuple[tuple[str, int], ...]  # criterion that may be missing, bit, in author order
    reads: int  # what of a reading the hard requirements depend on

    @cached_property
    def judged(self) -> Remembered[int, Hard]:
        """Return what they say of a reading cut down to what they depend on."""
        return Remembered(self._judge)

    @cached_property
    def joined(self) -> Remembered[frozenset[Hard], Hard]:
        """Return what they say of several units together."""
        return Remembered(self._join)

    @cached_property
    def _made(self) -> Remembered[tuple[str, int, int, int], Hard]:
        return Remembered(lambda key: Hard(self.slug, *key, names=self._names(*key[1:])))

    def _judge(self, bits: int) -> Hard:
        done, still = concluded(bits, self.layout.tables), bits >> self.layout.results
        both = done.satisfied & done.violated
        against = done.violated & ~both
        if against:
            status = "ineligible"
        elif both:
            status = "conflict"
        else:
            status = "eligible" if bits & self.eligible else "undetermined"
        settled, missing = done.satisfied | done.exempt | done.violated, 0
        for bit, criteria in self.open.items():
            if not settled & bit:
                for criterion, asked in criteria:
                    missing |= asked if still & criterion else 0
        return self._made[status, against, missing, both]

    def _join(self, hards: Iterable[Hard]) -> Hard:
        violated = missing = contradicted = 0
        for hard in hards:
            violated |= hard.violated
            missing |= hard.missing
            contradicted |= hard.contradicted
        status = kleene.worst(hard.status for hard in hards)
        return self._made[status, violated, missing, contradicted]

    def _names(self, violated: int, missing: int, contradicted: int) -> dict[str, list[str]]:
        out = {
            "violated": [slug for slug, bit in self.hard if violated & bit],
            "missing": [name for name, bit in self.asked if missing & bit],
        }
        if contradicted:
            out["contradicted"] = [slug for slug, bit in self.hard if contradicted & bit]
        return out


def teller(slug: str, rules: Rules) -> Teller:
    """Return the teller of an arrangement."""
    bits, position, width = layout(rules), masks(rules).position, len(rules.requirements)
    hard = [(r, 1 << position[r.slug]) for r in rules.effective(slug) if r.hard]
    open_ = {bit: tuple(_criteria(r, bits, rules)) for r, bit in hard}
    eligible = 1 << 3 * width + bits.tables.arrangements.index(slug)
    reads, asked = eligible, 0
    for bit, criteria in open_.items():
        reads |= bit | bit << width | bit << 2 * width
        for criterion, to_ask in criteria:
            reads |= criterion << bits.results
            asked |= to_ask
    return Teller(
        slug=slug,
        layout=bits,
        eligible=eligible,
        hard=tuple((r.slug, bit) for r, bit in hard),
        open=open_,
        asked=tuple((name, bit) for name, bit in bits.criteria.items() if asked & bit),
        reads=reads,
    )


def _criteria(requirement: Requirement, bits: Layout, rules: Rules) -> Iterable[tuple[int, int]]:
    for name in dict.fromkeys(clause.criterion for clause in requirement.clauses()):
        yield bits.criteria[name], sum(bits.criteria[n] for n in kleene.asked_for(name, rules))
