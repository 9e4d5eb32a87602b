"""What is read off the requirements of an arrangement of a period, whatever a unit answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Preference, Requirement
from montages.knowledge.model import Arrangement, Attention
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class ArrangementTable:
    """An arrangement in force: its gates, the preferences that fold it, what to mind about it."""

    arrangement: Arrangement
    rules: Rules

    @cached_property
    def _effective(self) -> tuple[tuple[Requirement, int], ...]:
        position = masks(self.rules).position
        effective = self.rules.effective(self.arrangement.slug)
        return tuple((r, 1 << position[r.slug]) for r in effective)

    @cached_property
    def gates(self) -> tuple[Requirement, ...]:
        """Return the hard requirements, each once."""
        return tuple({r.slug: r for r, _ in self._effective if r.hard}.values())

    @cached_property
    def folding(self) -> int:
        """Return the preferences that fold it where they are not met, a bit each by their place."""
        return sum(bit for r, bit in self._effective if isinstance(r, Preference) and r.folds)

    @cached_property
    def folded_by(self) -> FunctionCache[int, tuple[Requirement, ...]]:
        """Return the preferences of some bits."""
        effective = self._effective
        return FunctionCache(lambda bits: tuple(r for r, bit in effective if bits & bit))

    @cached_property
    def attention(self) -> tuple[Attention, ...]:
        """Return the points of attention about the arrangement or what it specialises."""
        about = set(self.rules.lineage(self.arrangement.slug))
        return tuple(p for p in self.rules.attentions if about & set(p.arrangements))

    @cached_property
    def attention_slugs(self) -> frozenset[str]:
        """Return these points by their slugs."""
        return frozenset(point.slug for point in self.attention)


@cache
def arrangement_table(slug: str, rules: Rules) -> ArrangementTable:
    """Return the table of an arrangement in force, made once."""
    return ArrangementTable(rules.arrangements[slug], rules)
