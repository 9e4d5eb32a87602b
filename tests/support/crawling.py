"""What the tests of the linked data share: the service, IRIs of the base, answers read back as graphs."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph
import rdflib
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from werkzeug.test import TestResponse

from montages.names import BASE
from montages.publish.linked_data.documents import Documents, documents
from montages.publish.syntax import turtle
from montages.publish.syntax.statements import statements
from montages.web import create_app
from montages.web.app_state import AppState, current_state
from whole_service import whole_configuration

PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "json": "json-ld", "rdf": "xml", "nt": "nt"}
QUADS = {"trig": "trig", "nq": "nquads"}


_FOLDER = tempfile.TemporaryDirectory(prefix="montages-crawling-")


@cache
def client() -> FlaskClient:
    """Return a client of the whole service."""
    return create_app(whole_configuration(Path(_FOLDER.name))).test_client()


@cache
def state() -> AppState:
    app = client().application
    with app.app_context():
        return current_state()


def docs() -> Documents:
    return documents(state().dataset)


@cache
def context() -> Any:
    return json.loads(client().get("/context.jsonld").data)["@context"]


@cache
def iris_of_the_base() -> tuple[str, ...]:
    """Return every IRI of the base that the published graphs name, wherever it stands, sorted."""
    found = set()
    for graph in docs().graphs.values():
        for triple in graph:
            for node in triple:
                name = node.datatype if isinstance(node, Literal) else node
                if isinstance(name, URIRef) and len(name) > len(BASE) and name.startswith(BASE):
                    found.add(str(name))
    return tuple(sorted(found))


def graph_of(answer: TestResponse, extension: str) -> Graph:
    """Return an answer read back; our context is put in its place, as its address is not public here."""
    text = answer.get_data(as_text=True)
    if extension in QUADS:
        read = rdflib.Dataset()
        read.parse(data=text, format=QUADS[extension])
        graph = Graph()
        for one in read.graphs():
            graph += one
        return graph
    if extension.startswith("json"):
        text = _with_context(text)
    return Graph().parse(data=text, format=PARSERS[extension])


def triples_of(answer: TestResponse, extension: str) -> frozenset[pyoxigraph.Quad]:
    """Return what an answer says, read by pyoxigraph, its blank nodes named by what they say."""
    text, form = answer.get_data(as_text=True), pyoxigraph.RdfFormat.JSON_LD
    if extension.startswith("json"):
        text = _with_context(text)
    else:
        form = pyoxigraph.RdfFormat.from_extension(extension)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, format=form))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def _with_context(text: str) -> str:
    """Return JSON-LD with our context in the place of its address."""
    tree = json.loads(text)
    if isinstance(tree["@context"], str):
        assert tree["@context"].endswith("/context.jsonld")
        tree["@context"] = context()
    return json.dumps(tree)


def canonical(graph: Graph) -> str:
    """Return a text that two graphs share only if they are isomorphic: blank nodes named by content."""
    return "".join(sorted(turtle.statement_lines(statements(graph))))


def document_graph(path: str, extension: str) -> Graph:
    """Return a page read by rdflib alone: nothing is fetched, not even a context."""
    address = urlsplit(path)
    answer = client().get(f"{address.path}?{address.query}")
    assert answer.status_code == 200, path
    return Graph().parse(data=answer.get_data(as_text=True), format=PARSERS[extension])
