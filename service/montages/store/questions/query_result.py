"""The answer to a question: a table of terms, as CSV or as SPARQL results in JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text

Cell = Node | None


@dataclass(frozen=True)
class Result:
    """The columns and rows of an answer; None where a row says nothing.

    `labels` names, in both languages, each thing of ours that the rows hold.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: dict[URIRef, Text] = field(default_factory=dict)

    @classmethod
    def read(cls, text: bytes) -> Result:
        """Return the answer that SPARQL results in JSON say, without labels."""
        tree = json.loads(text)
        columns = tuple(tree["head"].get("vars", ()))
        if "boolean" in tree:
            return cls(("answer",), ((Literal(tree["boolean"]),),))
        rows = tree["results"]["bindings"]
        return cls(columns, tuple(tuple(_term(row.get(name)) for name in columns) for row in rows))

    def to_csv(self, headings: Sequence[str] = ()) -> str:
        """Return the SPARQL 1.1 CSV form: plain values, no types; lines end with a line feed.

        `headings` stand for the names of the columns, for people.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(headings or self.columns)
        writer.writerows([["" if c is None else str(c) for c in row] for row in self.rows])
        return out.getvalue()

    def to_json(self) -> str:
        """Return the SPARQL 1.1 JSON form, indented."""
        bindings = [
            {name: _json(c) for name, c in zip(self.columns, row, strict=True) if c is not None}
            for row in self.rows
        ]
        tree = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def with_headings(table: str, heading: Callable[[str], str]) -> str:
    """Return a table in CSV whose first line says of each column its heading, not its variable."""
    first, _, rest = table.partition("\n")
    columns = next(csv.reader([first.rstrip("\r")]), [])
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(heading(column) for column in columns)
    return out.getvalue() + rest


def _json(term: Node) -> dict[str, Any]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    assert isinstance(term, Literal)
    tree = {"type": "literal", "value": str(term)}
    if term.language:
        tree["xml:lang"] = term.language
    elif term.datatype:
        tree["datatype"] = str(term.datatype)
    return tree


def _term(tree: dict[str, Any] | None) -> Cell:
    if tree is None:
        return None
    if tree["type"] == "uri":
        return URIRef(tree["value"])
    if tree["type"] == "bnode":
        return BNode(tree["value"])
    datatype = tree.get("datatype")
    return Literal(
        tree["value"],
        lang=tree.get("xml:lang"),
        datatype=URIRef(datatype) if datatype else None,
        normalize=False,
    )
