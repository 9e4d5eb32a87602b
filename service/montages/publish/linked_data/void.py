"""The VoID description: what the whole holds, by class and by property, and what it links to.

Of further data it says of which files they are, when these were loaded, and how many triples there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, VOID
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.knowledge.graphs import add_text
from montages.names import BASE, ID, MODULE, slug
from montages.publish.linked_data.covered_period import add_period, covered_periods
from montages.publish.linked_data.documents import WHOLE, Documents
from montages.publish.linked_data.dump_files import WHOLE_DUMP, Dumps, dump_url
from montages.publish.linked_data.formats import DATA, Format
from montages.publish.linked_data.namespace_index import DEFINITIONS, NAMESPACES, describe_namespace
from montages.publish.syntax.prefixes import split
from montages.store.disk.store_folder import StoreManifest
from montages.store.licence import LICENCE, PUBLISHER_NAME

DESCRIPTION = URIRef(BASE + "void")
PUBLISHER = ID["organisation/contributors"]
TITLE = message(
    "Montages: the knowledge graph of the contractual set-ups of connected, sustainable territories"
)
SUMMARY = message(
    "Ontology, contract types, criteria, dated and sourced requirements, layers, management "
    "modes, points of attention, sources and real projects: what lets one tell which "
    "contractual set-ups fit a French smart-territory project, and why."
)
_SERVED = URIRef(f"{DESCRIPTION}#served")
_SERVED_TITLE = message("All that this service queries: Montages, and further data")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FEATURES = ("Turtle", "JSON-LD", "RDF_XML", "N-Triples", "TriG", "N-Quads")
_EXAMPLES = ("contract/mpgp", "criterion/investment-funding", "layer/objects", "project/dijon")
_LINKS = (
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch,
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs,
    RDFS.seeAlso,
)  # fmt: skip


def void_graph(documents: Documents, dumps: Dumps, base: str) -> Graph:
    """Return the VoID description of the default graph, its files at a base address."""
    graph, whole = Graph(), documents.default
    graph.add((DESCRIPTION, RDF.type, VOID.DatasetDescription))
    graph.add((DESCRIPTION, FOAF.primaryTopic, WHOLE))
    add_text(graph, DESCRIPTION, DCTERMS.title, message("VoID description"))
    graph.add((WHOLE, RDF.type, VOID.Dataset))
    add_text(graph, WHOLE, DCTERMS.title, TITLE)
    add_text(graph, WHOLE, DCTERMS.description, SUMMARY)
    graph.add((PUBLISHER, RDF.type, FOAF.Organization))
    graph.add((PUBLISHER, FOAF.name, Literal(PUBLISHER_NAME["en"], lang="en")))
    for predicate, thing in (
        (DCTERMS.license, LICENCE),
        (DCTERMS.publisher, PUBLISHER),
        (FOAF.homepage, f"{base}/"),
        (VOID.sparqlEndpoint, f"{base}/sparql"),
        (VOID.rootResource, MODULE["montages"]),
    ):
        graph.add((WHOLE, predicate, URIRef(thing)))
    periods = covered_periods(documents)
    add_period(graph, WHOLE, periods[WHOLE], "whole")
    for name in ("created", "issued", "modified"):
        for day in whole.objects(MODULE["montages"], DCTERMS[name]):
            graph.add((WHOLE, DCTERMS[name], day))
    graph.add((WHOLE, VOID.uriSpace, Literal(BASE)))
    for name in _FEATURES:
        graph.add((WHOLE, VOID.feature, _FORMATS[name]))
    for path in (p for p, f in dumps.files.items() if f.name == WHOLE_DUMP):
        graph.add((WHOLE, VOID.dataDump, URIRef(dump_url(base, path))))
    for path in _EXAMPLES:
        if (ID[path], None, None) in whole:
            graph.add((WHOLE, VOID.exampleResource, ID[path]))
    _count(graph, WHOLE, whole)
    _partitions(graph, whole)
    _linksets(graph, whole)
    for index in NAMESPACES.values():
        describe_namespace(graph, documents, index)
        if index is not DEFINITIONS:  # which is a dump too
            add_period(graph, URIRef(index.iri), periods[WHOLE], f"namespace-{index.folder}")
    for name, module in dumps.modules.items():
        iri = URIRef(module)
        graph.add((WHOLE, VOID.subset, iri))
        graph.add((iri, RDF.type, VOID.Dataset))
        graph.add((iri, DCTERMS.license, URIRef(LICENCE)))
        _number(graph, iri, VOID.triples, len(documents.graph(module)))
        for extension in ("ttl", "nt"):
            graph.add((iri, VOID.dataDump, URIRef(dump_url(base, f"{name}.{extension}"))))
        add_period(graph, iri, periods[iri], name)
    return graph


@dataclass(frozen=True)
class ChangingDataset:
    """A dataset by its IRI, the space of its graphs' IRIs, where its list is, in which forms.

    In those of `whole_forms` the list has one page. `graphs` says what its graphs are, to who queries them.
    What is in it belongs to who publishes it, and says its licence.
    """

    iri: URIRef
    space: str
    path: str
    title: Text
    summary: Text
    graphs: Text
    forms: Sequence[Format]
    whole_forms: Sequence[Format]


@dataclass(frozen=True)
class SuppliedFile:
    """A file of a dataset that a guest brings: its address after that of the page, its form, what it is."""

    tail: str
    form: Format
    label: Text


@dataclass(frozen=True)
class SuppliedDataset:
    """A dataset that a guest brings, made of what is published: the path of its page, its files beside it."""

    path: str
    title: Text
    summary: Text
    files: Sequence[SuppliedFile]

    @property
    def iri(self) -> URIRef:
        """Return its identifier."""
        return URIRef(f"{BASE}{self.path.strip('/')}")


def add_supplied(graph: Graph, dataset: SuppliedDataset, documents: Documents, base: str) -> None:
    """Add a dataset that a guest brings to a service at a base address, with its files that are RDF.

    It covers what the rules do.
    """
    graph.add((WHOLE, VOID.subset, dataset.iri))
    graph.add((dataset.iri, RDF.type, VOID.Dataset))
    add_text(graph, dataset.iri, DCTERMS.title, dataset.title)
    add_text(graph, dataset.iri, DCTERMS.description, dataset.summary)
    graph.add((dataset.iri, DCTERMS.license, URIRef(LICENCE)))
    graph.add((dataset.iri, FOAF.homepage, URIRef(f"{base}{dataset.path}")))
    add_period(graph, dataset.iri, covered_periods(documents)[WHOLE], dataset.path.strip("/"))
    for file in dataset.files:
        if file.form in DATA:
            graph.add((dataset.iri, VOID.dataDump, URIRef(f"{base}{dataset.path}{file.tail}")))


def add_changing(graph: Graph, dataset: ChangingDataset, base: str, queried: bool) -> None:
    """Add a dataset that changes while a service runs at a base address; tell whether it is queried."""
    graph.add((dataset.iri, RDF.type, VOID.Dataset))
    add_text(graph, dataset.iri, DCTERMS.title, dataset.title)
    add_text(graph, dataset.iri, DCTERMS.description, dataset.summary)
    graph.add((dataset.iri, FOAF.homepage, URIRef(f"{base}{dataset.path}")))
    graph.add((dataset.iri, VOID.uriSpace, Literal(dataset.space)))
    for name in _FEATURES:
        graph.add((dataset.iri, VOID.feature, _FORMATS[name]))
    if queried:
        graph.add((dataset.iri, VOID.sparqlEndpoint, URIRef(f"{base}/sparql")))


def add_further_data(graph: Graph, manifest: StoreManifest, base: str) -> None:
    """Add the whole that a service at a base address queries, and the further files in it.

    Their licence and publisher are not ours to say. A file is known by its name, not by where it lay.
    """
    graph.add((_SERVED, RDF.type, VOID.Dataset))
    add_text(graph, _SERVED, DCTERMS.title, _SERVED_TITLE)
    graph.add((_SERVED, VOID.sparqlEndpoint, URIRef(f"{base}/sparql")))
    graph.add((_SERVED, VOID.triples, Literal(manifest.triples)))
    graph.add((_SERVED, VOID.subset, WHOLE))
    part = URIRef(f"{DESCRIPTION}#load")
    graph.add((_SERVED, VOID.subset, part))
    graph.add((part, RDF.type, VOID.Dataset))
    names = ", ".join(path.rpartition("/")[2] for path in manifest.files)
    graph.add((part, DCTERMS.title, Literal(names)))
    graph.add((part, VOID.triples, Literal(manifest.added)))
    graph.add((part, PROV.generatedAtTime, Literal(manifest.at, datatype=XSD.dateTime)))
    for checksum in manifest.files.values():
        graph.add((part, DCTERMS.identifier, Literal(f"sha256:{checksum}")))


def _number(graph: Graph, subject: Node, predicate: URIRef, count: int) -> None:
    graph.add((subject, predicate, Literal(str(count), datatype=XSD.integer)))


def _count(graph: Graph, subject: URIRef, whole: Graph) -> None:
    subjects = set(whole.subjects())
    described = {s for s in subjects if isinstance(s, URIRef) and s.startswith(BASE)}
    _number(graph, subject, VOID.triples, len(whole))
    _number(graph, subject, VOID.entities, len(described))
    _number(graph, subject, VOID.distinctSubjects, len(subjects))
    _number(graph, subject, VOID.distinctObjects, len(set(whole.objects())))
    _number(graph, subject, VOID.classes, len(set(whole.objects(None, RDF.type))))
    _number(graph, subject, VOID.properties, len(set(whole.predicates())))


def _partitions(graph: Graph, whole: Graph) -> None:
    classes = Counter(o for o in whole.objects(None, RDF.type) if isinstance(o, URIRef))
    for kind, count in classes.items():
        part = _part("class", kind)
        graph.add((WHOLE, VOID.classPartition, part))
        graph.add((part, VOID["class"], kind))
        _number(graph, part, VOID.entities, count)
    predicates = Counter(whole.predicates())
    subjects = {p: {s for s, _ in whole.subject_objects(p)} for p in predicates}
    for predicate, count in predicates.items():
        part = _part("property", predicate)
        graph.add((WHOLE, VOID.propertyPartition, part))
        graph.add((part, VOID.property, predicate))
        _number(graph, part, VOID.triples, count)
        _number(graph, part, VOID.distinctSubjects, len(subjects[predicate]))
    for vocabulary in sorted({_namespace(str(p)) for p in (*predicates, *classes)}):
        graph.add((WHOLE, VOID.vocabulary, URIRef(vocabulary)))


def _linksets(graph: Graph, whole: Graph) -> None:
    """Say how many links of each kind lead to each site outside."""
    links: Counter[tuple[URIRef, str]] = Counter()
    for predicate in _LINKS:
        for subject, thing in whole.subject_objects(predicate):
            ours = isinstance(subject, URIRef) and subject.startswith(BASE)
            if ours and isinstance(thing, URIRef) and not thing.startswith(BASE):
                links[predicate, _target(str(thing))] += 1
    for (predicate, target), count in sorted(links.items()):
        words = f"{slug(predicate)}-{target.partition('://')[2]}".lower()
        name = re.sub(r"[^a-z0-9]+", "-", words)
        linkset = URIRef(f"{DESCRIPTION}#linkset-{name.strip('-')}")
        graph.add((WHOLE, VOID.subset, linkset))
        graph.add((linkset, RDF.type, VOID.Linkset))
        graph.add((linkset, VOID.linkPredicate, predicate))
        graph.add((linkset, VOID.subjectsTarget, WHOLE))
        graph.add((linkset, VOID.objectsTarget, URIRef(target)))
        _number(graph, linkset, VOID.triples, count)


def _target(iri: str) -> str:
    """Return the vocabulary that an IRI is of, else its site."""
    if "#" in iri or split(iri):
        return _namespace(iri)
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}/"


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _part(kind: str, iri: Node) -> URIRef:
    name = str(iri)
    parts = split(name)
    word = f"{parts[0]}-{parts[2]}" if parts else re.sub(r"[^A-Za-z0-9]+", "-", name)
    return URIRef(f"{DESCRIPTION}#{kind}-{word}")
