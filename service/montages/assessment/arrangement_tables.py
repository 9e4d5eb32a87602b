"""What is read off the bits of a unit for each arrangement of a period."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.model import Arrangement, Attention, Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class ArrangementTable:
    """An arrangement in force, with the bits of its requirements by their place in the rules."""

    arrangement: Arrangement
    rules: Rules

    @cached_property
    def _effective(self) -> tuple[tuple[Requirement, int], ...]:
        position = masks(self.rules).position
        effective = self.rules.effective(self.arrangement.slug)
        return tuple((r, 1 << position[r.slug]) for r in effective)

    @cached_property
    def gate_count(self) -> int:
        """Return how many hard requirements there are."""
        return len({requirement.slug for requirement, _ in self._effective if requirement.hard})

    @cached_property
    def own_gates(self) -> int:
        """Return the hard requirements that are stated for the arrangement itself."""
        slug = self.arrangement.slug
        return sum(bit for r, bit in self._effective if r.hard and r.arrangement == slug)

    @cached_property
    def folding(self) -> int:
        """Return the preferences that fold it where they are not met."""
        return sum(bit for r, bit in self._effective if r.soft and r.folds)

    @cached_property
    def folded_by(self) -> FunctionCache[int, tuple[Requirement, ...]]:
        """Return the preferences of some bits."""
        effective = self._effective
        return FunctionCache(lambda bits: tuple(r for r, bit in effective if bits & bit))

    @cached_property
    def preferences(self) -> int:
        """Return the soft requirements."""
        return sum(bit for r, bit in self._effective if r.soft)

    @cached_property
    def weights(self) -> FunctionCache[int, int]:
        """Return what soft requirements weigh together, by their bits."""
        soft = [(bit, r.weight) for r, bit in self._effective if r.soft]
        return FunctionCache(lambda bits: sum(weight for bit, weight in soft if bits & bit))

    @cached_property
    def awards(self) -> tuple[str, ...]:
        """Return the contracts that a procedure applies to."""
        applies, rules = set(self.arrangement.applies_to), self.rules
        return tuple(a.slug for a in rules.proposed() if applies & set(rules.lineage(a.slug)))

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
