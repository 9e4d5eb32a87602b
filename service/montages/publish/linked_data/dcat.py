"""The DCAT-AP 3 catalogue, written as the harvesters of data.gouv.fr and of CKAN read it (L5).

They look only at what stands in the page they fetched, so that every node is typed where it is named,
each title is in one language, and a page leads to the next under the same extension.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.graph_reading import text
from montages.names import BASE, MODULE, SELF_DESCRIPTION, VOCABULARIES
from montages.publish.linked_data import dump_files as files
from montages.publish.linked_data.contact_point import ContactPoint, add_contact
from montages.publish.linked_data.covered_period import add_period, covered_periods
from montages.publish.linked_data.documents import WHOLE, Documents
from montages.publish.linked_data.dump_files import Dumps, File
from montages.publish.linked_data.formats import Format
from montages.publish.linked_data.french_territory import add_france
from montages.publish.linked_data.merged_ontology import MAIN, ONTOLOGY
from montages.publish.linked_data.void import PUBLISHER, SUMMARY, TITLE
from montages.store.licence import LICENCE, LICENCE_ID, LICENCE_NAME, PUBLISHER_NAME

PER_PAGE = 10
CATALOGUE = URIRef(BASE + "catalog")
DCAT = Namespace(VOCABULARIES["dcat"])  # rdflib's own lacks version 3
ADMS = Namespace(VOCABULARIES["adms"])
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
DCATAP = Namespace(SELF_DESCRIPTION["dcatap"])
HYDRA = Namespace(SELF_DESCRIPTION["hydra"])
IANA = Namespace("https://www.iana.org/assignments/media-types/")
SPDX = Namespace(SELF_DESCRIPTION["spdx"])

_CATALOGUE = Text("Catalogue des données de Montages", "Catalogue of the Montages data")
_CATALOGUE_SUMMARY = Text(
    "Les jeux de données et les interfaces du graphe de connaissances Montages.",
    "The datasets and the interfaces of the Montages knowledge graph.",
)
_KEYWORDS = Text(
    "territoires connectés, commande publique, marchés publics, concessions, données liées",
    "smart territories, public procurement, public contracts, concessions, linked data",
)
_THEMES = {
    "GOVE": Text("Gouvernement et secteur public", "Government and public sector"),
    "TECH": Text("Science et technologie", "Science and technology"),
}
_SPARQL = Text("Point d'accès SPARQL de Montages", "SPARQL endpoint of Montages")
_SPARQL_SUMMARY = Text(
    "Interroge tout le graphe par le protocole SPARQL 1.1, en lecture.",
    "Queries the whole graph through the SPARQL 1.1 protocol, read-only.",
)
_API = Text("API de Montages", "Montages API")
_API_SUMMARY = Text(
    "Contrôle la description d'un projet, déduit les montages qui conviennent et les explique.",
    "Checks the description of a project, derives the set-ups that fit and explains them.",
)
# What holds of each file, with its name in the European list.
_OF_A_FILE = {
    DCATAP.availability: ("planned-availability/STABLE", Text("stable", "stable")),
    ADMS.status: ("distribution-status/COMPLETED", Text("achevé", "completed")),
}
_FILE = Text("{0}, au format {1}", "{0}, as {1}")
_MAIN_MODULE = Text("{0} : le module d'entrée", "{0}: the entry module")
_COMPRESSED = Text("{0}, au format {1} compressé", "{0}, as compressed {1}")


@dataclass(frozen=True)
class View:
    """One view of the catalogue: its page, language and format, and where the service is."""

    page: int
    lang: str
    form: Format
    base: str
    contact: ContactPoint

    def url(self, page: int) -> str:
        """Return the address of a page, in the same language and format."""
        lang = "" if self.lang == "fr" else f"&lang={self.lang}"
        return f"{self.base}/catalog.{self.form.extension}?page={page}{lang}"


@dataclass(frozen=True)
class Entry:
    """One dataset of the catalogue, in both languages."""

    iri: URIRef
    identifier: str
    title: Text
    summary: Text
    files: tuple[File, ...]
    page: str


def entries(documents: Documents, dumps: Dumps) -> tuple[Entry, ...]:
    """Return the datasets: the whole first, then each module by name."""
    datasets = [_entry(WHOLE, "montages", TITLE, SUMMARY, dumps, "module/montages.html")]
    for name, module in dumps.modules.items():
        graph, iri = documents.graph(module), URIRef(module)
        title = text(graph, iri, DCTERMS.title, RDFS.label)
        summary = text(graph, iri, DCTERMS.description, SKOS.definition)
        title = title if title.fr else Text(name, name)
        if iri == MAIN:  # its header is that of the ontology, which is a dataset too
            title = Text(*(_MAIN_MODULE[lang].format(title[lang]) for lang in ("fr", "en")))
            summary = text(graph, iri, SKOS.definition)
        summary = summary if summary.fr else title
        page = f"{module.removeprefix(BASE).rstrip('/')}.html"
        identifier = name if iri == ONTOLOGY else f"module-{name}"
        datasets.append(_entry(iri, identifier, title, summary, dumps, page, name))
    return tuple(datasets)


def _entry(
    iri: URIRef,
    identifier: str,
    title: Text,
    summary: Text,
    dumps: Dumps,
    page: str,
    name: str = "",
) -> Entry:
    own = tuple(f for f in dumps.files.values() if f.name == (name or files.WHOLE))
    return Entry(iri, identifier, title, summary, own, page)


def pages(datasets: Sequence[Entry]) -> int:
    """Return how many pages a list has."""
    return -(-len(datasets) // PER_PAGE)


def catalogue_graph(documents: Documents, dumps: Dumps, view: View) -> Graph:
    """Return one page of the catalogue."""
    datasets = entries(documents, dumps)
    writer = _CatalogueWriter(documents, dumps, view)
    writer.catalogue(len(datasets), pages(datasets))
    start = (view.page - 1) * PER_PAGE
    for entry in datasets[start : start + PER_PAGE]:
        writer.dataset(entry)
    if view.page == 1:  # on one page only: a harvester would read them again on each
        writer.service("sparql", _SPARQL, _SPARQL_SUMMARY, "/sparql", "/sparql")
        writer.service("api", _API, _API_SUMMARY, "/", "/openapi.json")
    return writer.graph


class _CatalogueWriter:
    """Writes one view into one graph."""

    def __init__(self, documents: Documents, dumps: Dumps, view: View) -> None:
        self.documents, self.dumps, self.view = documents, dumps, view
        self.graph = Graph()

    def add(self, subject: Node, predicate: URIRef, thing: Node) -> None:
        """Add a statement."""
        self.graph.add((subject, predicate, thing))

    def add_text(self, subject: Node, predicate: URIRef, text: Text) -> None:
        """Add a text in the language of the view, and in no other."""
        lang = self.view.lang
        self.graph.add((subject, predicate, Literal(text[lang], lang=lang)))

    def typed(self, subject: Node, predicate: URIRef, thing: Node, *kinds: URIRef) -> Node:
        """Add a statement about a thing, and the classes of the thing."""
        self.add(subject, predicate, thing)
        for kind in kinds:
            self.add(thing, RDF.type, kind)
        return thing

    def page(self, subject: Node, predicate: URIRef, address: str) -> None:
        """Lead to a page for people."""
        self.typed(subject, predicate, URIRef(address), FOAF.Document)

    def common(self, subject: URIRef, title: Text, summary: Text) -> None:
        """Add what datasets, services and the catalogue all have."""
        self.add_text(subject, DCTERMS.title, title)
        self.add_text(subject, DCTERMS.description, summary)
        self.licence(subject)
        publisher = self.typed(subject, DCTERMS.publisher, PUBLISHER, FOAF.Agent, FOAF.Organization)
        self.add_text(publisher, FOAF.name, PUBLISHER_NAME)
        self.page(publisher, FOAF.homepage, f"{self.view.base}/")

    def licence(self, subject: Node) -> None:
        licence = self.typed(subject, DCTERMS.license, URIRef(LICENCE), DCTERMS.LicenseDocument)
        self.add(licence, RDFS.label, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.title, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.identifier, Literal(LICENCE_ID))

    def contact(self, subject: URIRef) -> None:
        contact = add_contact(self.graph, self.view.contact, self.view.lang)
        self.add(subject, DCAT.contactPoint, contact)

    def themes(self, subject: URIRef) -> None:
        for code, label in _THEMES.items():
            theme = self.typed(subject, DCAT.theme, AUTHORITY[f"data-theme/{code}"], SKOS.Concept)
            self.add_text(theme, SKOS.prefLabel, label)

    def languages(self, subject: URIRef) -> None:
        for code in ("FRA", "ENG"):
            iri = AUTHORITY[f"language/{code}"]
            self.typed(subject, DCTERMS.language, iri, DCTERMS.LinguisticSystem)

    def open(self, subject: URIRef) -> None:
        rights = AUTHORITY["access-right/PUBLIC"]
        self.typed(subject, DCTERMS.accessRights, rights, DCTERMS.RightsStatement)

    def dates(self, subject: URIRef, module: URIRef) -> None:
        for predicate in (DCTERMS.issued, DCTERMS.modified):
            own = self.documents.default.value(module, predicate)
            day = own or self.documents.default.value(MODULE["montages"], predicate)
            if day is not None:
                self.add(subject, predicate, day)

    def catalogue(self, total: int, last: int) -> None:
        """Describe the catalogue and its pages."""
        for kind in (DCAT.Catalog, HYDRA.Collection):
            self.add(CATALOGUE, RDF.type, kind)
        self.common(CATALOGUE, _CATALOGUE, _CATALOGUE_SUMMARY)
        self.contact(CATALOGUE)
        self.dates(CATALOGUE, MODULE["montages"])
        self.languages(CATALOGUE)
        add_france(self.graph, CATALOGUE, self.view.lang)
        self.page(CATALOGUE, FOAF.homepage, f"{self.view.base}/")
        scheme = AUTHORITY["data-theme"]
        self.typed(CATALOGUE, DCAT.themeTaxonomy, scheme, SKOS.ConceptScheme)
        title = Text("Thèmes de données de l'Union européenne", "Data themes of the European Union")
        self.add_text(scheme, DCTERMS.title, title)
        total_items = Literal(str(total), datatype=XSD.integer)
        self.add(CATALOGUE, HYDRA.totalItems, total_items)
        # CKAN's harvester looks for the older name of a page, data.gouv.fr's for the newer one.
        here, page = URIRef(self.view.url(self.view.page)), self.view.page
        kinds = (HYDRA.PartialCollectionView, HYDRA.PagedCollection)
        node = self.typed(CATALOGUE, HYDRA.view, here, *kinds)
        self.add(node, HYDRA.first, URIRef(self.view.url(1)))
        self.add(node, HYDRA.last, URIRef(self.view.url(last)))
        if page < last:
            self.add(node, HYDRA.next, URIRef(self.view.url(page + 1)))
        if page > 1:
            self.add(node, HYDRA.previous, URIRef(self.view.url(page - 1)))

    def dataset(self, entry: Entry) -> None:
        """Describe a dataset and its files."""
        iri = entry.iri
        self.add(CATALOGUE, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self.common(iri, entry.title, entry.summary)
        self.contact(iri)
        self.add(iri, DCTERMS.identifier, Literal(entry.identifier))
        self.add(iri, OWL.versionInfo, self.version(iri))
        self.add(iri, DCAT.version, self.version(iri))
        self.dates(iri, iri)
        self.themes(iri)
        self.languages(iri)
        add_france(self.graph, iri, self.view.lang)
        add_period(self.graph, iri, covered_periods(self.documents)[iri], entry.identifier)
        self.open(iri)
        frequency = AUTHORITY["frequency/IRREG"]
        self.typed(iri, DCTERMS.accrualPeriodicity, frequency, DCTERMS.Frequency)
        self.page(iri, DCAT.landingPage, f"{self.view.base}/{entry.page}")
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        for word in _KEYWORDS[self.view.lang].split(", "):
            self.add(iri, DCAT.keyword, Literal(word, lang=self.view.lang))
        if iri != WHOLE:
            self.add(iri, DCTERMS.isPartOf, WHOLE)
        for file in entry.files:
            self.distribution(iri, file, entry)

    def version(self, iri: URIRef) -> Literal:
        graph = self.documents.default
        version = graph.value(iri, OWL.versionInfo) or graph.value(
            MODULE["montages"], OWL.versionInfo
        )
        return version if isinstance(version, Literal) else Literal("0")

    def distribution(self, dataset: URIRef, file: File, entry: Entry) -> None:
        """Describe a file: an address, a format, a size and a checksum; never an access service."""
        node = URIRef(files.iri(file.path))
        self.typed(dataset, DCAT.distribution, node, DCAT.Distribution)
        template = _COMPRESSED if file.compressed else _FILE
        title = Text(*(template[x].format(entry.title[x], file.form.label) for x in ("fr", "en")))
        self.add_text(node, DCTERMS.title, title)
        self.add_text(node, DCTERMS.description, entry.summary)
        self.add(node, DCTERMS.identifier, Literal(file.path))
        address = URIRef(files.url(self.view.base, file.path))
        self.add(node, DCAT.accessURL, address)
        self.add(node, DCAT.downloadURL, address)
        self.licence(node)
        kind = AUTHORITY[f"file-type/{file.form.file_type}"]
        self.typed(node, DCTERMS["format"], kind, DCTERMS.MediaTypeOrExtent)
        self.add(kind, RDFS.label, Literal(file.form.extension))
        media_type = IANA[file.form.media_type]
        self.typed(node, DCAT.mediaType, media_type, DCTERMS.MediaType)
        if file.compressed:
            packed = IANA["application/gzip"]
            self.typed(node, DCAT.compressFormat, packed, DCTERMS.MediaType)
        self.dates(node, dataset)
        self.languages(node)
        for predicate, (code, label) in _OF_A_FILE.items():
            concept = self.typed(node, predicate, AUTHORITY[code], SKOS.Concept)
            self.add_text(concept, SKOS.prefLabel, label)
        file_sum = self.dumps.sums[file.path]
        size = Literal(str(file_sum.size), datatype=XSD.nonNegativeInteger)
        self.add(node, DCAT.byteSize, size)
        checksum = BNode(f"checksum-{file.path}")
        self.typed(node, SPDX.checksum, checksum, SPDX.Checksum)
        self.add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        # A plain text: as xsd:hexBinary, rdflib makes bytes of it and data.gouv.fr drops the dataset.
        self.add(checksum, SPDX.checksumValue, Literal(file_sum.sha256))

    def service(
        self, name: str, title: Text, summary: Text, address: str, described_by: str
    ) -> None:
        """Describe an interface: where it is, and what describes it."""
        iri, base = URIRef(f"{CATALOGUE}#{name}"), self.view.base
        self.typed(CATALOGUE, DCAT.service, iri, DCAT.DataService)
        self.common(iri, title, summary)
        self.contact(iri)
        self.add(iri, DCTERMS.identifier, Literal(f"service-{name}"))
        self.add(iri, DCAT.endpointURL, URIRef(f"{base}{address}"))
        self.add(iri, DCAT.endpointDescription, URIRef(f"{base}{described_by}"))
        self.add(iri, DCAT.servesDataset, WHOLE)
        self.dates(iri, MODULE["montages"])
        self.themes(iri)
        self.open(iri)
        standard = {
            "sparql": "http://www.w3.org/TR/sparql11-protocol/",
            "api": "https://spec.openapis.org/oas/v3.1.0",
        }[name]
        self.typed(iri, DCTERMS.conformsTo, URIRef(standard), DCTERMS.Standard)
        self.page(iri, DCAT.landingPage, f"{base}/")
        for word in _KEYWORDS[self.view.lang].split(", "):
            self.add(iri, DCAT.keyword, Literal(word, lang=self.view.lang))
