"""What is told of an arrangement, read off whole numbers.

What hard requirements say depends on few bits: it is worked out once for each combination of these, and
looked up after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import orjson

from montages.decision import kleene
from montages.decision.assessment import STATUSES
from montages.decision.brief import Counted
from montages.decision.fast.derive import concluded
from montages.decision.fast.remembered import Remembered
from montages.decision.fast.tables import Tables, tables
from montages.decision.masks import masks
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# How much is remembered for an arrangement, of each kind: there are some sixty.
_MOST = 1024
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


class Soft:
    """How far the soft requirements of an arrangement are met: at least, at most, as told and as sorted."""

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


class Hard:
    """What hard requirements say: a status and, by their bits, what it rests on; `names` tells that."""

    __slots__ = (
        "after",
        "before",
        "contradicted",
        "counted",
        "missing",
        "names",
        "number",
        "place",
        "status",
        "violated",
    )  # fmt: skip

    def __init__(
        self,
        status: str,
        violated: int,
        missing: int,
        contradicted: int,
        names: Mapping[str, Sequence[str]],
    ) -> None:
        self.status, self.names = status, names
        self.violated, self.missing, self.contradicted = violated, missing, contradicted
        self.place = _PLACE[status]
        self.number = violated.bit_count() if status == "ineligible" else 0
        self.counted = Counted(status, names["violated"], names["missing"])
        # As members of a JSON object, what soft requirements say between them.
        self.before = b'"status":%b,"soft":' % orjson.dumps(status)
        self.after = b",%b" % orjson.dumps(names)[1:-1]

    def to_json(self, soft: Soft) -> dict[str, Any]:
        """Return what is told of an arrangement."""
        return {"status": self.status, "soft": soft.interval, **self.names}

    def rank(self, soft: Soft) -> tuple[int, float, float]:
        """Return what sorts arrangements (R20)."""
        return self.place, self.number or soft.second[self.place], soft.third


@dataclass(frozen=True, eq=False)
class Teller:
    """Tells what the hard requirements of one arrangement say."""

    layout: Layout
    eligible: int  # its bit in a reading
    hard: tuple[tuple[str, int], ...]  # requirement, bit
    open: Mapping[int, tuple[tuple[int, int], ...]]  # hard requirement → (criterion, those to ask)
    asked: tuple[tuple[str, int], ...]  # criterion that may be missing, bit, in author order
    reads: int  # what of a reading the hard requirements depend on

    @cached_property
    def judged(self) -> Remembered[int, Hard]:
        """Return what they say of a reading cut down to what they depend on."""
        return Remembered(self._judge, _MOST)

    @cached_property
    def joined(self) -> Remembered[frozenset[Hard], Hard]:
        """Return what they say of several units together."""
        return Remembered(self._join, _MOST)

    @cached_property
    def _made(self) -> Remembered[tuple[str, int, int, int], Hard]:
        return Remembered(lambda key: Hard(*key, self._names(*key[1:])), _MOST)

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
