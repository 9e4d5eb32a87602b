"""The quads of packed tables, as the engine takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from montages.store.graph_tables import unpacked_tables


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
        for s, p, o in zip(*orders[0], strict=True):
            yield ox.Quad(terms[s], terms[p], terms[o], graph)
