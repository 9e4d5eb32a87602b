"""The facts by which projects are alike or not, each with its weight, as the data state."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from montages.bilingual import Text
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label, one
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, PREFIXES
from montages.one_line import OneLine

# What is no criterion, or whose values stand elsewhere than those of a criterion.
HOLDER, USAGES, LAYERS, MODES = "holder", "usages", "layer", "management-mode"
_USAGE_SCHEME = PREFIXES["scheme"]["usage"]
_FACT = "fact"


@dataclass(frozen=True)
class ComparisonFact(OneLine):
    """A fact that two projects may have in common: the property that states it, what it weighs.

    `ratio` is that of a number: from which on two of them are not alike at all.
    """

    slug: str
    label: Text
    weight: int
    property: str
    order: int
    ratio: int | None = None


@disk_cache
def comparison_facts() -> tuple[ComparisonFact, ...]:
    """Return the facts that projects are compared by, the weightiest first, then in author order.

    They are the usages, every criterion that is a fact, and those to which the data give a weight; a number
    only with its widest ratio.
    """
    graph, criteria = library.data(), rulebook().criteria
    facts = [
        ComparisonFact(
            USAGES,
            label(graph, _USAGE_SCHEME),
            one(graph, _USAGE_SCHEME, MTG.comparisonWeight, 1),
            str(MTG.usage),
            criteria[HOLDER].order,
        )
    ]
    for criterion in criteria.values():
        weight = one(graph, criterion.iri, MTG.comparisonWeight)
        ratio = one(graph, criterion.iri, MTG.comparisonRatio)
        if (weight or criterion.nature == _FACT) and (ratio or not criterion.numeric_property):
            facts.append(
                ComparisonFact(
                    criterion.slug,
                    criterion.label,
                    weight or 1,
                    str(_property(criterion)),
                    criterion.order,
                    ratio,
                )
            )
    return tuple(sorted(facts, key=lambda fact: (-fact.weight, fact.order, fact.slug)))


def _property(criterion: Criterion) -> URIRef:
    """Return the property by which a description states the answer to a criterion."""
    stated = {HOLDER: MTG.holder, LAYERS: MTG.layer}
    return stated.get(criterion.slug) or criterion.answer_path
