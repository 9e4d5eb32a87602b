"""The headers of the ontology and of each module say what FAIR checkers look for (L6).

What is checked here is the offline part of the lists of FOOPS! and of W3C's best practices for vocabularies;
whether the prefix is registered, and whether w3id.org leads here, can only be seen from outside.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, VANN

from crawling import client, docs
from montages.knowledge.files import library
from montages.names import BASE, MODULE, MTG, iris

BIBO = Namespace("http://purl.org/ontology/bibo/")
SCHEMA = Namespace("https://schema.org/")
MAIN = MODULE["montages"]
# Made by the service from its own sources: no release, no date of their own.
MADE = {str(MODULE[name]) for name in ("queries", "problems", "shapes-answers")}


@cache
def modules() -> list[str]:
    """Return the modules of what ships, by the headers of their files."""
    parts = (library.ontology(), library.apart(), library.data(), library.shapes())
    return sorted(str(h) for graph in parts for h in graph.subjects(RDF.type, OWL.Ontology))


def graph() -> Graph:
    return docs().default


def both(subject: URIRef, predicate: URIRef) -> bool:
    """Tell whether something is said once in French and once in English."""
    found = [o.language for o in graph().objects(subject, predicate) if isinstance(o, Literal)]
    return sorted(found, key=str) == ["en", "fr"]


def a_module_s_header_is_complete(module: str) -> None:
    header = URIRef(module)
    for predicate in (DCTERMS.title, RDFS.label, DCTERMS.description, SKOS.definition):
        assert both(header, predicate), predicate
    one = {
        predicate: graph().value(header, predicate, any=False)
        for predicate in (
            OWL.versionIRI, OWL.versionInfo, DCTERMS.license, DCTERMS.created, DCTERMS.issued,
            DCTERMS.modified, BIBO.status, DCTERMS.bibliographicCitation, SCHEMA.includedInDataCatalog,
        )
    }  # fmt: skip
    assert all(value is not None for value in one.values()), one
    version = str(one[OWL.versionInfo])
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(one[OWL.versionIRI]) == f"{module}/{version}"
    assert version in str(one[DCTERMS.bibliographicCitation])
    for predicate in (DCTERMS.created, DCTERMS.issued, DCTERMS.modified):
        day = one[predicate]
        assert isinstance(day, Literal)
        assert day.datatype == XSD.date
    assert str(one[DCTERMS.created]) <= str(one[DCTERMS.issued]) <= str(one[DCTERMS.modified])
    assert str(one[DCTERMS.license]).startswith("https://")


def who_made_a_module_is_an_organisation_that_is_described(module: str) -> None:
    for predicate in (DCTERMS.creator, DCTERMS.contributor, DCTERMS.publisher):
        agents = list(graph().objects(URIRef(module), predicate))
        assert agents, predicate
        for agent in agents:
            assert (agent, RDF.type, FOAF.Organization) in graph()
            assert graph().value(agent, FOAF.name)
            assert client().get(f"/{str(agent)[len(BASE) :]}").status_code == 303


def a_module_and_its_version_resolve_to_the_same_ontology(module: str) -> None:
    version = str(graph().value(URIRef(module), OWL.versionIRI))
    for form, kind in (
        ("rdf", "application/rdf+xml"),
        ("ttl", "text/turtle"),
        ("html", "text/html"),
    ):
        for iri in (module, version):
            answer = client().get(f"/{iri[len(BASE) :]}", headers={"Accept": kind})
            assert answer.status_code == 303
            assert answer.headers["Location"].endswith(f".{form}")
    read = Graph().parse(data=client().get(f"/{version[len(BASE) :]}.rdf").data, format="xml")
    # Exactly one ontology in the document: its own, by the IRI that was asked for.
    assert set(read.subjects(RDF.type, OWL.Ontology)) == {URIRef(module)}


RULES = (
    a_module_s_header_is_complete,
    who_made_a_module_is_an_organisation_that_is_described,
    a_module_and_its_version_resolve_to_the_same_ontology,
)


@pytest.mark.slow
def test_every_module_holds_to_the_rules_of_a_header() -> None:
    for module in modules():
        for rule in RULES:
            rule(module)


def test_every_graph_that_is_published_has_a_header() -> None:
    for name, module in docs().graphs.items():
        if name.startswith(str(MODULE)) and name not in MADE and "compiled/" not in name:
            assert (URIRef(name), RDF.type, OWL.Ontology) in module, name
            assert name in modules()


def test_the_ontology_gives_its_prefix_its_source_and_its_logo() -> None:
    assert str(graph().value(MAIN, VANN.preferredNamespacePrefix)) == "mtg"
    assert str(graph().value(MAIN, VANN.preferredNamespaceUri)) == str(MTG)
    assert graph().value(MAIN, DCTERMS.source)
    logo = str(graph().value(MAIN, FOAF.logo))
    answer = client().get(urlsplit(logo.replace(BASE, "/")).path, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert str(graph().value(MAIN, SCHEMA.includedInDataCatalog)) == BASE + "catalog"
    # The first version has none before it, and says so by saying nothing.
    assert graph().value(MAIN, OWL.priorVersion) is None


def test_every_term_is_named_defined_and_in_a_module() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {t for k in kinds for t in iris(graph().subjects(RDF.type, k)) if t.startswith(MTG)}
    assert len(terms) > 200
    for term in sorted(terms):
        assert both(term, RDFS.label), term
        assert both(term, SKOS.definition), term
        (module,) = graph().objects(term, RDFS.isDefinedBy)
        assert str(module) in modules()


def test_requirements_their_versions_and_points_of_attention_are_in_a_module() -> None:
    for kind, module in (
        (MTG.RequirementVersion, "requirements"),
        (MTG.Requirement, "requirements"),
        (MTG.AttentionPoint, "attention"),
    ):
        found = iris(graph().subjects(RDF.type, kind))
        assert len(found) > 80
        for thing in found:
            assert list(graph().objects(thing, RDFS.isDefinedBy)) == [MODULE[module]], thing


def test_other_people_s_vocabularies_are_reused() -> None:
    used = {str(p).rpartition("#" if "#" in p else "/")[0] for p in graph().predicates(unique=True)}
    for vocabulary in ("http://purl.org/dc/terms", "http://www.w3.org/2004/02/skos/core"):
        assert vocabulary in used
    linked = {str(o) for o in graph().objects(None, SKOS.closeMatch)} | {
        str(o) for o in graph().objects(None, RDFS.subClassOf) if isinstance(o, URIRef)
    }
    assert any(o.startswith("http://www.w3.org/ns/org#") for o in linked)


def test_nobody_is_named_in_what_is_published() -> None:
    for kind in (FOAF.Person, PROV.Person, SCHEMA.Person):
        assert not list(graph().subjects(RDF.type, kind))
