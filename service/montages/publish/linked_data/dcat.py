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
from rdflib.term import Node

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
)
from montages.publish.linked_data.documents import MAIN_MODULE, ONTOLOGY, WHOLE, Documents
from montages.publish.linked_data.dump_files import WHOLE_DUMP, Dumps, File, dump_url
from montages.publish.linked_data.formats import Format
from montages.publish.linked_data.void import SUMMARY, TITLE, ChangingDataset, SuppliedDataset

PER_PAGE = 10
CATALOGUE = URIRef(BASE + "catalog")
_CATALOGUE = message("Catalogue of the Montages data")
_CATALOGUE_SUMMARY = message("The datasets and the interfaces of the Montages knowledge graph.")
_ENTRY_MODULE = message("{title}: the entry module")
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
_STANDARDS = {
    "sparql": "http://www.w3.org/TR/sparql11-protocol/",
    "api": "https://spec.openapis.org/oas/v3.1.0",
}
_FILE = message("{title}, as {form}")
_PAGED = message("{title}, as {form}, page by page")
_OF_A_SET = message("{title}: {label}")
_COMPRESSED = message("{title}, as compressed {form}")


def catalogue_graph(
    documents: Documents,
    dumps: Dumps,
    view: CatalogueView,
    changing: Sequence[ChangingDataset] = (),
    supplied: Sequence[SuppliedDataset] = (),
) -> Graph:
    """Return one page of the catalogue, with the datasets that change meanwhile, and those of guests."""
    datasets = catalogued_datasets(documents, dumps)
    writer = _CatalogueWriter(documents, dumps, view)
    writer.whole(len(datasets) + len(changing) + len(supplied))
    start = (view.page - 1) * PER_PAGE
    for entry in datasets[start : start + PER_PAGE]:
        writer.dataset(entry)
    if view.page == 1:  # on one page only: a harvester would read them again on each
        writer.service("sparql", _SPARQL, _SPARQL_SUMMARY, "/sparql", "/sparql")
        writer.service("api", _API, _API_SUMMARY, "/", "/openapi.json")
        for dataset in changing:
            writer.changing(dataset)
        for entry_of_guest in supplied:
            writer.supplied(entry_of_guest)
    return writer.graph


