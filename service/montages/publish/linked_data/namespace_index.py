"""What stands under each namespace of the base: terms, modules, shapes, requirements, things."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID

from montages.bilingual import Text, message
from montages.knowledge.graphs import add_text
from montages.names import BASE
from montages.publish.linked_data.documents import ONTOLOGY_SUMMARY, WHOLE, Documents
from montages.store.licence import LICENCE

# What a member is called, and what it is.
_NAMING = (RDF.type, RDFS.label, SKOS.prefLabel, SH.name, DCTERMS.title)


@dataclass(frozen=True)
class NamespaceIndex:
    """One namespace: its folder in the base, what it is called, what stands there."""

    folder: str
    title: Text
    summary: Text

    @property
    def iri(self) -> str:
        """Return the address of the namespace, with its last slash."""
        return f"{BASE}{self.folder}/"


DEFINITIONS = NamespaceIndex("def", message("The ontology"), ONTOLOGY_SUMMARY)
_OTHERS = (
    NamespaceIndex(
        "module",
        message("Modules", context="title of a catalogue"),
        message(
            "The published graphs: modules of the ontology, data, shapes, rules compiled by period."
        ),
    ),
    NamespaceIndex(
        "id",
        message("Things"),
        message(
            "All that the data describe, by kind: contracts, criteria, layers, sources, projects…"
        ),
    ),
    NamespaceIndex(
        "shape",
        message("Shapes", context="title of a catalogue"),
        message("The SHACL shapes, by what they check."),
    ),
    NamespaceIndex(
        "requirement",
        message("Requirements"),
        message("The requirements, by arrangement; the page of each leads to its dated versions."),
    ),
)
NAMESPACES = {index.folder: index for index in (DEFINITIONS, *_OTHERS)}


def members(documents: Documents, index: NamespaceIndex) -> list[str]:
    """Return the IRIs that stand under a namespace, sorted; versions are found from what they are of."""
    inside = (path for path in sorted(documents.paths) if path.startswith(f"{index.folder}/"))
    if index.folder == "requirement":
        inside = (path for path in inside if path.count("/") == 1)
    return [iri for path in inside if (iri := BASE + path) not in documents.versions]


def index_graph(documents: Documents, index: NamespaceIndex) -> Graph:
    """Return an index as data: the merged ontology, else the members with their names and classes."""
    if index is DEFINITIONS:
        return documents.ontology
    graph = Graph()
    describe_namespace(graph, documents, index)
    for member in map(URIRef, members(documents, index)):
        graph.add((URIRef(index.iri), DCTERMS.hasPart, member))
        for source in (documents.default, documents.graphs.get(str(member), documents.default)):
            for predicate in _NAMING:
                for value in source.objects(member, predicate):
                    graph.add((member, predicate, value))
    return graph


def describe_namespace(graph: Graph, documents: Documents, index: NamespaceIndex) -> None:
    """Describe a namespace in a graph as a part of the whole dataset: its name, how many things it has."""
    subject, count = URIRef(index.iri), len(members(documents, index))
    graph.add((WHOLE, VOID.subset, subject))
    graph.add((subject, RDF.type, VOID.Dataset))
    graph.add((subject, VOID.uriSpace, Literal(index.iri)))
    graph.add((subject, VOID.entities, Literal(str(count), datatype=XSD.integer)))
    graph.add((subject, DCTERMS.license, URIRef(LICENCE)))
    add_text(graph, subject, DCTERMS.title, index.title)
    add_text(graph, subject, DCTERMS.description, index.summary)
