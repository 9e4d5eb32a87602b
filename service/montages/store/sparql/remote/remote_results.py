"""What another engine answers, written as the embedded one writes it: booleans, labels of blank nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.query_guard import Plan
from montages.store.sparql.remote.boolean_columns import VALUES, XSD, boolean_columns, with_booleans
from montages.store.sparql.remote.engine_errors import incomplete_answer

_NOT_IN_A_LABEL = re.compile(r"\W", re.A)
_BOOLEAN = ox.NamedNode(f"{XSD}boolean")


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
    with_booleans(rows, boolean_columns(plan))
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
        if isinstance(value, ox.Literal) and value.datatype == _BOOLEAN and value.value in VALUES:
            value = ox.Literal(VALUES[value.value], datatype=_BOOLEAN)
        yield ox.Triple(quad.subject, quad.predicate, value)
