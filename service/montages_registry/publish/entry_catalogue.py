"""The registry as a DCAT-AP 3 catalogue in pages, a dataset an entry, as harvesters read it (L5, G1).

A dataset says what the record of its entry says, and no more: no licence, no contact and no period are known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from rdflib import OWL, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.names import ALIGNED, MODULE
from montages.publish.linked_data.dcat_writer import DCAT, CatalogueView, DcatWriter
from montages.publish.linked_data.formats import DATA
from montages_registry.entry_names import REGISTRY, entry_iri, publisher_iri, version_iri
from montages_registry.moments import moment_text
from montages_registry.publish.entry_facets import BY_KEY
from montages_registry.publish.entry_summary import EntryLine
from montages_registry.version import Version

REGISTRY_TITLE = message("The registry of projects")
REGISTRY_SUMMARY = message(
    "The smart-territory projects that publishers describe: each entry as it was sent, with "
    "its versions."
)

_SAYS = message("A project described by {0}.")
_HOLDER = message(" Holder: {0}.")
_NAMED = {"contract": message(" Contract retained: {0}."), "layer": message(" Layers: {0}.")}
_SENT = message("{0}, as it was sent")
_FILE = message("{title}, as {form}")
_DEPARTMENT = "http://id.insee.fr/geo/departement/"


@dataclass(frozen=True)
class CataloguedEntry:
    """An entry in a list: the name of its publisher, since when it is public, and its version as sent."""

    line: EntryLine
    publisher: str
    issued: datetime
    version: Version


def entry_catalogue(entries: Iterable[CataloguedEntry], total: int, view: CatalogueView) -> Graph:
    """Return one page of the catalogue of so many entries, those of the page given."""
    writer = _EntryWriter(view)
    writer.catalogue(writer.iri, REGISTRY_TITLE, REGISTRY_SUMMARY, total)
    for entry in entries:
        writer.entry(entry)
    return writer.graph


def catalogue_iri(view: CatalogueView) -> URIRef:
    """Return the IRI of a catalogue: that of the registry, or of what was asked of it."""
    return URIRef(f"{REGISTRY}?{urlencode(view.asked)}") if view.asked else URIRef(REGISTRY)


class _EntryWriter(DcatWriter):
    """Writes the entries of a page as datasets, each with its forms."""

    def __init__(self, view: CatalogueView) -> None:
        super().__init__(view)
        self.iri = catalogue_iri(view)

    def entry(self, entry: CataloguedEntry) -> None:
        """Describe an entry: what it is of, whose, since when, and its version."""
        line, lang = entry.line, self.view.lang
        iri, summary = URIRef(entry_iri(line.slug)), line.summary
        named = {key: self._names(key, getattr(summary, f"{key}s")) for key in _NAMED}
        self.add(self.iri, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self.add(iri, DCTERMS.title, self._title(summary.label))
        holders = ", ".join(holder[lang] for holder in summary.holders)
        says = [
            _SAYS[lang].format(entry.publisher),
            _HOLDER[lang].format(holders) if holders else "",
        ]
        says += [
            _NAMED[key][lang].format(", ".join(names)) for key, names in named.items() if names
        ]
        self.add(iri, DCTERMS.description, Literal("".join(says), lang=lang))
        # No identifier of another catalogue of this service is the same.
        self.add(iri, DCTERMS.identifier, Literal(iri))
        publisher = self.typed(
            iri, DCTERMS.publisher, URIRef(publisher_iri(line.publisher)), FOAF.Agent
        )
        self.add(publisher, FOAF.name, Literal(entry.publisher))
        self.add(iri, DCTERMS.issued, _moment(entry.issued))
        self.add(iri, DCTERMS.modified, _moment(line.moment))
        for predicate in (OWL.versionInfo, DCAT.version):
            self.add(iri, predicate, Literal(str(line.number)))
        self.add(iri, DCAT.hasCurrentVersion, URIRef(version_iri(line.slug, line.number)))
        self.open(iri)
        self.page(iri, DCAT.landingPage, f"{self._address(line)}.html")
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        for names in named.values():
            for name in names:
                # CKAN takes what stands between commas for keywords of their own.
                if "," not in name:
                    self.add(iri, DCAT.keyword, Literal(name, lang=lang))
        self._place(iri, line)
        self._files(iri, entry)

    def _place(self, iri: URIRef, line: EntryLine) -> None:
        """Add where the description says that the project is."""
        place = line.summary.place
        for code in place.departments:
            self.typed(iri, DCTERMS.spatial, URIRef(_DEPARTMENT + code), DCTERMS.Location)
        if place.point:
            node = self.typed(iri, DCTERMS.spatial, BNode(f"place-{line.slug}"), DCTERMS.Location)
            text = "POINT({} {})".format(*place.point)
            wkt = Literal(text, datatype=URIRef(f"{ALIGNED['geo']}wktLiteral"))
            self.add(node, DCAT.centroid, wkt)

    def _files(self, iri: URIRef, entry: CataloguedEntry) -> None:
        """Describe the bytes as they were sent, then each format that is made of them."""
        line, version, lang = entry.line, entry.version, self.view.lang
        label, address = line.summary.label[lang], self._address(line)
        sent = URIRef(f"{iri}#sent")
        title, url = _SENT[lang].format(label), f"{address}/versions/{line.number}"
        self._file(iri, sent, title, url, line)
        self.media_type(sent, version.media_type)
        self.checksum(sent, line.slug, version.size, version.digest)
        for form in DATA:
            node = URIRef(f"{iri}.{form.extension}")
            title = _FILE.fill(title=label, form=form.label)[lang]
            self._file(iri, node, title, f"{address}.{form.extension}", line)
            self.form(node, form)

    def _file(self, iri: URIRef, node: URIRef, title: str, url: str, line: EntryLine) -> None:
        self.file(iri, node, Text(title, title), url)
        self.add(node, DCAT.downloadURL, URIRef(url))
        self.add(node, DCTERMS.modified, _moment(line.moment))

    def _names(self, key: str, slugs: Iterable[str]) -> list[str]:
        """Return what contracts or layers are called."""
        return [BY_KEY[key].name(slug)[self.view.lang] for slug in slugs]

    def _title(self, label: Text) -> Literal:
        """Return a name in the language of the view; one that is the same in both is in none."""
        lang = None if label.fr == label.en else self.view.lang
        return Literal(label[self.view.lang], lang=lang)

    def _address(self, line: EntryLine) -> str:
        return f"{self.view.base}/{self.view.path}/{line.slug}"


def _moment(moment: datetime) -> Node:
    return Literal(moment_text(moment), datatype=XSD.dateTime, normalize=False)
