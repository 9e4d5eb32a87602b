"""Graphs as text, in any of the formats of documents, that comes out the same each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rdflib import Graph, Literal

from montages.knowledge.graphs import new_graph
from montages.publish.json_text import dump
from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import BY_EXTENSION, Context, write

FORMATS = ("turtle", "jsonld")


def serialise(graphs: Iterable[Graph], form: str) -> str:
    """Return graphs together as Turtle or JSON-LD text."""
    together = new_graph()
    for graph in graphs:
        together += graph
    if form == "turtle":
        return together.serialize(format="turtle").rstrip() + "\n"
    prefixes = {prefix: str(namespace) for prefix, namespace in together.namespaces()}
    used = _used(together, prefixes)
    tree = json.loads(together.serialize(format="json-ld", context=used))
    return dump(_ordered(tree))


def in_full(graphs: Iterable[Graph], extension: str) -> str:
    """Return graphs together in the format of an extension, read without fetching a context."""
    triples = [triple for graph in graphs for triple in graph]
    return write(triples, BY_EXTENSION[extension], Context(*whole_context(triples)))


def sections(graphs: Sequence[tuple[str, Graph]]) -> str:
    """Return several graphs as one Turtle text, each under a comment that says what it is."""
    together, parts = new_graph(), []
    for _, graph in graphs:
        together += graph
    prefixes = _used(together, {prefix: str(ns) for prefix, ns in together.namespaces()})
    head = "".join(f"@prefix {prefix}: <{ns}> .\n" for prefix, ns in prefixes.items())
    for title, graph in graphs:
        bound = new_graph()
        bound += graph
        lines = bound.serialize(format="turtle").splitlines()
        body = "\n".join(line for line in lines if not line.startswith("@prefix")).strip()
        parts.append(f"# {title}\n{body}\n")
    return head + "\n" + "\n".join(parts)


def _used(graph: Graph, prefixes: dict[str, str]) -> dict[str, str]:
    """Return the prefixes that some name of the graph begins with."""
    names = {str(node) for triple in graph for node in triple}
    names |= {str(o.datatype) for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    return {
        p: ns for p, ns in sorted(prefixes.items()) if p and any(n.startswith(ns) for n in names)
    }


def _ordered(tree: Any) -> Any:
    """Return a JSON-LD tree with its nodes and values in a stable order."""
    if isinstance(tree, dict):
        return {
            key: value if key == "@context" else _ordered(value)
            for key, value in sorted(tree.items())
        }
    if isinstance(tree, list):
        return sorted(
            (_ordered(item) for item in tree), key=lambda item: json.dumps(item, sort_keys=True)
        )
    return tree
