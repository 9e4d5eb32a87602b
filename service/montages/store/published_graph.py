"""The published graph: all that the project states, in one graph that questions run on."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from rdflib import Graph

from montages.knowledge.compiled.owl_compiler import published_rules
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import period, rules_at
from montages.knowledge.rule_review import published_reviews
from montages.knowledge.rulebook import rulebook
from montages.store.graph_tables import packed_tables, table_graphs, unpacked_tables
from montages.store.module_headers import complete_headers
from montages.store.panel_graph import panel_graph
from montages.store.public_terms import add_public_statements


@cache
def _undated() -> Graph:
    """Return what does not depend on the date: terms, alignments, data, real projects, reviews, the panel.

    Integrity axioms are left out: they say what cannot be, not what is.
    """
    alignments = [path for path in library.files("ontology") if path.name == "alignments.ttl"]
    real = [path for path in library.projects().values() if path.parent.name == "projects"]
    read = library.read([*alignments, *real, *published_reviews()])
    graph = _union(library.ontology(), library.data(), read, panel_graph())
    complete_headers(graph, graph)
    return graph


def _union(*parts: Graph) -> Graph:
    """Return a graph of all triples, in a store without contexts, which takes half the time."""
    graph = Graph(store="SimpleMemory")
    for part in parts:
        graph += part
    return graph


@disk_cache
def _tables(first_day: date, displayed: str) -> bytes:
    """Return the tables of the graph of a period, by the hash of what it shows and decides nothing."""
    # Only where nothing is kept: what assesses the real projects takes long to import.
    from montages.store.answers_graph import answers_graph

    classes, (rules,) = published_rules([rules_at(first_day)])
    graph = _union(_undated(), classes, rules, answers_graph(first_day))
    add_public_statements(graph)
    return packed_tables({"": graph}, ())


@lru_cache(maxsize=4)
def _graph_of(first_day: date) -> Graph:
    return table_graphs(unpacked_tables(_tables(first_day, library.displayed_hash())))[""]


def published_graph(as_of: date) -> Graph:
    """Return the published graph under the law of a day, read from its tables on disk where they are kept.

    Rules of every date are in it; `mtg:requires` and the compiled classes are those of the day. It cannot be
    modified.
    """
    return _graph_of(period(rulebook(), as_of).first)
