"""The DCAT-AP 3 catalogue, written as the harvesters of data.gouv.fr and of CKAN read it (L5).

Its datasets are all that is published, then each module, with their files. Harvesters look only at what
stands in the page they fetched, so that every node is typed where it is named, each title is in one
language, and a page leads to the next under the same extension.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from montages.bilingual import Text, message
from montages.knowledge.graphs import text
from montages.names import BASE, MODULE
from montages.publish.linked_data.covered_period import add_period, covered_periods
from montages.publish.linked_data.dcat_writer import (
    ADMS,
    AUTHORITY,
    DCAT,
    DCATAP,
    IANA,
    CatalogueView,
    DcatWriter,
    add_france,
)
from montages.publish.linked_data.documents import MAIN_MODULE, ONTOLOGY, WHOLE, Documents
from montages.publish.linked_data.dump_files import WHOLE_DUMP, Dumps, File, dump_iri, dump_url
from montages.publish.linked_data.void import (
    SUMMARY,
    TITLE,
    ChangingDataset,
)

PER_PAGE = 10
CATALOGUE = URIRef(BASE + "catalog")
_CATALOGUE = message("Catalogue of the Montages data")
_CATALOGUE_SUMMARY = message("The datasets and the interfaces of the Montages knowledge graph.")
_ENTRY_MODULE = message("{0}: the entry module")
_SPARQL = message("SPARQL endpoint of Montages")
_SPARQL_SUMMARY = message("Queries the whole graph through the SPARQL 1.1 protocol, read-only.")
_API = message("Montages API")
_API_SUMMARY = message(
    "Checks the description of a project, derives the set-ups that fit and explains them."
)
# What holds of each file, with its name in the European list.
_OF_A_FILE = {
    DCATAP.availability: ("planned-availability/STABLE", message("stable")),
    ADMS.status: ("distribution-status/COMPLETED", message("completed")),
}
_FILE = message("{0}, as {1}")
_PAGED = message("{0}, as {1}, page by page")
_COMPRESSED = message("{0}, as compressed {1}")


def catalogue_graph(
    documents: Documents,
    dumps: Dumps,
    view: CatalogueView,
    changing: Sequence[ChangingDataset] = (),
) -> Graph:
    """Return one page of the catalogue, with the datasets of the service that change while it runs."""
    datasets = catalogued_datasets(documents, dumps)
    writer = _CatalogueWriter(documents, dumps, view)
    writer.whole(len(datasets) + len(changing))
    start = (view.page - 1) * PER_PAGE
    for entry in datasets[start : start + PER_PAGE]:
        writer.dataset(entry)
    if view.page == 1:  # on one page only: a harvester would read them again on each
        writer.service("sparql", _SPARQL, _SPARQL_SUMMARY, "/sparql", "/sparql")
        writer.service("api", _API, _API_SUMMARY, "/", "/openapi.json")
        for dataset in changing:
            writer.changing(dataset)
    return writer.graph


class _CatalogueWriter(DcatWriter):
    """Writes the catalogue, its datasets with their files, and its interfaces."""

    def __init__(self, documents: Documents, dumps: Dumps, view: CatalogueView) -> None:
        super().__init__(view)
        self.documents, self.dumps = documents, dumps

    def whole(self, total: int) -> None:
        """Describe the catalogue and its pages."""
        self.catalogue(CATALOGUE, _CATALOGUE, _CATALOGUE_SUMMARY, total)
        self.licence(CATALOGUE)
        self.dates(CATALOGUE, MODULE["montages"])
        scheme = AUTHORITY["data-theme"]
        self.typed(CATALOGUE, DCAT.themeTaxonomy, scheme, SKOS.ConceptScheme)
        title = message("Data themes of the European Union")
        self.add_text(scheme, DCTERMS.title, title)

    def dataset(self, entry: CataloguedDataset) -> None:
        """Describe a dataset and its files."""
        iri = entry.iri
        self.add(CATALOGUE, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self.common(iri, entry.title, entry.summary)
        self.licence(iri)
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
        self.frequency(iri, "IRREG")
        self.page(iri, DCAT.landingPage, f"{self.view.base}/{entry.page}")
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        self.keywords(iri)
        if iri != WHOLE:
            self.add(iri, DCTERMS.isPartOf, WHOLE)
        for file in entry.files:
            self.distribution(iri, file, entry)

    def changing(self, dataset: ChangingDataset) -> None:
        """Describe a dataset that changes; what is in it is in its own catalogue, of the same IRI.

        Who publishes an entry of it says its licence, and no file of all of them lasts.
        """
        iri = dataset.iri
        self.add(CATALOGUE, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self.common(iri, dataset.title, dataset.summary)
        self.contact(iri)
        self.add(iri, DCTERMS.identifier, Literal(dataset.path.strip("/")))
        self.themes(iri)
        self.languages(iri)
        add_france(self.graph, iri, self.view.lang)
        self.open(iri)
        self.frequency(iri, "UPDATE_CONT")
        address = f"{self.view.base}{dataset.path}"
        self.page(iri, DCAT.landingPage, address)
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        self.keywords(iri)
        self.add(URIRef(f"{CATALOGUE}#api"), DCAT.servesDataset, iri)
        for form in dataset.forms:
            node, url = URIRef(f"{iri}.{form.extension}"), f"{address}.{form.extension}"
            template = _FILE if form in dataset.whole_forms else _PAGED
            names = (template[x].format(dataset.title[x], form.label) for x in ("fr", "en"))
            self.file(iri, node, Text(*names), url)
            self.add_text(node, DCTERMS.description, dataset.summary)
            self.form(node, form)
            if form in dataset.whole_forms:
                self.add(node, DCAT.downloadURL, URIRef(url))

    def distribution(self, dataset: URIRef, file: File, entry: CataloguedDataset) -> None:
        """Describe a file: an address, a format, a size and a checksum; never an access service."""
        node, address = URIRef(dump_iri(file.path)), dump_url(self.view.base, file.path)
        template = _COMPRESSED if file.compressed else _FILE
        title = Text(*(template[x].format(entry.title[x], file.form.label) for x in ("fr", "en")))
        self.file(dataset, node, title, address)
        self.add(node, DCAT.downloadURL, URIRef(address))
        self.add_text(node, DCTERMS.description, entry.summary)
        self.add(node, DCTERMS.identifier, Literal(file.path))
        self.licence(node)
        self.form(node, file.form)
        if file.compressed:
            packed = IANA["application/gzip"]
            self.typed(node, DCAT.compressFormat, packed, DCTERMS.MediaType)
        self.dates(node, dataset)
        self.languages(node)
        for predicate, (code, label) in _OF_A_FILE.items():
            concept = self.typed(node, predicate, AUTHORITY[code], SKOS.Concept)
            self.add_text(concept, SKOS.prefLabel, label)
        file_sum = self.dumps.sums[file.path]
        self.checksum(node, file.path, file_sum.size, file_sum.sha256)

    def service(
        self, name: str, title: Text, summary: Text, address: str, described_by: str
    ) -> None:
        """Describe an interface: where it is, and what describes it."""
        iri, base = URIRef(f"{CATALOGUE}#{name}"), self.view.base
        self.typed(CATALOGUE, DCAT.service, iri, DCAT.DataService)
        self.common(iri, title, summary)
        self.licence(iri)
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
        self.keywords(iri)

    def dates(self, subject: URIRef, module: URIRef) -> None:
        """Add when it was published and changed: its own days, else those of the whole."""
        for predicate in (DCTERMS.issued, DCTERMS.modified):
            own = self.documents.default.value(module, predicate)
            day = own or self.documents.default.value(MODULE["montages"], predicate)
            if day is not None:
                self.add(subject, predicate, day)

    def version(self, iri: URIRef) -> Literal:
        """Return the version: its own, else that of the whole."""
        graph = self.documents.default
        version = graph.value(iri, OWL.versionInfo) or graph.value(
            MODULE["montages"], OWL.versionInfo
        )
        return version if isinstance(version, Literal) else Literal("0")


@dataclass(frozen=True)
class CataloguedDataset:
    """One dataset of the catalogue, in both languages."""

    iri: URIRef
    identifier: str
    title: Text
    summary: Text
    files: tuple[File, ...]
    page: str


def catalogued_datasets(documents: Documents, dumps: Dumps) -> tuple[CataloguedDataset, ...]:
    """Return the datasets: the whole first, then each module by name."""
    datasets = [_dataset(WHOLE, "montages", TITLE, SUMMARY, dumps, "module/montages.html")]
    for name, module in dumps.modules.items():
        graph, iri = documents.graph(module), URIRef(module)
        title = text(graph, iri, DCTERMS.title, RDFS.label)
        summary = text(graph, iri, DCTERMS.description, SKOS.definition)
        title = title if title.fr else Text(name, name)
        if iri == MAIN_MODULE:  # its header is that of the ontology, which is a dataset too
            title = Text(*(_ENTRY_MODULE[lang].format(title[lang]) for lang in ("fr", "en")))
            summary = text(graph, iri, SKOS.definition)
        summary = summary if summary.fr else title
        page = f"{module.removeprefix(BASE).rstrip('/')}.html"
        identifier = name if iri == ONTOLOGY else f"module-{name}"
        datasets.append(_dataset(iri, identifier, title, summary, dumps, page, name))
    return tuple(datasets)


def _dataset(
    iri: URIRef,
    identifier: str,
    title: Text,
    summary: Text,
    dumps: Dumps,
    page: str,
    name: str = "",
) -> CataloguedDataset:
    wanted = name or WHOLE_DUMP
    own = tuple(f for f in dumps.files.values() if wanted in (f.name, f.about))
    return CataloguedDataset(iri, identifier, title, summary, own, page)
