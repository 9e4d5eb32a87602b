"""What our statements say in public vocabularies, stated: what follows from the axioms that lead there.

Readers of linked data seldom reason. For each axiom of a module into another vocabulary (`mtg:document`
narrows `eli:is_part_of`), what it concludes is published beside what is said in our own terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import DCTERMS, OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node

from montages.knowledge.files import library
from montages.names import BASE, MTG, VOCABULARIES, iris

_CV, _ELI = Namespace(VOCABULARIES["cv"]), Namespace(VOCABULARIES["eli"])
# What holds of some things only, which no axiom of OWL 2 RL can say: which things, by a statement about
# them; their property; the class of its value, where that matters; the public property.
_OF_SOME: tuple[tuple[URIRef, URIRef, URIRef, URIRef | None, URIRef], ...] = (
    (MTG.strength, MTG.Hard, MTG.criterion, None, _CV.constrains),
    (RDF.type, MTG.RequirementVersion, MTG.source, MTG.LegalProvision, _CV.isDerivedFrom),
    (RDF.type, MTG.RequirementVersion, MTG.source, MTG.LegalText, _CV.isDerivedFrom),
    (RDF.type, MTG.LegalProvision, MTG.locator, None, _ELI.number),
    (RDF.type, MTG.LegalText, DCTERMS.identifier, None, _ELI.id_local),
    (RDF.type, MTG.ProvisionVersion, DCTERMS.identifier, None, _ELI.id_local),
)
Triple = tuple[Node, Node, Node]


def add_public_statements(graph: Graph, kinds: Graph | None = None) -> None:
    """Add to a graph what it says in public vocabularies; `kinds` tells what its values are."""
    # Not `kinds or graph`: to tell whether a graph is empty counts all its triples.
    for triple in list(_public_statements(graph, graph if kinds is None else kinds)):
        graph.add(triple)


def _public_statements(graph: Graph, kinds: Graph) -> Iterator[Triple]:
    properties, classes, classes_by_value = _axioms()
    for prop, public in properties:
        for s, o in graph.subject_objects(prop):
            yield s, public, o
    for cls, public in classes:
        for s in graph.subjects(RDF.type, cls):
            yield s, RDF.type, public
    for stated, value, public in classes_by_value:
        for s in graph.subjects(stated, value):
            yield s, RDF.type, public
    for stated, value, own, kind, public in _OF_SOME:
        for s in graph.subjects(stated, value):
            for o in graph.objects(s, own):
                if kind is None or (o, RDF.type, kind) in kinds:
                    yield s, public, o


@cache
def _axioms() -> tuple[
    list[tuple[URIRef, URIRef]], list[tuple[URIRef, URIRef]], list[tuple[Node, Node, URIRef]]
]:
    """Return the axioms of the modules that lead to public terms: of properties, classes, values."""
    ontology = library.ontology()
    by_value = [
        (prop, value, public)
        for restriction, value in ontology.subject_objects(OWL.hasValue)
        for prop in ontology.objects(restriction, OWL.onProperty)
        for cls in iris(ontology.objects(restriction, RDFS.subClassOf))
        for public in _public(ontology, cls, RDFS.subClassOf)
    ]
    return _pairs(ontology, RDFS.subPropertyOf), _pairs(ontology, RDFS.subClassOf), by_value


def _pairs(ontology: Graph, wider: URIRef) -> list[tuple[URIRef, URIRef]]:
    own = sorted({s for s in iris(ontology.subjects(wider, None)) if s.startswith(BASE)})
    return [(term, public) for term in own for public in _public(ontology, term, wider)]


def _public(ontology: Graph, term: URIRef, wider: URIRef) -> list[URIRef]:
    """Return the terms of other vocabularies above a term, however far."""
    above = {node for node in ontology.transitive_objects(term, wider) if node is not None}
    return [public for public in iris(above) if not public.startswith(BASE)]
