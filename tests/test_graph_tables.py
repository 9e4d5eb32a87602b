"""Graphs read from their tables are the graphs they were made of, to whoever asks in whatever way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.publish.linked_data.documents import documents, served_dataset
from montages.publish.linked_data.dump_files import Dumps, _bodies
from montages.store.dataset import Dataset
from montages.store.graph_tables import packed_tables, table_graphs, unpacked_tables
from montages.store.published_dataset import published_dataset
from montages.store.sparql.query_worker import loaded_store
from montages.store.term_text import term_text

A, B, P, Q = (URIRef(f"http://x/{name}") for name in "ABPQ")
TERMS = (
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("1", datatype=XSD.integer),
    Literal("no number", datatype=XSD.integer),
    Literal("1", lang="fr"),
    Literal("1", lang="en-GB"),
    Literal("1"),
    Literal("1", datatype=XSD.string),
    Literal("2026-04-01", datatype=XSD.date),
    Literal("true", datatype=XSD.boolean),
    Literal("Ω \U0001f4a1 \"quoted\" \\ \n\t\r \x00"),
    Literal(""),
    BNode("b0"),
    A,
)  # fmt: skip


def graph_of(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


GRAPHS = {
    "http://g/one": graph_of(product((A, B, BNode("b0")), (P, RDFS.label), TERMS)),
    "http://g/two": graph_of([(A, P, A), (A, P, TERMS[0]), (B, RDF.type, B), (B, Q, P)]),
    "http://g/empty": Graph(),
}
DEFAULT = ("http://g/one", "http://g/two")


def written(node: Node) -> Any:
    """Return all that tells a term from another."""
    if isinstance(node, Literal):
        value = (node.value, type(node.value))
        return Literal, str(node), node.language, node.datatype, value, node.ill_typed
    return type(node), str(node)


def rows(graph: Graph, pattern: tuple[Node | None, ...] = (None, None, None)) -> list[Any]:
    return sorted((tuple(map(written, triple)) for triple in graph.triples(pattern)), key=repr)


@pytest.fixture(scope="module")
def read() -> dict[str | None, Graph]:
    return table_graphs(unpacked_tables(packed_tables(GRAPHS, DEFAULT)))


def test_each_graph_comes_back_whole_and_the_default_one_is_their_union(
    read: dict[str | None, Graph],
) -> None:
    union = GRAPHS[DEFAULT[0]] + GRAPHS[DEFAULT[1]]
    for name, graph in {**GRAPHS, None: union}.items():
        assert rows(read[name]) == rows(graph)
        assert len(read[name]) == len(graph)


def test_every_pattern_finds_what_it_finds_in_a_plain_graph(read: dict[str | None, Graph]) -> None:
    asked = (None, A, B, P, RDF.type, BNode("b0"), BNode("b1"), *TERMS[:4])
    for name, graph in GRAPHS.items():
        for pattern in product(asked, repeat=3):
            assert rows(read[name], pattern) == rows(graph, pattern), pattern


def test_a_graph_of_tables_is_read_and_never_changed(read: dict[str | None, Graph]) -> None:
    graph = read["http://g/two"]
    for change in (graph.add, graph.remove):
        with pytest.raises(TypeError, match="copy"):
            change((A, P, B))
    copy = Graph() + graph
    copy.add((A, P, B))
    assert len(copy) == len(graph) + 1


def test_the_engine_is_given_the_same_graphs() -> None:
    store = loaded_store(packed_tables(GRAPHS, DEFAULT))
    text = "".join(
        f"{' '.join(map(term_text, triple))} {place}.\n"
        for name, graph in GRAPHS.items()
        for triple in graph
        for place in (f"<{name}> ", "" if name in DEFAULT else f"<{name}> ")
    )
    plain = ox.Store()
    plain.extend(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    assert set(store) == set(plain)


@pytest.mark.slow
def test_the_published_dataset_is_the_union_of_its_graphs_of_the_day() -> None:
    dataset = served_dataset(date(2026, 11, 1))
    parts = [dataset.graphs[name] for name in dataset.default_graphs()]
    union = {tuple(map(term_text, triple)) for part in parts for triple in part}
    assert len(dataset.default) == len(union)
    assert {tuple(map(term_text, triple)) for triple in dataset.default} == union


@pytest.mark.slow
def test_every_file_that_is_published_is_the_same_bytes_made_anew_or_from_the_tables_on_disk() -> (
    None
):
    day = date(2026, 11, 1)
    problems = {name: g for name, g in served_dataset(day).graphs.items() if "problems" in name}
    anew = Dataset({**problems, **published_dataset(day).graphs}, day)
    kept, made = Dumps(documents(served_dataset(day))), Dumps(documents(anew))
    assert list(kept.files) == list(made.files)
    for name in dict.fromkeys(file.name for file in kept.files.values()):
        assert _bodies(kept, name) == _bodies(made, name), name
