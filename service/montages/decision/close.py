"""The closing step: say, with its premises, what the description leaves to be read off it (R12)."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, SKOS, Graph

from montages.knowledge import library
from montages.knowledge.compile import compile_rules
from montages.knowledge.periods import Rules
from montages.knowledge.queries import queries
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


def close(asserted: Graph, rules: Rules) -> Graph:
    """Return the closing triples of a description under the rules of a date.

    The queries run in the order of their names, each seeing what the ones before it wrote.
    """
    working, written = asserted + background(rules), Graph()
    for query in queries("close"):
        for triple in working.query(query.text):
            if triple not in working:
                written.add(triple)
        working += written
    return written
