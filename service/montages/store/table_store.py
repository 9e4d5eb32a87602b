"""Graphs read where their tables lie: a store for rdflib that holds no triple of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

from montages.store.graph_tables import ORDERS, Columns, GraphTables

# Which column of an order has the subjects, the predicates, the objects.
_PLACES = tuple(tuple(order.index(part) for part in range(3)) for order in ORDERS)
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

    def __init__(self, terms: list[Node], numbers: dict[Node, int], columns: Columns) -> None:
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
        for place, column in zip(ORDERS[order], columns):  # noqa: B905  # as long, and oftener here
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
