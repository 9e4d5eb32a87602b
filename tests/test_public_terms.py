"""What our terms are in public vocabularies is said where they are defined, and published as such."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from montages.knowledge.files import library
from montages.names import BASE, ID, MODULE, MTG, VOCABULARIES, iris
from montages.publish.linked_data.documents import served_dataset
from montages.store.labels import foreign_labels
from montages.store.public_terms import add_public_statements
from montages.store.published_graph import published_graph

CV, ELI = Namespace(VOCABULARIES["cv"]), Namespace(VOCABULARIES["eli"])
DAY = date.today()


@pytest.fixture(scope="module")
def published() -> Graph:
    return published_graph(DAY)


def test_what_each_axiom_towards_a_public_term_concludes_is_published(published: Graph) -> None:
    ontology, missing = library.ontology(), []
    for wider in (RDFS.subPropertyOf, RDFS.subClassOf):
        for term in iris(ontology.subjects(wider, None)):
            for public in iris({o for o in ontology.transitive_objects(term, wider) if o}):
                if public.startswith(BASE):
                    continue
                if wider == RDFS.subPropertyOf:
                    missing += [
                        (s, public, o)
                        for s, o in published.subject_objects(term)
                        if (s, public, o) not in published
                    ]
                else:
                    missing += [
                        (s, public)
                        for s in published.subjects(RDF.type, term)
                        if (s, RDF.type, public) not in published
                    ]
    assert missing == []


def test_an_article_is_a_numbered_part_of_its_code_and_a_version_bears_its_identifier(
    published: Graph,
) -> None:
    articles = set(published.subjects(RDF.type, ELI.LegalResourceSubdivision))
    assert len(articles) > 120
    for article in articles:
        (code,) = published.objects(article, ELI.is_part_of)
        assert (code, RDF.type, ELI.LegalResource) in published
        assert len(list(published.objects(article, ELI.number))) == 1
    versions = set(published.subjects(RDF.type, ELI.LegalExpression))
    assert len(versions) >= 12
    for version in versions:
        assert list(published.subjects(ELI.is_realized_by, version))
        known = (ELI.id_local, ELI.first_date_entry_in_force)
        assert any(list(published.objects(version, p)) for p in known)
    assert str(published.value(ID["document/ccp"], ELI.id_local)) == "LEGITEXT000037701019"


def test_a_gate_constrains_what_it_reads_and_a_preference_is_a_criterion(published: Graph) -> None:
    for version in published.subjects(RDF.type, MTG.RequirementVersion):
        gate = (version, MTG.strength, MTG.Hard) in published
        soft = (version, MTG.strength, MTG.Soft) in published
        assert (version, RDF.type, CV.Requirement) in published
        assert ((version, RDF.type, CV.Constraint) in published) is gate
        assert ((version, RDF.type, CV.Criterion) in published) is soft
        read = set(published.objects(version, MTG.criterion))
        assert set(published.objects(version, CV.hasConcept)) == read
        assert set(published.objects(version, CV.constrains)) == (read if gate else set())
        for framework in published.objects(version, CV.isDerivedFrom):
            assert (framework, RDF.type, CV.ReferenceFramework) in published
    assert (None, CV.validityPeriod, None) not in published


def test_what_makes_a_gate_a_constraint_is_an_axiom_that_is_needed() -> None:
    ontology = library.ontology()
    for value, cls in ((MTG.Hard, MTG.Gate), (MTG.Soft, MTG.Preference)):
        (restriction,) = ontology.subjects(OWL.hasValue, value)
        assert (restriction, OWL.onProperty, MTG.strength) in ontology
        assert (restriction, RDFS.subClassOf, cls) in ontology


@pytest.mark.slow
def test_each_module_states_it_of_its_own_things() -> None:
    graphs = served_dataset(DAY).graphs
    sources, requirements = (graphs[str(MODULE[name])] for name in ("sources", "requirements"))
    assert (ID["clause/ccp-l2191-5"], RDF.type, ELI.LegalResourceSubdivision) in sources
    version = URIRef(f"{BASE}requirement/mpgp-operation/2019-04-01")
    assert (version, CV.isDerivedFrom, ID["clause/ccp-l2171-3"]) in requirements


def test_stating_it_twice_adds_nothing() -> None:
    graph = Graph() + served_dataset(DAY).graphs[str(MODULE["sources"])]
    before = len(graph)
    add_public_statements(graph)
    assert len(graph) == before


def test_every_term_of_eli_and_cccev_that_we_use_is_named_in_both_languages(
    published: Graph,
) -> None:
    used = {t for triple in published for t in triple if str(t).startswith((str(CV), str(ELI)))}
    assert {str(t) for t in used} - {str(t) for t in foreign_labels()} == set()
