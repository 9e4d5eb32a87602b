"""Graphs in a compact form: each term once, the triples of each graph as columns of numbers of terms.

The disk keeps the published graphs so. The service reads them where they lie, by a store for rdflib that
holds no triple of its own; the process of queries fills the engine's store from the same bytes.
"""

from __future__ import annotations

import json
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

# Triples are kept in three orders, so that whatever is given of one leads to it: by subject and predicate,
# by predicate and object, by object and subject.
_ORDERS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
_NUMBER = "I"
_HEAD = struct.Struct("!Q")  # the size of the text that follows

_Columns = tuple[tuple["array[int]", "array[int]", "array[int]"], ...]


@dataclass(frozen=True, eq=False)
class GraphTables:
    """The texts of all terms, and the columns of each graph: three for each order.

    Terms are numbered through: IRIs, blank nodes, then literals with their language and datatype. The default
    graph has no name.
    """

    iris: list[str]
    blank_nodes: list[str]
    literals: list[tuple[str, str | None, str | None]]
    columns: dict[str | None, _Columns] = field(repr=False)


def packed_tables(graphs: Mapping[str, Graph], default: Iterable[str]) -> bytes:
    """Return graphs as tables, packed; the default graph is the union of those named."""
    mentions = {name: list(chain.from_iterable(graph)) for name, graph in graphs.items()}
    # Most stand in many triples as one object: few have their text looked at.
    terms = {id(term): term for some in mentions.values() for term in some}
    texts, of_term = _numbered(terms.values())
    numbers = {place: of_term[term] for place, term in terms.items()}
    bits = len(of_term).bit_length()
    rows: dict[str | None, list[int]] = {
        name: _rows(list(map(numbers.__getitem__, map(id, some))), bits)
        for name, some in mentions.items()
    }
    rows[None] = list({row for name in default for row in rows[name]})
    head = {"terms": texts, "graphs": [(name, len(some)) for name, some in rows.items()]}
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _HEAD.size)
    columns = (column for some in rows.values() for column in _columns(some, bits))
    return b"".join((_HEAD.pack(len(text)), text, *columns))


def unpacked_tables(content: bytes) -> GraphTables:
    """Return the tables that are packed so: their columns are views of the same bytes."""
    (size,) = _HEAD.unpack_from(content)
    start = _HEAD.size + size
    head = json.loads(content[_HEAD.size : start])
    packed = memoryview(content)
    columns: dict[str | None, _Columns] = {}
    for name, count in head["graphs"]:
        columns[name] = tuple((array(_NUMBER), array(_NUMBER), array(_NUMBER)) for _ in _ORDERS)
        for column in chain.from_iterable(columns[name]):
            end = start + count * column.itemsize
            column.frombytes(packed[start:end])
            start = end
    iris, blank_nodes, literals = head["terms"]
    return GraphTables(iris, blank_nodes, literals, columns)


def _numbered(terms: Iterable[Node]) -> tuple[list[list[Any]], dict[Node, int]]:
    """Return the texts of all terms, kind by kind, and the number of each term."""
    kinds: tuple[dict[Node, Any], ...] = ({}, {}, {})
    for term in dict.fromkeys(terms):
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


def _rows(numbers: Sequence[int], bits: int) -> list[int]:
    """Return each triple of numbers as one, each of so many bits: it is sorted in half the time."""
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return [(s << bits | p) << bits | o for s, p, o in triples]


def _columns(rows: Sequence[int], bits: int) -> Iterator[array[int]]:
    """Yield the columns of a graph, sorted in each order: its first part goes last in the next."""
    mask, others = (1 << bits) - 1, (1 << 2 * bits) - 1
    for _ in _ORDERS:
        rows = sorted(rows)
        yield array(_NUMBER, [row >> 2 * bits for row in rows])
        yield array(_NUMBER, [row >> bits & mask for row in rows])
        yield array(_NUMBER, [row & mask for row in rows])
        rows = [(row & others) << bits | row >> 2 * bits for row in rows]


