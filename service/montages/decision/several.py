"""A text that may hold several projects: one description each, from one reading."""

from __future__ import annotations

import json
from collections.abc import Callable

from rdflib import Graph

from montages.decision import parse
from montages.decision.description import Description, projects
from montages.decision.json_tree import safe
from montages.errors import UnusableInput
from montages.knowledge.context import knows_project_keys


def several(
    source: bytes | str, syntax: str, read: Callable[[bytes | str, str], Description] = parse.parse
) -> list[Description]:
    """Return the descriptions of a text, in the order of their IRIs; `read` reads a lone one.

    Raises as `parse.parse`.
    """
    try:
        return [read(source, syntax)]
    except UnusableInput:
        # No project, or more than one: only then is the text read again.
        graph = graph_of(parse.decode(source), syntax)
        found = projects(graph)
        if len(found) < 2:
            raise
        return [Description(graph, project) for project in found]


def graph_of(text: str, syntax: str) -> Graph:
    """Return the graph of a text; an empty one for our keys, which describe one project."""
    if syntax in ("json", "yaml", "json-ld"):
        tree = parse.tree(text, syntax)
        if isinstance(tree, dict) and knows_project_keys(tree):
            return Graph()
        text, syntax = json.dumps(safe(tree)), "json-ld"
    return parse.named_graph(text, syntax)
