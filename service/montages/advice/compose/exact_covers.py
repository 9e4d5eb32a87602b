"""Every way of covering all units with blocks that do not overlap, fewest blocks first; bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.advice.compose.unit_blocks import Block

# So many ways of cutting a project up are looked at, of so many blocks each at most, in so many steps.
MOST, BLOCKS, STEPS = 300, 6, 20_000


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
