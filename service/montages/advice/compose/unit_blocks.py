"""The parts of a project that one contract may cover: all, a perimeter, a group of layers, one layer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from montages.engine.fast.fast_engine import rule_tables
from montages.engine.units import Unit
from montages.knowledge.periods import Rules
from montages.names import ID

# A set of units, by their place, as bits.
Block = int


def unit_blocks(units: Sequence[Unit], open_to: Iterable[Block], rules: Rules) -> tuple[Block, ...]:
    """Return the blocks that make sense, largest first: what units have in common, where a contract is open.

    `open_to` are the units that each contract is open for; what such a contract leaves is a block too.
    """
    groups = rule_tables(rules).group_of

    def group(unit: Unit) -> str | None:
        return groups.get(str(ID[f"layer/{unit.layer}"])) if unit.layer else None

    kinds: tuple[Callable[[Unit], Hashable], ...] = (
        lambda unit: None,
        lambda unit: unit.perimeter,
        group,
        lambda unit: unit.mode,
        lambda unit: (unit.perimeter, group(unit)),
        lambda unit: (group(unit), unit.mode),
        lambda unit: unit.id,
    )
    whole = (1 << len(units)) - 1
    blocks: dict[Block, None] = {}
    for kind in kinds:
        alike: dict[Hashable, Block] = {}
        for n, unit in enumerate(units):
            key = kind(unit)
            alike[key] = alike.get(key, 0) | 1 << n
        blocks |= dict.fromkeys(alike.values())
    for places in open_to:
        blocks |= dict.fromkeys((places, whole & ~places))
    blocks.pop(0, None)
    return tuple(sorted(blocks, key=lambda block: (-block.bit_count(), block)))
