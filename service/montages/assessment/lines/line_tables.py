"""What the lines of a period have in common: for each arrangement, what is read off the bits of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from montages.assessment.rows import row_heads
from montages.knowledge.compiled.masked_requirement import MaskedRequirement
from montages.knowledge.compiled.masks import masks
from montages.knowledge.model import Arrangement, Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class LineArrangement:
    """An arrangement with the bits of its requirements."""

    arrangement: Arrangement
    gates: int  # how many
    own_gates: int
    folding: int
    awards: tuple[str, ...]  # the contracts a procedure applies to
    weights: tuple[tuple[int, int], ...]  # of a head of rows: soft requirement, what it weighs

    def soft(self, holds: int, against: int) -> tuple[int, int, int]:
        """Return what soft requirements weigh for a unit: those that hold, that may, and all."""
        low = sum(weight for bit, weight in self.weights if holds & bit)
        high = sum(weight for bit, weight in self.weights if not against & bit)
        return low, high, sum(weight for _, weight in self.weights)


@dataclass(frozen=True, eq=False)
class LineTables:
    """The arrangements of a period, and the preferences that fold, each with its bit among requirements."""

    proposed: tuple[LineArrangement, ...]
    absent: tuple[Arrangement, ...]
    heads: tuple[LineArrangement, ...]
    folding: tuple[tuple[int, MaskedRequirement], ...]
    requirements: dict[str, Requirement]

    @cached_property
    def by_slug(self) -> dict[str, LineArrangement]:
        """Return each arrangement by its slug."""
        return {line.arrangement.slug: line for line in (*self.proposed, *self.heads)}

    def folded(self, answers: int) -> int:
        """Return the preferences that fold under some answers."""
        return sum(bit for bit, preference in self.folding if preference.folds(answers))


@cache
def line_tables(rules: Rules) -> LineTables:
    """Return the tables of a period, made once."""
    bits, force = masks(rules), rules.arrangements
    return LineTables(
        tuple(_arrangement(a, rules) for a in rules.proposed() if a.slug in force),
        tuple(a for a in rules.proposed() if a.slug not in force),
        tuple(_arrangement(a, rules) for a in row_heads(rules)),
        tuple((1 << n, bits.requirements[n]) for n, r in enumerate(rules.requirements) if r.folds),
        {r.slug: r for r in rules.requirements},
    )


def _arrangement(arrangement: Arrangement, rules: Rules) -> LineArrangement:
    position, slug = masks(rules).position, arrangement.slug
    effective = rules.effective(slug) if slug in rules.arrangements else ()
    bit = {r.slug: 1 << position[r.slug] for r in effective}
    soft = [(bit[r.slug], r.weight) for r in effective if r.soft]
    return LineArrangement(
        arrangement,
        gates=len({r.slug for r in effective if r.hard}),
        own_gates=sum(bit[r.slug] for r in effective if r.hard and r.arrangement == slug),
        folding=sum(bit[r.slug] for r in effective if r.soft and r.folds),
        awards=tuple(
            contract.slug
            for contract in rules.proposed()
            if set(arrangement.applies_to) & set(rules.lineage(contract.slug))
        ),
        weights=tuple(soft) if arrangement.abstract else (),
    )
