"""What another engine answers, written as the embedded one writes it: booleans, labels of blank nodes.

Virtuoso writes booleans as numbers: 1 and 0 where SPARQL has true and false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.query_guard import Plan
from montages.store.sparql.remote.remote_query import incomplete_answer

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEANS = {"1": "true", "0": "false"}
_NOT_IN_A_LABEL = re.compile(r"\W", re.A)
_BOOLEAN = ox.NamedNode(f"{_XSD}boolean")
_AS = re.compile(r"(?<![\w:.?$@-])AS\s*(?P<variable>[?$]\w+)\s*\)", re.I | re.A)
_IRI = re.compile(r"<x*>")
_OPERATOR = re.compile(r"&&|\|\||[=<>]|(?<![\w:.?$@-])IN(?![\w:-])", re.I | re.A)
_NEGATED = re.compile(r"\s*(?:!|(?:NOT\s*)?EXISTS(?![\w:-]))", re.I | re.A)
_LITERAL = re.compile(r"\s*(?:true|false)\s*", re.I | re.A)
_CALL = re.compile(r"\s*+(?P<name>\w*+)\s*+\((?P<arguments>.*)\)\s*", re.A | re.DOTALL)
_PREDICATES = frozenset(
    {
        *("BOUND", "SAMETERM", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC"),
        *("REGEX", "CONTAINS", "STRSTARTS", "STRENDS", "LANGMATCHES"),
    }
)


def results_tree(plan: Plan, body: bytes) -> dict[str, Any]:
    """Return SPARQL results in JSON as data.

    Raises QueryTruncated for what is no JSON, ValueError, KeyError or TypeError for what is no results.
    """
    try:
        tree: dict[str, Any] = json.loads(body)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise incomplete_answer(str(error)) from error
    tree["head"].pop("link", None)
    if "boolean" in tree:
        return tree
    rows = tree["results"]["bindings"]
    _with_booleans(rows, boolean_columns(plan))
    for row in rows:
        for cell in row.values():
            if cell["type"] == "bnode":
                cell["value"] = "b" + _NOT_IN_A_LABEL.sub("", cell["value"])
    return tree


def remote_triples(body: bytes) -> Iterator[ox.Triple]:
    """Yield the triples of an answer in N-Triples.

    Raises QueryTruncated for a line that has no end, SyntaxError for what is no N-Triples.
    """
    if body and not body.endswith((b"\n", b".")):
        raise incomplete_answer("N-Triples")
    for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES, lenient=True):
        value = quad.object
        if (
            isinstance(value, ox.Literal)
            and value.datatype == _BOOLEAN
            and value.value in _BOOLEANS
        ):
            value = ox.Literal(_BOOLEANS[value.value], datatype=_BOOLEAN)
        yield ox.Triple(quad.subject, quad.predicate, value)


def boolean_columns(plan: Plan) -> frozenset[str]:
    """Return the variables that a query binds to expressions which are true or false, and to no other."""
    kinds: dict[str, bool] = {}
    code = plan.query.code
    for clause in _AS.finditer(code):
        name = plan.query.written(clause, "variable")[1:]
        expression = code[_opening(code, clause.start()) : clause.start()]
        kinds[name] = _is_boolean(expression) and kinds.get(name, True)
    return frozenset(name for name, boolean in kinds.items() if boolean)


def _with_booleans(rows: list[dict[str, Any]], columns: frozenset[str]) -> None:
    """Write true and false where an engine wrote 1 and 0, in rows of SPARQL results in JSON."""
    for row in rows:
        for name, cell in row.items():
            kind = cell.get("datatype")
            if kind == f"{_XSD}boolean" or (name in columns and kind == f"{_XSD}integer"):
                value = _BOOLEANS.get(cell["value"])
                if value is not None:
                    cell.update(value=value, datatype=f"{_XSD}boolean")


def _opening(code: str, at: int) -> int:
    """Return where the content of the bracket begins that a place is in."""
    depth = 0
    for place in range(at - 1, -1, -1):
        if code[place] in ")}":
            depth += 1
        elif code[place] in "({":
            if not depth:
                return place + 1
            depth -= 1
    return 0


def _is_boolean(expression: str) -> bool:
    if _NEGATED.match(expression) or _LITERAL.fullmatch(expression):
        return True
    outside = "".join(character for character, depth in _depths(expression) if not depth)
    if _OPERATOR.search(_IRI.sub("", outside)):
        return True
    call = _CALL.fullmatch(expression)
    if call is None:
        return False
    name, arguments = call["name"].upper(), _arguments(call["arguments"])
    if name == "IF":
        return len(arguments) == 3 and all(map(_is_boolean, arguments[1:]))
    return name in _PREDICATES or (name in ("", "COALESCE") and all(map(_is_boolean, arguments)))


def _arguments(text: str) -> list[str]:
    """Return what commas part that are in no bracket."""
    commas = [
        at for at, (character, depth) in enumerate(_depths(text)) if (character, depth) == (",", 0)
    ]
    return [text[start + 1 : end] for start, end in pairwise((-1, *commas, len(text)))]


def _depths(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character with how many brackets it is in."""
    depth = 0
    for character in text:
        depth -= character in ")}"
        yield character, depth
        depth += character in "({"
