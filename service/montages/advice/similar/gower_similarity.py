"""How near two projects are, by the general coefficient of similarity (J. C. Gower, Biometrics 27, 1971).

The mean, by weight, of how near they are in each fact that both state; what one of them leaves out does not
count. Values are compared by Jaccard's ratio, which is Gower's coefficient over asymmetric binary characters;
numbers by 1 − |difference| / range, here of their logarithms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from montages.advice.similar.project_traits import OF_LAYER, ProjectTraits, layers_with_modes
from montages.knowledge.comparison_facts import MODES, ComparisonFact, comparison_facts
from montages.one_line import OneLine


@dataclass(frozen=True)
class FactSimilarity(OneLine):
    """How near two projects are in one fact, from 0 to 1."""

    fact: ComparisonFact
    similarity: float


@dataclass(frozen=True)
class Similarity(OneLine):
    """How near two projects are, from 0 to 1, by the facts that both state; nothing without such a fact."""

    facts: tuple[FactSimilarity, ...]

    @property
    def weight(self) -> int:
        """Return what the facts that both state weigh together."""
        return sum(fact.fact.weight for fact in self.facts)

    @property
    def value(self) -> float:
        """Return the coefficient, 0 where nothing can be compared."""
        if not self.facts:
            return 0.0
        return sum(fact.fact.weight * fact.similarity for fact in self.facts) / self.weight


def similarity(one: ProjectTraits, other: ProjectTraits) -> Similarity:
    """Return how near two projects are: the same whichever comes first, 1 for one and itself."""
    stated = one.stated & other.stated
    shared = (fact for fact in comparison_facts() if fact.slug in stated)
    pairs = ((fact, _nearness(fact, one, other)) for fact in shared)
    return Similarity(tuple(FactSimilarity(f, near) for f, near in pairs if near is not None))


def stated_weight(traits: ProjectTraits) -> int:
    """Return what the facts that a project states weigh together."""
    return sum(fact.weight for fact in comparison_facts() if fact.slug in traits.stated)


def _nearness(fact: ComparisonFact, one: ProjectTraits, other: ProjectTraits) -> float | None:
    """Return how near two projects are in a fact that both state, None where nothing of it compares."""
    if fact.ratio is not None:
        return _near_numbers(one.numbers[fact.slug], other.numbers[fact.slug], fact.ratio)
    values, others = one.values[fact.slug], other.values[fact.slug]
    if fact.slug == MODES:
        layers = layers_with_modes(values) & layers_with_modes(others)
        values, others = (_of_layers(modes, layers) for modes in (values, others))
    return len(values & others) / len(values | others) if values and others else None


def _near_numbers(one: float, other: float, ratio: int) -> float:
    apart = abs(math.log(one) - math.log(other)) / math.log(ratio)
    return max(0.0, 1.0 - apart)


def _of_layers(modes: frozenset[str], layers: frozenset[str]) -> frozenset[str]:
    return frozenset(mode for mode in modes if mode.partition(OF_LAYER)[0] in layers)
