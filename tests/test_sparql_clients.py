"""The clients that people use talk to the endpoint as it is served (S1): SPARQLWrapper, rdflib, curl."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import warnings
from collections.abc import Iterator

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from montages.names import ID, MTG
from protocol_graphs import protocol_application
from served_application import served_application

CONTRACTS = (
    "SELECT ?s WHERE { ?s a <https://w3id.org/montages/def/ContractType> } ORDER BY ?s LIMIT 50"
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with served_application(protocol_application()) as address:
        # What is there before stays: the collector below has only the connections of a test to look at.
        gc.collect()
        gc.freeze()
        yield f"{address}/sparql"


@pytest.fixture(autouse=True)
def _connections() -> Iterator[None]:
    """Let SPARQLWrapper leave its connections for the collector to close, as it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def wrapper(endpoint: str, method: str, query: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(endpoint)
    found.setMethod(method)
    found.setQuery(query)
    found.setReturnFormat(form)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("sending", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_reads_json(endpoint: str, method: str, sending: str) -> None:
    client = wrapper(endpoint, method, CONTRACTS, JSON)
    client.setRequestMethod(sending)
    rows = client.query().convert()["results"]["bindings"]  # type: ignore[index,call-overload]
    assert str(ID["contract/mpgp"]) in {row["s"]["value"] for row in rows}


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_xml_and_csv(endpoint: str, method: str) -> None:
    xml = wrapper(endpoint, method, CONTRACTS, XML).query().convert()
    assert len(xml.getElementsByTagName("result")) > 5  # type: ignore[union-attr]
    text = wrapper(endpoint, method, CONTRACTS, CSV).query().convert()
    assert isinstance(text, bytes)
    assert text.splitlines()[0] == b"s"


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_graphs(endpoint: str, method: str) -> None:
    query = "CONSTRUCT { ?s a ?t } WHERE { ?s a <https://w3id.org/montages/def/ContractType> , ?t }"
    text = wrapper(endpoint, method, query, TURTLE).query().convert()
    assert isinstance(text, bytes)
    assert (ID["contract/mpgp"], RDF.type, MTG.ContractType) in Graph().parse(data=text)
    # Its own reading into a graph uses a class that rdflib has deprecated: the bytes are what counts.
    answer = wrapper(endpoint, method, query, XML).query()
    assert answer.info()["content-type"] == "application/rdf+xml"
    graph = Graph().parse(data=answer.response.read(), format="xml")
    assert (ID["contract/mpgp"], RDF.type, MTG.ContractType) in graph


def test_sparqlwrapper_asks_some_graphs(endpoint: str) -> None:
    client = wrapper(endpoint, GET, "SELECT * { ?s a ?o }", JSON)
    client.addDefaultGraph("http://example.org/g3")
    rows = client.query().convert()["results"]["bindings"]  # type: ignore[index,call-overload]
    assert [row["s"]["value"] for row in rows] == ["http://example.org/g3"]


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="mtg"):
        wrapper(endpoint, GET, "SELECT * { ?s a mtg:Project }", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads_through_its_store(endpoint: str, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method, returnFormat=form))
    rows = list(graph.query(CONTRACTS))
    assert (URIRef(ID["contract/mpgp"]),) in [tuple(row) for row in rows]  # type: ignore[arg-type]


def test_rdflib_s_store_gives_triples_and_their_number(endpoint: str) -> None:
    graph = Graph(SPARQLStore(endpoint))
    assert (ID["contract/mpgp"], RDF.type, MTG.ContractType) in graph
    assert graph.value(ID["contract/mpgp"], RDF.type) is not None
    named = Graph(SPARQLStore(endpoint, context_aware=True), URIRef("http://example.org/g2"))
    assert len(named) == 2


def curl(*arguments: str) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_curl_asks_in_each_way(endpoint: str) -> None:
    assert json.loads(curl(f"{endpoint}?query=ASK%7B%7D"))["boolean"] is True
    assert json.loads(curl("--data-urlencode", "query=ASK {}", endpoint))["boolean"] is True
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}")
    assert json.loads(curl(*direct, endpoint))["boolean"] is True
    head = curl("--head", f"{endpoint}?query=ASK%7B%7D")
    assert head.startswith("HTTP/1.1 200")
    assert "application/sparql-results+json" in head
    assert "HTTP/1.1 204" in curl("-i", "-X", "OPTIONS", endpoint)
