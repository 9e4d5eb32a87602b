"""The DCAT-AP 3 catalogue, written as the harvesters of data.gouv.fr and of CKAN read it (L5).

They look only at what stands in the page they fetched, so that every node is typed where it is named,
each title is in one language, and a page leads to the next under the same extension.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from montages.bilingual import Text
from montages.names import BASE, MODULE
from montages.publish.linked_data import dump_files as files
from montages.publish.linked_data.catalogued_datasets import CataloguedDataset, catalogued_datasets
from montages.publish.linked_data.covered_period import add_period, covered_periods
from montages.publish.linked_data.dcat_writer import (
    ADMS,
    AUTHORITY,
    DCAT,
    DCATAP,
    HYDRA,
    IANA,
    SPDX,
    CatalogueView,
    DcatWriter,
)
from montages.publish.linked_data.documents import WHOLE, Documents
from montages.publish.linked_data.dump_files import Dumps, File
from montages.publish.linked_data.french_territory import add_france

PER_PAGE = 10
CATALOGUE = URIRef(BASE + "catalog")
_CATALOGUE = Text("Catalogue des données de Montages", "Catalogue of the Montages data")
_CATALOGUE_SUMMARY = Text(
    "Les jeux de données et les interfaces du graphe de connaissances Montages.",
    "The datasets and the interfaces of the Montages knowledge graph.",
)
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
_COMPRESSED = Text("{0}, au format {1} compressé", "{0}, as compressed {1}")


def pages(datasets: Sequence[CataloguedDataset]) -> int:
    """Return how many pages a list has."""
    return -(-len(datasets) // PER_PAGE)


def catalogue_graph(documents: Documents, dumps: Dumps, view: CatalogueView) -> Graph:
    """Return one page of the catalogue."""
    datasets = catalogued_datasets(documents, dumps)
    writer = _CatalogueWriter(documents, dumps, view)
    writer.catalogue(len(datasets), pages(datasets))
    start = (view.page - 1) * PER_PAGE
    for entry in datasets[start : start + PER_PAGE]:
        writer.dataset(entry)
    if view.page == 1:  # on one page only: a harvester would read them again on each
        writer.service("sparql", _SPARQL, _SPARQL_SUMMARY, "/sparql", "/sparql")
        writer.service("api", _API, _API_SUMMARY, "/", "/openapi.json")
    return writer.graph


class _CatalogueWriter(DcatWriter):
    """Writes the catalogue, its datasets with their files, and its interfaces."""

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

    def dataset(self, entry: CataloguedDataset) -> None:
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
        self.keywords(iri)
        if iri != WHOLE:
            self.add(iri, DCTERMS.isPartOf, WHOLE)
        for file in entry.files:
            self.distribution(iri, file, entry)

    def distribution(self, dataset: URIRef, file: File, entry: CataloguedDataset) -> None:
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
        self.keywords(iri)
