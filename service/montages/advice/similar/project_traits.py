"""What projects are compared by: the facts, each with its weight, and what a project states of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, URIRef

from montages.bilingual import Text
from montages.description.description import Description
from montages.description.facts import Facts
from montages.knowledge.actor_kinds import kinds_above
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import label, one
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, PREFIXES, slug
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


_TYPE, _HOLDER, _LAYER = str(RDF.type), str(MTG.holder), str(MTG.layer)
# Between a layer and the mode in which it is run.
OF_LAYER = ":"
# Kinds so near the root, as a public body is, tell nothing: nearly everybody is one.
_TELLING = 2


@dataclass(frozen=True)
class ProjectTraits(OneLine):
    """The values that a project states by fact, and its numbers by fact.

    A mode is written with its layer, `objects:own`.
    """

    values: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]

    @cached_property
    def stated(self) -> frozenset[str]:
        """Return the facts of which something is stated."""
        return frozenset((*self.values, *self.numbers))


def project_traits(description: Description) -> ProjectTraits:
    """Return what a description states, whatever part of the project it says it of.

    Of a number that several parts state differently nothing is kept: their sum is nobody's statement.
    """
    facts, project = description.facts, str(description.project)
    held_by = [term for term in facts.objects(project, _HOLDER) if isinstance(term, str)]
    types = {slug(t) for h in held_by for t in facts.objects(h, _TYPE) if isinstance(t, str)}
    holders = sorted(types & kinds_above().keys())
    values: dict[str, frozenset[str]] = {}
    numbers: dict[str, float] = {}
    for fact in comparison_facts():
        if fact.ratio is not None:
            if (number := _number(facts, project, fact)) is not None:
                numbers[fact.slug] = number
        elif slugs := _values(facts, holders, fact):
            values[fact.slug] = slugs
    return ProjectTraits(values, numbers)


def _values(facts: Facts, holders: Iterable[str], fact: ComparisonFact) -> frozenset[str]:
    if fact.slug == HOLDER:
        return frozenset(kind for cls in holders for kind in _kinds(cls))
    if fact.slug == MODES:
        return frozenset(
            f"{layer}{OF_LAYER}{mode}"
            for node in facts.by_subject
            for layer in _slugs(facts, node, _LAYER)
            for mode in _slugs(facts, node, fact.property)
        )
    return frozenset(
        name for node in facts.by_subject for name in _slugs(facts, node, fact.property)
    )


def _kinds(cls: str) -> frozenset[str]:
    """Return a class of actors and those that include it, without the roots that all have in common."""
    above = kinds_above()
    roots = len(above[slug(MTG.Actor)])
    return frozenset(k for k in above[cls] if k == cls or len(above.get(k, ())) - roots >= _TELLING)


def _slugs(facts: Facts, node: str, prop: str) -> list[str]:
    return [slug(term) for term in facts.objects(node, prop) if isinstance(term, str)]


def _number(facts: Facts, project: str, fact: ComparisonFact) -> float | None:
    nodes = [project] if facts.objects(project, fact.property) else facts.by_subject
    numbers = {
        number
        for node in nodes
        for term in facts.objects(node, fact.property)
        if not isinstance(term, str) and (number := _positive(term.value)) is not None
    }
    return numbers.pop() if len(numbers) == 1 else None


def _positive(text: str) -> float | None:
    """Return the number of a text, None where it is none above 0: it has no logarithm."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def layers_with_modes(modes: Iterable[str]) -> frozenset[str]:
    """Return the layers of which a mode is stated."""
    return frozenset(mode.partition(OF_LAYER)[0] for mode in modes)
