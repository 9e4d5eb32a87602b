"""Graphs in a compact form: each term once, the triples of each graph as columns of numbers of terms.

The disk keeps the published graphs so; the service reads them where they lie (`table_store.py`), and the
process of queries fills its store from the same bytes.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

# Triples are kept in three orders, so that whatever is given of one leads to it: by subject and predicate,
# by predicate and object, by object and subject.
ORDERS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
_NUMBER = "I"
_HEAD = struct.Struct("!Q")  # the size of the text that follows

Row = tuple[int, int, int]
Columns = tuple[tuple["array[int]", "array[int]", "array[int]"], ...]


@dataclass(frozen=True, eq=False)
class GraphTables:
    """The texts of all terms, and the columns of each graph: three for each order.

    Terms are numbered through: IRIs, blank nodes, then literals with their language and datatype. The default
    graph has no name.
    """

    iris: list[str]
    blank_nodes: list[str]
    literals: list[tuple[str, str | None, str | None]]
    columns: dict[str | None, Columns] = field(repr=False)


def packed_tables(graphs: Mapping[str, Graph], default: Iterable[str]) -> bytes:
    """Return graphs as tables, packed; the default graph is the union of those named."""
    texts, numbers = _numbered(graphs.values())
    rows: dict[str | None, list[Row]] = {
        name: [(numbers[s], numbers[p], numbers[o]) for s, p, o in graph]
        for name, graph in graphs.items()
    }
    rows[None] = list(dict.fromkeys(row for name in default for row in rows[name]))
    head = {"terms": texts, "graphs": [(name, len(some)) for name, some in rows.items()]}
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _HEAD.size)
    columns = (column for some in rows.values() for column in _columns(some))
    return b"".join((_HEAD.pack(len(text)), text, *columns))


def unpacked_tables(content: bytes) -> GraphTables:
    """Return the tables that are packed so: their columns are views of the same bytes."""
    (size,) = _HEAD.unpack_from(content)
    start = _HEAD.size + size
    head = json.loads(content[_HEAD.size : start])
    packed = memoryview(content)
    columns: dict[str | None, Columns] = {}
    for name, count in head["graphs"]:
        columns[name] = tuple((array(_NUMBER), array(_NUMBER), array(_NUMBER)) for _ in ORDERS)
        for column in chain.from_iterable(columns[name]):
            end = start + count * column.itemsize
            column.frombytes(packed[start:end])
            start = end
    iris, blank_nodes, literals = head["terms"]
    return GraphTables(iris, blank_nodes, literals, columns)


def _numbered(graphs: Iterable[Graph]) -> tuple[list[list[Any]], dict[Node, int]]:
    """Return the texts of all terms, kind by kind, and the number of each term."""
    kinds: tuple[dict[Node, Any], ...] = ({}, {}, {})
    for term in chain.from_iterable(chain.from_iterable(graphs)):
        if isinstance(term, URIRef):
            kinds[0][term] = str(term)
        elif isinstance(term, BNode):
            kinds[1][term] = str(term)
        else:
            assert isinstance(term, Literal), term
            datatype = None if term.datatype is None else str(term.datatype)
            kinds[2][term] = (str(term), term.language, datatype)
    numbers = {term: number for number, term in enumerate(chain(*kinds))}
    return [list(kind.values()) for kind in kinds], numbers


def _columns(rows: Sequence[Row]) -> Iterator[array[int]]:
    """Yield the columns of a graph, sorted in each order."""
    for order in ORDERS:
        for column in zip(*sorted(map(itemgetter(*order), rows)), strict=True):
            yield array(_NUMBER, column)
