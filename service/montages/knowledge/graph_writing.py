"""What several rooms do to write a graph: the usual prefixes, and a text in two languages."""

from __future__ import annotations

from rdflib import DCTERMS, PROV, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.names import PREFIXES


def new_graph() -> Graph:
    """Return an empty graph that knows the usual prefixes."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.bind("prov", PROV)
    graph.bind("dcterms", DCTERMS)
    return graph


def add_text(graph: Graph, subject: Node, predicate: URIRef, text: Text) -> None:
    """Add a text to a graph as the value of a property, in French and in English."""
    for lang in ("fr", "en"):
        graph.add((subject, predicate, Literal(text[lang], lang=lang)))