# Which column of an order has the subjects, the predicates, the objects.
_PLACES = tuple(tuple(order.index(part) for part in range(3)) for order in _ORDERS)
_ABSENT = -1
_NO_CONTEXT: Iterator[Any] = iter(())


def table_graphs(tables: GraphTables) -> dict[str | None, Graph]:
    """Return the graphs of tables, to be read only; all threads and processes may share them."""
    terms = _terms(tables)
    numbers = {term: number for number, term in enumerate(terms)}
    return {
        name: Graph(_TableStore(terms, numbers, columns))
        for name, columns in tables.columns.items()
    }


class _TableStore(SimpleMemory):
    """The triples of one graph, found by bisection."""

    def __init__(self, terms: list[Node], numbers: dict[Node, int], columns: _Columns) -> None:
        super().__init__()
        self._terms, self._numbers, self._columns = terms, numbers, columns

    def triples(
        self, triple_pattern: Any, context: Any = None
    ) -> Iterator[tuple[Any, Iterator[Any]]]:
        """Yield the triples that match a pattern, each without a context."""
        get = self._numbers.get
        wanted = [term if term is None else get(term, _ABSENT) for term in triple_pattern]
        order = _order(wanted)
        columns = self._columns[order]
        low, high = 0, len(columns[0])
        for place, column in zip(_ORDERS[order], columns):  # noqa: B905  # as long, and oftener here
            number = wanted[place]
            if number is None:
                break
            low = bisect_left(column, number, low, high)
            high = bisect_left(column, number + 1, low, high)
        terms = self._terms
        subjects, predicates, objects = (columns[n] for n in _PLACES[order])
        for n in range(low, high):
            yield (terms[subjects[n]], terms[predicates[n]], terms[objects[n]]), _NO_CONTEXT

    def __len__(self, context: Any = None) -> int:
        """Return how many triples there are."""
        return len(self._columns[0][0])

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        """Raise TypeError: the tables are shared."""
        raise TypeError("a published graph is read, never changed: add to a copy")

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        """Raise TypeError: the tables are shared."""
        raise TypeError("a published graph is read, never changed: remove from a copy")


def _order(wanted: list[int | None]) -> int:
    """Return the order in which what is given of a triple comes first."""
    s, p, o = wanted
    if s is not None:
        return 2 if p is None and o is not None else 0
    if p is not None:
        return 1
    return 0 if o is None else 2


def _terms(tables: GraphTables) -> list[Node]:
    terms: list[Node] = [URIRef(text) for text in tables.iris]
    terms += [BNode(text) for text in tables.blank_nodes]
    return terms + [_literal(*literal) for literal in tables.literals]


def _literal(text: str, language: str | None, datatype: str | None) -> Literal:
    """Return a literal as it is written."""
    if datatype is not None:
        return Literal(text, datatype=datatype, normalize=False)
    literal = str.__new__(Literal, text)  # what the class would come to, and five times as quick
    literal._language, literal._datatype = language, None
    literal._value, literal._ill_typed = text, None
    return literal


def engine_quads(content: bytes) -> Iterator[ox.Quad]:
    """Yield the quads of packed tables, blank nodes under their own labels."""
    tables = unpacked_tables(content)
    terms: list[Any] = [ox.NamedNode(text) for text in tables.iris]
    terms += [ox.BlankNode(text) for text in tables.blank_nodes]
    for text, language, datatype in tables.literals:
        kind = None if datatype is None else ox.NamedNode(datatype)
        terms.append(ox.Literal(text, language=language, datatype=kind))
    for name, orders in tables.columns.items():
        graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
        # No step of Python for each: there are hundreds of thousands.
        yield from map(ox.Quad, *(map(terms.__getitem__, c) for c in orders[0]), repeat(graph))
