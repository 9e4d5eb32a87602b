"""The VoID description: what it counts, names and leads to, in every format (L5)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pyshacl
import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID

from crawling import PARSERS, canonical, client, docs, document_graph
from montages.knowledge.files import library
from montages.names import BASE
from montages.store.licence import LICENCE

WHOLE, REGISTRY = URIRef(BASE + "void#montages"), URIRef(BASE + "projects")


def test_void_gives_the_licence_and_the_period_of_every_dataset() -> None:
    graph = document_graph("/void.ttl", "ttl")
    described = set(graph.subjects(RDF.type, VOID.Dataset)) - {REGISTRY}  # it is its publishers'
    assert len(described) > 30
    for node in described:
        assert str(graph.value(node, DCTERMS.license)) == LICENCE
        (period,) = graph.objects(node, DCTERMS.temporal)
        assert (period, RDF.type, DCTERMS.PeriodOfTime) in graph
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text


def test_void_is_at_its_well_known_address_and_counts_what_is_there() -> None:
    graph = Graph().parse(
        data=client().get("/.well-known/void").get_data(as_text=True), format="turtle"
    )
    whole = docs().default
    number = graph.value(WHOLE, VOID.triples)
    assert isinstance(number, Literal)
    assert number.toPython() == len(whole)
    parts = {
        graph.value(part, VOID["class"]): graph.value(part, VOID.entities)
        for part in graph.objects(WHOLE, VOID.classPartition)
    }
    for kind in set(whole.objects(None, RDF.type)):
        if not isinstance(kind, BNode):
            count = parts[kind]
            assert isinstance(count, Literal)
            assert count.toPython() == len(list(whole.subjects(RDF.type, kind)))
    told = {graph.value(p, VOID.property) for p in graph.objects(WHOLE, VOID.propertyPartition)}
    assert told == set(whole.predicates())
    for predicate in (
        VOID.sparqlEndpoint,
        VOID.vocabulary,
        VOID.uriSpace,
        DCTERMS.license,
        VOID.feature,
        VOID.exampleResource,
    ):
        assert graph.value(WHOLE, predicate, any=True)


def test_void_counts_the_links_to_other_vocabularies() -> None:
    graph = Graph().parse(data=client().get("/void.nt").get_data(as_text=True), format="nt")
    linksets = set(graph.subjects(RDF.type, VOID.Linkset))
    targets = {str(t) for linkset in linksets for t in graph.objects(linkset, VOID.objectsTarget)}
    assert "http://data.europa.eu/a4g/ontology#" in targets
    total = sum(int(str(graph.value(linkset, VOID.triples))) for linkset in linksets)
    assert total > 200


@pytest.mark.slow
def test_void_s_examples_and_dumps_answer() -> None:
    graph = Graph().parse(data=client().get("/void.nt").get_data(as_text=True), format="nt")
    examples = list(graph.objects(WHOLE, VOID.exampleResource))
    assert len(examples) >= 3
    for iri in examples:
        assert client().get(f"/{str(iri)[len(BASE) :]}").status_code == 303
    for dump in set(graph.objects(None, VOID.dataDump)):
        assert client().head(urlsplit(str(dump)).path).status_code == 200


@pytest.mark.parametrize("extension", PARSERS)
def test_void_says_the_same_in_every_format(extension: str) -> None:
    assert canonical(document_graph(f"/void.{extension}", extension)) == canonical(
        document_graph("/void.nt", "nt")
    )
