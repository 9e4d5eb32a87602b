"""What the reference parser and the engine's parser give of one text, and how it differs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from rdflib import Graph

from description_files import parse_file
from montages.description.description import Description
from montages.description.parsing.source_text import read_file
from montages.engine.engines import engine_named
from montages.errors import MontagesError

ENGINE = engine_named("fast")
REFERENCE, FAST = engine_named("reference").parse, ENGINE.parse


def outcome(read: Callable[[], Description]) -> tuple[Any, ...]:
    """Return all that parsing gives: project, places, facts and statements, or the error."""
    try:
        parsed = read()
        statements = frozenset(parsed.statements.graph())
        return str(parsed.project), parsed.places, frozenset(parsed.facts), statements
    except MontagesError as error:
        return type(error).__name__, error.text, error.extra


def difference(source: str | bytes, syntax: str, project: str | None = None) -> str:
    """Return how the two parsers differ, nothing where they agree."""
    reference = outcome(lambda: REFERENCE(source, syntax, project))
    fast = outcome(lambda: FAST(source, syntax, project))
    return "" if reference == fast else f"{reference}\nbut\n{fast}"


def file_outcomes(path: Path) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the outcome of each parser on a file."""
    return outcome(partial(parse_file, path)), outcome(lambda: ENGINE.parse(*read_file(path)))


SYNTAXES = {"xml": "xml", "pretty-xml": "xml", "nt": "nt", "json-ld": "json-ld", "turtle": "turtle"}


def serialized(graph: Graph, form: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return graph.serialize(format=form)


HEAD = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
