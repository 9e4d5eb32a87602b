"""The published graph: all that the project states, in one graph that questions run on."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from rdflib import Graph

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.periods import Rules, rules_at
from montages.store.answers_graph import answers_graph
from montages.store.module_headers import complete_headers
from montages.store.panel_graph import panel_graph
from montages.store.public_terms import add_public_statements


@cache
def _undated() -> Graph:
    """Return what does not depend on the date: terms, alignments, data, real projects and the panel.

    Integrity axioms are left out: they say what cannot be, not what is.
    """
    alignments = [path for path in library.files("ontology") if path.name == "alignments.ttl"]
    real = [path for path in library.projects().values() if path.parent.name == "projects"]
    graph = library.ontology() + library.data() + library.read([*alignments, *real]) + panel_graph()
    complete_headers(graph, graph)
    return graph


@lru_cache(maxsize=4)
def _graph_of(rules: Rules) -> Graph:
    graph = _undated() + compile_rules(rules) + answers_graph(rules.period.first)
    add_public_statements(graph)
    return graph


def published_graph(as_of: date) -> Graph:
    """Return the published graph under the law of a day. Do not modify.

    Rules of every date are in it; `mtg:requires` and the compiled classes are those of the day.
    """
    return _graph_of(rules_at(as_of))
