"""OWL tools read what we publish: nothing outside OWL 2 DL, and nothing that contradicts itself."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef

from montages.knowledge.compiled.owl_compiler import published_rules
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.names import BASE, MTG, PROJECT
from montages.publish.linked_data.documents import documents, served_dataset
from owl_tools import NO_JAVA, dl_violations, hermit_is_consistent, java, write_merged

DAY = date.today()
needs_java = pytest.mark.skipif(java() is None, reason=NO_JAVA)


@cache
def ontology() -> Graph:
    """Return all modules of ontology/, merged: what `/def/` gives."""
    return documents(served_dataset(DAY)).ontology


@cache
def everything() -> Graph:
    """Return the ontology with the data, the rules of a day and the real projects."""
    real = [path for path in library.projects().values() if path.parent.name == "projects"]
    classes, (rules,) = published_rules([rules_at(DAY)])
    return ontology() + library.data() + classes + rules + library.read(real)


@pytest.mark.slow
@needs_java
def test_nothing_is_outside_owl_2_dl(tmp_path: Path) -> None:
    modules = write_merged(ontology(), tmp_path / "ontology.ttl")
    whole = write_merged(everything(), tmp_path / "everything.ttl")
    # That the check finds what is outside: a property of two kinds, a class nobody declares.
    wrong = Graph() + ontology()
    wrong.add((MTG.holder, RDF.type, OWL.DatatypeProperty))
    wrong.add((MTG.Actor, OWL.disjointWith, URIRef("http://example.org/Undeclared")))
    violations = dl_violations(modules, whole, write_merged(wrong, tmp_path / "wrong.ttl"))
    assert violations[str(modules)] == []
    assert violations[str(whole)] == []
    assert len(violations[str(tmp_path / "wrong.ttl")]) >= 2


@pytest.mark.slow
@needs_java
def test_hermit_finds_ontology_rules_and_projects_consistent(tmp_path: Path) -> None:
    whole = write_merged(everything(), tmp_path / "everything.ttl")
    # That HermiT has read the projects and the axioms of integrity: a holder of two kinds is refused.
    wrong = Graph() + everything()
    wrong.add((PROJECT["dijon#holder"], RDF.type, MTG.PrivateParty))
    assert (PROJECT["dijon#holder"], RDF.type, MTG.Metropole) in wrong
    assert hermit_is_consistent(whole, write_merged(wrong, tmp_path / "wrong.ttl")) == [True, False]


@pytest.mark.slow
def test_what_an_external_term_is_declared_to_be_is_all_that_is_said_of_it() -> None:
    declarations = library.read([library.ROOT / "ontology" / "external-terms.ttl"])
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    foreign = [(s, p, o) for s, p, o in declarations if not str(s).startswith(BASE)]
    assert all(p == RDF.type and o in kinds for _, p, o in foreign)
    assert len({s for s, _, _ in foreign}) == len(foreign)
    elsewhere = [triple for triple in everything() if triple not in declarations]
    used = {node for triple in elsewhere for node in triple}
    assert not [s for s, _, _ in foreign if s not in used]
    assert not [(s, o) for s, p, o in elsewhere if p == RDF.type and o in kinds and not ours(s)]


def test_every_foreign_term_of_the_ontology_the_data_and_the_projects_is_declared() -> None:
    graph, builtin = everything(), tuple(map(str, (OWL, RDF, RDFS, XSD)))
    kinds = set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDFS.subClassOf))
    used = kinds | set(graph.predicates()) | set(graph.objects(None, RDFS.subPropertyOf))
    foreign = {node for node in used if not ours(node) and not str(node).startswith(builtin)}
    assert not sorted(node for node in foreign if (node, RDF.type, None) not in graph)


def ours(node: object) -> bool:
    """Tell whether a term is one of the project's, or a class expression."""
    return not isinstance(node, URIRef) or str(node).startswith(BASE)


def test_a_date_is_the_value_of_an_annotation_only() -> None:
    dates = {XSD.date, XSD.gYear, XSD.gYearMonth}
    graph = everything()
    predicates = {p for _, p, o in graph if isinstance(o, Literal) and o.datatype in dates}
    assert len(predicates) > 5
    for predicate in predicates:
        assert set(graph.objects(predicate, RDF.type)) == {OWL.AnnotationProperty}, predicate
    assert not [o for o in graph.objects() if o in dates]
