"""What our things are in the lists of INSEE, of the European Union and of the law: links that are stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID

from montages.api import Knowledge
from montages.bilingual import Text, message, plural
from montages.knowledge.graphs import describe
from montages.names import BASE, MTG
from montages.publish.linked_data.void import DESCRIPTION
from montages.store.published_graph import published_graph

TITLE = message("Identifiers elsewhere")
_SET = f"{BASE}reference/identifiers"
# What each list is called in the linkset, and where its IRIs begin.
_LISTS = {
    "insee-legal-category": "http://id.insee.fr/codes/cj/",
    "insee-geography": "http://id.insee.fr/geo/",
    "eu-authority": "http://publications.europa.eu/resource/authority/",
    "legifrance": "https://www.legifrance.gouv.fr/eli/",
    "wikidata": "http://www.wikidata.org/entity/",
}
_COMPLETE = message(
    "{links}: {lists}. No place and no SIREN is there that a source does not state."
)
_LINKS = plural("{n} link", "{n} links")


def links() -> Iterator[tuple[str, URIRef, URIRef, URIRef]]:
    """Yield each link from a thing of ours to a list: the name of the list, then the statement; sorted."""
    graph = published_graph(date.today())
    for subject, predicate, thing in sorted(graph):
        if not (isinstance(subject, URIRef) and isinstance(thing, URIRef)):
            continue
        for name, start in _LISTS.items():
            if thing.startswith(start) and subject.startswith(BASE):
                yield name, subject, URIRef(str(predicate)), thing


def linksets(knowledge: Knowledge, lang: str) -> Graph:
    """Return the links and what linksets they are."""
    graph, counts = Graph(), Counter[tuple[str, URIRef]]()
    for name, subject, predicate, thing in links():
        graph.add((subject, predicate, thing))
        counts[name, predicate] += 1
    published = published_graph(date.today())
    for holder, siren in published.subject_objects(MTG.siren):
        graph.add((holder, DCTERMS.identifier, siren))
    whole = URIRef(_SET)
    describe(
        graph,
        whole,
        (RDF.type, VOID.Dataset),
        (DCTERMS.title, TITLE),
        (DCTERMS.isPartOf, DESCRIPTION),
    )
    for (name, predicate), count in counts.items():
        linkset = URIRef(f"{_SET}#{name}-{predicate.rpartition('#')[2].rpartition('/')[2]}")
        graph.add((whole, VOID.subset, linkset))
        describe(
            graph,
            linkset,
            (RDF.type, VOID.Linkset),
            (VOID.linkPredicate, predicate),
            (VOID.objectsTarget, URIRef(_LISTS[name])),
            (VOID.triples, Literal(str(count), datatype=XSD.integer)),
        )
    return graph


def completeness(knowledge: Knowledge) -> Text:
    """Return how many links there are to each list."""
    counts = Counter(name for name, *_ in links())
    listed = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    return _COMPLETE.fill(links=_LINKS.fill(n=counts.total()), lists=listed)
