"""Whole set-ups of a project, best first: every way of covering its units with open contracts (R23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import product

from montages.advice.compose.composition import Composition, Compositions
from montages.advice.compose.contract_parts import PartFinder
from montages.advice.compose.exact_covers import BLOCKS, MOST, BlockCovers, exact_covers
from montages.advice.compose.unit_blocks import Block, unit_blocks
from montages.advice.counts_shown import COMPOSITIONS
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.knowledge.periods import rules_at

# Of each block so many contracts are put together with those of others.
CHOICES = 4


def compositions_of(assessment: Assessment, shown: int = COMPOSITIONS) -> Compositions:
    """Return the best whole set-ups of a project that was assessed, and the count of all."""
    rules = rules_at(assessment.as_of)
    finder = PartFinder(assessment, rules)
    units = [each.unit for each in assessment.units]
    singles = [finder.parts(1 << n) for n in range(len(units))]
    uncovered = tuple(u.id for u, parts in zip(units, singles, strict=True) if not parts)
    found = BlockCovers((), False)
    if not uncovered:
        blocks = unit_blocks(units, finder.open_to(), rules)[:MOST]
        found = exact_covers([b for b in blocks if finder.parts(b)], len(units))
    count = sum(_number(cover, finder) for cover in found.covers)
    best = nsmallest(
        shown,
        (c for cover in found.covers for c in _of_cover(cover, finder)),
        key=lambda composition: composition.rank,
    )
    return Compositions(
        assessment=assessment,
        rules=rules,
        compositions=tuple(best),
        count=count,
        more=found.cut,
        uncovered=uncovered,
        cut=tuple(_cut(count, len(best), found)),
    )


def _number(cover: Sequence[Block], finder: PartFinder) -> int:
    """Return in how many ways each block has a contract that no other block has."""
    ways: dict[frozenset[str], int] = {frozenset(): 1}
    for block in cover:
        more: dict[frozenset[str], int] = {}
        for rows, number in ways.items():
            for part in finder.parts(block):
                if part.row not in rows:
                    key = rows | {part.row}
                    more[key] = more.get(key, 0) + number
        ways = more
    return sum(ways.values())


def _of_cover(cover: Sequence[Block], finder: PartFinder) -> Iterator[Composition]:
    """Yield compositions of a way of cutting up: of one block every contract, of several the best of each.

    The same contract twice is one that covers both.
    """
    several = len(cover) > 1
    choices = [finder.parts(block)[: CHOICES if several else None] for block in cover]
    for parts in product(*choices):
        if len({part.row for part in parts}) == len(parts):
            yield Composition(parts)


def _cut(count: int, shown: int, found: BlockCovers) -> Iterator[Text]:
    if count > shown:
        yield Text(
            f"Les {shown} meilleures compositions sont montrées, sur {count}.",
            f"The best {shown} compositions are shown, of {count}.",
        )
    if found.cut:
        yield Text(
            f"{MOST} découpages de {BLOCKS} parts au plus sont regardés : il y en a d'autres.",
            f"{MOST} ways of cutting the project up, of {BLOCKS} parts at most, are looked at: more exist.",
        )
