"""The closing step: say, with its premises, what the description leaves to be read off it (R12)."""

from __future__ import annotations

from functools import cache
from itertools import chain

from rdflib import OWL, RDFS, SKOS, Graph

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import construct, queries
from montages.knowledge.periods import Rules
from montages.names import MTG

_NEEDED = (
    MTG.answerProperty,
    MTG.numericAnswerProperty,
    MTG.excludedAnswerProperty,
    MTG.answerScheme,
    MTG.excludesOthers,
    MTG.answeredWithoutLayer,
    MTG.answeredWithoutUsage,
    MTG.answerWithout,
    MTG.answeredByMode,
    MTG.answerIfAllUnits,
    MTG.answerIfNotAllUnits,
    MTG.answerIfOneUsage,
    MTG.answerIfSeveralUsages,
    MTG.countsWith,
    MTG.yearlyAmountOf,
    MTG.countedOver,
    MTG.highestAmountOf,
    MTG.layerGroup,
    MTG.appliesPresumption,
    MTG.bucketOf,
    MTG.bucketLow,
    MTG.bucketHigh,
    MTG.bucketLowExclusive,
    MTG.bucketHighInclusive,
    SKOS.inScheme,
)
# Of the ontology: the kinds of holder, and what one answer says about another.
_IMPLYING = (RDFS.subClassOf, OWL.onProperty, OWL.hasValue)


@cache
def background(rules: Rules) -> Graph:
    """Return what the closing queries read beside the description.

    That is criteria, buckets, layer groups, presumptions in force, and what the ontology says of the kinds
    of holder and of what one answer implies.
    """
    graph, data = Graph(), library.data()
    for source, predicates in (
        (data, _NEEDED),
        (compile_rules(rules), _NEEDED),
        (library.ontology(), _IMPLYING),
    ):
        for predicate in predicates:
            for triple in source.triples((None, predicate, None)):
                graph.add(triple)
    for presumption in rules.presumptions:
        conditions = (data.objects(presumption.iri, p) for p in (MTG.when, MTG.unless))
        for node in (presumption.iri, *chain.from_iterable(conditions)):
            for triple in data.triples((node, None, None)):
                graph.add(triple)
    return graph


def close_by_query(asserted: Graph, rules: Rules) -> list[tuple[str, Graph]]:
    """Return what each closing query writes, by query name, in the order they run.

    Each query sees what the ones before it wrote.
    """
    working, by_query = asserted + background(rules), []
    for query in queries("close"):
        triples = construct(query, working) - working
        working += triples
        by_query.append((query.name, triples))
    return by_query


def close(asserted: Graph, rules: Rules) -> Graph:
    """Return the closing triples of a description under the rules of a date."""
    together = Graph()
    for _, triples in close_by_query(asserted, rules):
        together += triples
    return together