class _CatalogueWriter(DcatWriter):
    """Writes the catalogue, its datasets with their files, and its interfaces."""

    def __init__(self, documents: Documents, dumps: Dumps, view: CatalogueView) -> None:
        super().__init__(view)
        self.documents, self.sums = documents, dumps.sums

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
        self._dataset(iri, entry.title, entry.summary, entry.identifier, entry.page, "IRREG")
        self._versioned(iri, iri, entry.identifier)
        if iri != WHOLE:
            self.add(iri, DCTERMS.isPartOf, WHOLE)
        for file in entry.files:
            self.distribution(iri, file, entry)

    def changing(self, dataset: ChangingDataset) -> None:
        """Describe a dataset that changes; what is in it is in its own catalogue, of the same IRI.

        The list is under our licence, an entry under that of who publishes it; no file of all of them lasts.
        It covers the time of the rules by which entries are judged.
        """
        iri, path = dataset.iri, dataset.path.strip("/")
        self._dataset(iri, dataset.title, dataset.summary, path, path, "UPDATE_CONT")
        self.licence(iri)
        add_period(self.graph, iri, covered_periods(self.documents)[WHOLE], path)
        self.add(URIRef(f"{CATALOGUE}#api"), DCAT.servesDataset, iri)
        for form in dataset.forms:
            node = URIRef(f"{iri}.{form.extension}")
            url = f"{self.view.base}{dataset.path}.{form.extension}"
            template = _FILE if form in dataset.whole_forms else _PAGED
            self.file(iri, node, template.fill(title=dataset.title, form=form.label), url)
            self.add_text(node, DCTERMS.description, dataset.summary)
            self.form(node, form)
            if form in dataset.whole_forms:
                self.add(node, DCAT.downloadURL, URIRef(url))

    def supplied(self, dataset: SuppliedDataset) -> None:
        """Describe a dataset that a guest brings, with its files."""
        iri, path = dataset.iri, dataset.path.strip("/")
        self._dataset(iri, dataset.title, dataset.summary, path.replace("/", "-"), path, "IRREG")
        self._versioned(iri, WHOLE, path.replace("/", "-"))
        self.add(iri, DCTERMS.isPartOf, WHOLE)
        for file in dataset.files:
            node = URIRef(f"{iri}{file.tail}")
            url = f"{self.view.base}{dataset.path}{file.tail}"
            title = _OF_A_SET.fill(title=dataset.title, label=file.label)
            self.file(iri, node, title, url)
            self._lasting(node, iri, url, dataset.summary, f"{path}{file.tail}", file.form)

    def _versioned(self, iri: URIRef, period: URIRef, identifier: str) -> None:
        """Describe the licence of a dataset, its version, its days, the period of what is in it."""
        self.licence(iri)
        version = self._own_or_whole(iri, OWL.versionInfo) or Literal("0")
        for predicate in (OWL.versionInfo, DCAT.version):
            self.add(iri, predicate, version)
        self.dates(iri, iri)
        add_period(self.graph, iri, covered_periods(self.documents)[period], identifier)

    def _lasting(
        self, node: URIRef, dataset: URIRef, address: str, summary: Text, name: str, form: Format
    ) -> None:
        """Describe what files of datasets that last have alike."""
        self.add(node, DCAT.downloadURL, URIRef(address))
        self.add_text(node, DCTERMS.description, summary)
        self.add(node, DCTERMS.identifier, Literal(name))
        self.licence(node)
        self.form(node, form)
        self.dates(node, dataset)
        self.languages(node)
        for predicate, (code, label) in _OF_A_FILE.items():
            concept = self.typed(node, predicate, AUTHORITY[code], SKOS.Concept)
            self.add_text(concept, SKOS.prefLabel, label)

    def _dataset(
        self, iri: URIRef, title: Text, summary: Text, identifier: str, path: str, frequency: str
    ) -> None:
        """Describe what all datasets say."""
        self.add(CATALOGUE, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self._resource(iri, title, summary, identifier, path, MODULE["montages"])
        self.coverage(iri)
        self.frequency(iri, frequency)

    def _resource(
        self, iri: URIRef, title: Text, summary: Text, identifier: str, path: str, standard: URIRef
    ) -> None:
        """Describe what datasets and interfaces say alike, with the path of their page."""
        self.common(iri, title, summary)
        self.add(iri, DCTERMS.identifier, Literal(identifier))
        self.themes(iri)
        self.open(iri)
        self.typed(iri, DCTERMS.conformsTo, standard, DCTERMS.Standard)
        self.page(iri, DCAT.landingPage, f"{self.view.base}/{path}")

    def distribution(self, dataset: URIRef, file: File, entry: CataloguedDataset) -> None:
        """Describe a file: an address, a format, never an access service; its size and checksum once made."""
        node, address = URIRef(dump_url(BASE, file.path)), dump_url(self.view.base, file.path)
        template = _COMPRESSED if file.compressed else _FILE
        title = template.fill(title=entry.title, form=file.form.label)
        self.file(dataset, node, title, address)
        self._lasting(node, dataset, address, entry.summary, file.path, file.form)
        if file.compressed:
            packed = IANA["application/gzip"]
            self.typed(node, DCAT.compressFormat, packed, DCTERMS.MediaType)
        if file_sum := self.sums.get(file.path):
            self.checksum(node, file.path, file_sum.size, file_sum.sha256)

    def service(
        self, name: str, title: Text, summary: Text, address: str, described_by: str
    ) -> None:
        """Describe an interface: where it is, and what describes it."""
        iri, base = URIRef(f"{CATALOGUE}#{name}"), self.view.base
        self.typed(CATALOGUE, DCAT.service, iri, DCAT.DataService)
        standard = URIRef(_STANDARDS[name])
        self._resource(iri, title, summary, f"service-{name}", "", standard)
        self.licence(iri)
        self.add(iri, DCAT.endpointURL, URIRef(f"{base}{address}"))
        self.add(iri, DCAT.endpointDescription, URIRef(f"{base}{described_by}"))
        self.add(iri, DCAT.servesDataset, WHOLE)
        self.dates(iri, MODULE["montages"])

    def dates(self, subject: URIRef, module: URIRef) -> None:
        """Add when it was published and changed: its own days, else those of the whole."""
        for predicate in (DCTERMS.issued, DCTERMS.modified):
            if (day := self._own_or_whole(module, predicate)) is not None:
                self.add(subject, predicate, day)

    def _own_or_whole(self, subject: URIRef, predicate: URIRef) -> Node | None:
        graph = self.documents.default
        return graph.value(subject, predicate) or graph.value(MODULE["montages"], predicate)


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
    whole_files = dumps.files_about(WHOLE_DUMP)
    page = "module/montages.html"
    datasets = [CataloguedDataset(WHOLE, "montages", TITLE, SUMMARY, whole_files, page)]
    for name, module in dumps.modules.items():
        graph, iri = documents.graph(module), URIRef(module)
        title = text(graph, iri, DCTERMS.title, RDFS.label)
        summary = text(graph, iri, DCTERMS.description, SKOS.definition)
        title = title if title.fr else Text(name, name)
        if iri == MAIN_MODULE:  # its header is that of the ontology, which is a dataset too
            title = _ENTRY_MODULE.fill(title=title)
            summary = text(graph, iri, SKOS.definition)
        summary = summary if summary.fr else title
        page = f"{module.removeprefix(BASE).rstrip('/')}.html"
        identifier = name if iri == ONTOLOGY else f"module-{name}"
        files = dumps.files_about(name)
        datasets.append(CataloguedDataset(iri, identifier, title, summary, files, page))
    return tuple(datasets)
