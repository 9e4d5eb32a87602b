"""The closing step: say, with its premises, what the description leaves to be read off it (R12)."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, SKOS, Graph

from montages.knowledge import library
from montages.knowledge.compile import compile_rules
from montages.knowledge.periods import Rules
from montages.knowledge.queries import construct, queries
from montages.names import MTG

_NEEDED = (
    MTG.property,
    MTG.numericProperty,
    MTG.excludedProperty,
    MTG["values"],
    MTG.excludesOthers,
    MTG.group,
    MTG.bucketOf,
    MTG.low,
    MTG.high,
    MTG.lowExclusive,
    MTG.highInclusive,
    SKOS.inScheme,
)


@cache
def background(rules: Rules) -> Graph:
    """Return what the closing queries read beside the description: criteria, buckets, layer groups."""
    graph = Graph()
    for source in (library.data(), compile_rules(rules)):
        for predicate in _NEEDED:
            for triple in source.triples((None, predicate, None)):
                graph.add(triple)
        for triple in source.triples((None, RDF.type, MTG.LayerGroup)):
            graph.add(triple)
    return graph


def close_by_query(asserted: Graph, rules: Rules) -> list[tuple[str, Graph]]:
    """Return what each closing query writes, by query name, in the order they run.

    Each query sees what the ones before it wrote.
    """
    working, written = asserted + background(rules), []
    for query in queries("close"):
        found = construct(query, working) - working
        working += found
        written.append((query.name, found))
    return written


def close(asserted: Graph, rules: Rules) -> Graph:
    """Return the closing triples of a description under the rules of a date."""
    together = Graph()
    for _, found in close_by_query(asserted, rules):
        together += found
    return together
