"""A text that may hold several projects: one description each, from one reading."""

from __future__ import annotations

from collections.abc import Callable

from montages.description.description import Description, project_iris
from montages.description.facts import Facts
from montages.description.parsing import parse
from montages.description.parsing.source_text import decode
from montages.errors import UnusableInput
from montages.knowledge.description_keys import knows_project_keys


def parse_many(
    source: bytes | str,
    syntax: str,
    parse_one: Callable[[bytes | str, str], Description] = parse.parse,
) -> list[Description]:
    """Return the descriptions of a text, in the order of their IRIs; `parse_one` parses a lone one.

    Raises as `parse.parse`.
    """
    try:
        return [parse_one(source, syntax)]
    except UnusableInput:
        # No project, or more than one: only then is the text read again.
        descriptions = every_project(decode(source), syntax)
        if len(descriptions) < 2:
            raise
        return descriptions


def every_project(text: str, syntax: str) -> list[Description]:
    """Return a description for each project of an RDF text; none for our keys, which hold one project."""
    facts = _facts(text, syntax)
    return [Description(facts, project) for project in project_iris(facts)]


def _facts(text: str, syntax: str) -> Facts:
    if syntax not in ("json", "yaml", "json-ld"):
        return parse.parse_rdf(text, syntax)
    tree = parse.parse_tree(text, syntax)
    if isinstance(tree, dict) and knows_project_keys(tree):
        return Facts()
    return parse.parse_json_ld(tree)
