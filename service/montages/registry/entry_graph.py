"""An entry as linked data: its description, and whose revision of what it is (PROV-O, DCAT)."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import PROV, RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF

from montages.description.description import Description
from montages.description.facts import label
from montages.knowledge.graph_writing import add_text, new_graph
from montages.names import BASE, VOCABULARIES

ENTRIES = Namespace(BASE + "projects/")
_DCAT = Namespace(VOCABULARIES["dcat"])


@dataclass(frozen=True)
class EntryRevision:
    """Which version of which entry it is, whose, and from which moment it was public, as xsd:dateTime."""

    slug: str
    number: int
    publisher: str
    moment: str


def entry_iri(slug: str) -> str:
    """Return the IRI of an entry."""
    return str(ENTRIES[slug])


def revision_iri(slug: str, number: int) -> str:
    """Return the IRI of a version of an entry, which is that of its graph."""
    return f"{entry_iri(slug)}/versions/{number}"


def publisher_iri(publisher: str) -> str:
    """Return the IRI of a publisher."""
    return f"{BASE}projects#publisher-{publisher}"


def entry_graph(description: Description, revision: EntryRevision) -> Graph:
    """Return what a version says of its project, and what is said of the version."""
    graph = new_graph()
    graph += description.graph
    entry = URIRef(entry_iri(revision.slug))
    version = URIRef(revision_iri(revision.slug, revision.number))
    agent = URIRef(publisher_iri(revision.publisher))
    moment = Literal(revision.moment, datatype=XSD.dateTime)
    for thing, predicate, value in (
        (entry, RDF.type, PROV.Entity),
        (entry, RDF.type, _DCAT.CatalogRecord),
        (entry, FOAF.primaryTopic, description.project),
        (entry, DCTERMS.hasVersion, version),
        (version, RDF.type, PROV.Entity),
        (version, PROV.specializationOf, entry),
        (version, PROV.generatedAtTime, moment),
        (version, PROV.wasAttributedTo, agent),
        (version, _DCAT.version, Literal(str(revision.number))),
        (agent, RDF.type, PROV.Agent),
        (agent, DCTERMS.identifier, Literal(revision.publisher)),
    ):
        graph.add((thing, predicate, value))
    add_text(graph, entry, DCTERMS.title, label(description.facts, str(description.project)))
    if revision.number > 1:
        former = URIRef(revision_iri(revision.slug, revision.number - 1))
        graph.add((version, PROV.wasRevisionOf, former))
    return graph
