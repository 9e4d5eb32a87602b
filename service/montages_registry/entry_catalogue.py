"""The registry as a DCAT-AP 3 catalogue in pages, a dataset an entry, as harvesters read it (L5, G1).

A dataset says what its entry says, and no more: no contact is known. Its time begins with its publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from rdflib import OWL, RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.description.parsing.source_text import MEDIA_TYPES
from montages.names import MODULE
from montages.publish.linked_data.covered_period import CoveredPeriod, add_period
from montages.publish.linked_data.dcat_writer import DCAT, CatalogueView, DcatWriter
from montages.publish.linked_data.formats import DATA
from montages_registry.entry_list import value_name
from montages_registry.entry_names import ENTRIES, REGISTRY, publisher_iri, version_iri
from montages_registry.version import Version

REGISTRY_TITLE = message("The registry of projects")
REGISTRY_SUMMARY = message(
    "The projects that publishers describe: each entry as it was sent, with its versions."
)

_SAYS = message("A project described by {0}. Holder: {1}.")
_SENT = message("{title}, as it was sent")
_FILE = message("{title}, as {form}")
# What a description was sent as: the European name of its format, and ours.
_FILE_TYPES = {
    "json-ld": ("JSON_LD", "jsonld"),
    "json": ("JSON", "json"),
    "nq": ("RDF_N_QUADS", "nq"),
    "nt": ("RDF_N_TRIPLES", "nt"),
    "trig": ("RDF_TRIG", "trig"),
    "turtle": ("RDF_TURTLE", "ttl"),
    "xml": ("RDF_XML", "rdf"),
    "yaml": ("YAML", "yaml"),
}
_TEXT = ("TXT", "txt")
_DEPARTMENT = "http://id.insee.fr/geo/departement/"


def entry_catalogue(entries: Iterable[Version], total: int, view: CatalogueView) -> Graph:
    """Return one page of the catalogue of so many entries, those of the page given."""
    writer = _EntryWriter(view)
    writer.catalogue(writer.iri, REGISTRY_TITLE, REGISTRY_SUMMARY, total)
    writer.licence(writer.iri)
    for version in entries:
        writer.entry(version)
    return writer.graph


def catalogue_iri(view: CatalogueView) -> URIRef:
    """Return the IRI of a catalogue: that of the registry, or of what was asked of it."""
    return URIRef(f"{REGISTRY}?{urlencode(view.asked)}") if view.asked else URIRef(REGISTRY)


class _EntryWriter(DcatWriter):
    """Writes the entries of a page as datasets, each with its forms."""

    def __init__(self, view: CatalogueView) -> None:
        super().__init__(view)
        self.iri = catalogue_iri(view)

    def entry(self, version: Version) -> None:
        """Describe an entry: what it is of, whose, since when, its version, and its forms."""
        lang, summary = self.view.lang, version.summary
        iri, publisher = URIRef(ENTRIES + version.slug), URIRef(publisher_iri(version.publisher))
        label, facets = summary["label"], summary["facets"]
        itself = URIRef(version_iri(version.slug, version.number))
        holders = ", ".join(holder[lang] for holder in summary["holders"])
        words = summary["description"][lang] or _SAYS[lang].format(version.publisher_name, holders)
        statements: list[tuple[URIRef, Node]] = [
            (RDF.type, DCAT.Dataset),
            # A name that is the same in both languages is in none.
            (
                DCTERMS.title,
                Literal(label[lang], lang=lang if label["fr"] != label["en"] else None),
            ),
            (DCTERMS.description, Literal(words, lang=lang)),
            # No identifier of another catalogue of this service is the same.
            (DCTERMS.identifier, Literal(iri)),
            (DCTERMS.issued, _moment(version.issued or version.moment)),
            (DCTERMS.modified, _moment(version.public_from or version.moment)),
            (OWL.versionInfo, Literal(str(version.number))),
            (DCAT.version, Literal(str(version.number))),
            (DCAT.hasCurrentVersion, itself),
        ]
        for key in ("contract", "layer"):
            names = [value_name(key, value)[lang] for value in facets[key]]
            # CKAN takes what stands between commas for keywords of their own.
            statements += [
                (DCAT.keyword, Literal(one, lang=lang)) for one in names if "," not in one
            ]
        for predicate, thing in statements:
            self.add(iri, predicate, thing)
        self.add(self.iri, DCAT.dataset, iri)
        self.typed(iri, DCTERMS.publisher, publisher, FOAF.Agent)
        self.add(publisher, FOAF.name, Literal(version.publisher_name))
        self.open(iri)
        self.licence(iri)
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        for code in facets["department"]:
            self.typed(iri, DCTERMS.spatial, URIRef(_DEPARTMENT + code), DCTERMS.Location)
        if not facets["department"]:
            self.territory(iri)
        self.frequency(iri, "IRREG")
        since = date.fromisoformat((version.issued or version.moment)[:10])
        add_period(self.graph, iri, CoveredPeriod(since), version.slug)
        self._files(iri, version, Text(**label))

    def _files(self, iri: URIRef, version: Version, title: Text) -> None:
        """Lead to the page of an entry; describe its bytes as they were sent, and each form of its data."""
        address, sent = f"{self.view.base}/{self.view.path}/{version.slug}", URIRef(f"{iri}#sent")
        self.page(iri, DCAT.landingPage, f"{address}.html")
        files = [(sent, _SENT.fill(title=title), f"{address}/versions/{version.number}")]
        self.media_type(sent, version.media_type)
        self.file_type(sent, *_FILE_TYPES.get(MEDIA_TYPES[version.media_type], _TEXT))
        self.checksum(sent, version.slug, version.size, version.digest)
        for form in DATA:
            node, ending = URIRef(f"{iri}.{form.extension}"), f".{form.extension}"
            files.append((node, _FILE.fill(title=title, form=form.label), address + ending))
            self.form(node, form)
        for node, name, url in files:
            self.file(iri, node, name, url)
            self.add(node, DCAT.downloadURL, URIRef(url))
            self.add(node, DCTERMS.modified, _moment(version.public_from or version.moment))
            self.licence(node)


def _moment(text: str) -> Node:
    return Literal(text, datatype=XSD.dateTime, normalize=False)
