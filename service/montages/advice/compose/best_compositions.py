"""Whole set-ups of a project, best first: every way of covering its units with open contracts (R23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import product

from montages.advice.compose.composition import Composition, Compositions
from montages.advice.compose.contract_parts import Block, PartFinder, unit_blocks
from montages.advice.counts_shown import COMPOSITIONS
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.bilingual import Text, message

# So many ways of cutting a project up are looked at, of so many blocks each at most, in so many steps.
MOST, BLOCKS, STEPS = 300, 6, 20_000
# Of each block so many contracts are put together with those of others.
CHOICES = 4


def compositions_of(assessment: Assessment, top: int = COMPOSITIONS) -> Compositions:
    """Return the best whole set-ups of a project that was assessed, and the count of all.

    There is none of a project that the law forbids as it is described (R44).
    """
    rules = assessment.premises.rules
    if assessment.answer.prohibition is not None:
        return Compositions(assessment, rules, (), 0, more=False, uncovered=(), cut=())
    finder = PartFinder(assessment.conclusions, rules)
    units = [u.unit for u in assessment.conclusions.units]
    singles = [finder.parts(1 << n) for n in range(len(units))]
    uncovered = tuple(u.id for u, parts in zip(units, singles, strict=True) if not parts)
    covers = BlockCovers((), False)
    if not uncovered:
        blocks = unit_blocks(units, finder.open_to(), rules)[:MOST]
        covers = exact_covers([b for b in blocks if finder.parts(b)], len(units))
    count = sum(_number(cover, finder) for cover in covers.covers)
    every = (c for cover in covers.covers for c in _of_cover(cover, finder))
    best = nsmallest(top + 1, every, key=lambda composition: composition.rank)
    if (answer := _of_answer(assessment.conclusions, finder)) is not None:
        best = [answer, *(c for c in best if c.told != answer.told)]
        count += not _is_counted(answer, covers.covers, finder)
    best = best[:top]
    return Compositions(
        assessment=assessment,
        rules=rules,
        compositions=tuple(best),
        count=count,
        more=covers.cut,
        uncovered=() if answer else uncovered,
        cut=tuple(_cut(count, len(best), covers)),
    )


def _of_answer(conclusions: Conclusions, finder: PartFinder) -> Composition | None:
    """Return the set-up that the answer names, None where it leaves units without a contract (R49)."""
    named = conclusions.answer.rows
    if sum(len(row.part.units) for row in named) < len(conclusions.units):
        return None
    parts = tuple(
        part
        for row in named
        for part in finder.parts(finder.block(row.part))
        if part.row == row.row.slug
    )
    return Composition(parts) if len(parts) == len(named) else None


def _is_counted(answer: Composition, covers: Sequence[Sequence[Block]], finder: PartFinder) -> bool:
    """Tell whether the set-up of the answer is one of those that cover a project in some ways."""
    rows = {part.row for part in answer.parts}
    blocks = {finder.block(part.concluded) for part in answer.parts}
    return len(rows) == len(answer.parts) and any(set(cover) == blocks for cover in covers)


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


def _cut(count: int, top: int, covers: BlockCovers) -> Iterator[Text]:
    if count > top:
        yield message("The best {top} compositions are shown, of {count}.", top=top, count=count)
    if covers.cut:
        yield message(
            "{most} ways of cutting the project up, of {blocks} parts at most, are looked at: "
            "more exist.",
            most=MOST,
            blocks=BLOCKS,
        )


@dataclass(frozen=True)
class BlockCovers:
    """Ways of covering all units, and whether there are more than were looked at."""

    covers: tuple[tuple[Block, ...], ...]
    cut: bool


def exact_covers(blocks: Sequence[Block], units: int) -> BlockCovers:
    """Return the ways of covering so many units, each unit once, fewest blocks first."""
    search = _CoverSearch(blocks, units)
    cut = units > BLOCKS
    for size in range(1, min(BLOCKS, units) + 1):
        if not search.cover((1 << units) - 1, size, ()):
            cut = True
            break
    return BlockCovers(tuple(search.covers), cut)


class _CoverSearch:
    """Searches for covers of one size after the other, until there are too many or it takes too long."""

    def __init__(self, blocks: Sequence[Block], units: int) -> None:
        self.covers: list[tuple[Block, ...]] = []
        self._steps = 0
        self._holding = {
            1 << n: [block for block in blocks if block >> n & 1] for n in range(units)
        }

    def cover(self, left: Block, size: int, chosen: tuple[Block, ...]) -> bool:
        """Add the covers of what is left by exactly so many blocks; False where that is too much."""
        self._steps += 1
        if self._steps > STEPS:
            return False
        if not left or not size:
            if left or size:
                return True
            if len(self.covers) == MOST:
                return False
            self.covers.append(chosen)
            return True
        return all(
            self.cover(left & ~block, size - 1, (*chosen, block))
            for block in self._holding[left & -left]
            if not block & ~left
        )
