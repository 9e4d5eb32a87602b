"""The registry as a DCAT-AP 3 catalogue in pages, a dataset an entry, as harvesters read it (L5, G1).

A dataset says what its entry says, its publisher's licence, and no more: no contact is known. It covers the
time since its contract was signed, else since it was published.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.description.parsing.media_types import MEDIA_TYPES
from montages.names import MODULE
from montages.publish.linked_data.covered_period import CoveredPeriod, add_period
from montages.publish.linked_data.dcat_writer import DCAT, CatalogueView, DcatWriter
from montages.publish.linked_data.formats import DATA
from montages.store.licence import LICENCE
from montages_registry.entry_list import BY_KEY
from montages_registry.entry_names import REGISTRY, entry_iri, publisher_iri, version_iri
from montages_registry.moments import moment_text
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
        """Describe an entry: what it is of, whose, since when, and its version."""
        lang, summary = self.view.lang, version.summary
        iri = URIRef(entry_iri(version.slug))
        named = {
            key: [BY_KEY[key].name(value)[lang] for value in summary.facets.get(key, ())]
            for key in _NAMED
        }
        self.add(self.iri, DCAT.dataset, iri)
        self.add(iri, RDF.type, DCAT.Dataset)
        self.add(iri, DCTERMS.title, self._title(summary.label))
        self.add(iri, DCTERMS.description, Literal(self._described(version, named), lang=lang))
        # No identifier of another catalogue of this service is the same.
        self.add(iri, DCTERMS.identifier, Literal(iri))
        publisher = URIRef(publisher_iri(version.publisher))
        self.typed(iri, DCTERMS.publisher, publisher, FOAF.Agent)
        self.add(publisher, FOAF.name, Literal(version.publisher_name))
        self.add(iri, DCTERMS.issued, _moment(version.issued or version.moment))
        self.add(iri, DCTERMS.modified, _moment(version.public_from or version.moment))
        for predicate in (OWL.versionInfo, DCAT.version):
            self.add(iri, predicate, Literal(str(version.number)))
        self.add(iri, DCAT.hasCurrentVersion, URIRef(version_iri(version.slug, version.number)))
        self.open(iri)
        self._licence(iri, version)
        self.page(iri, DCAT.landingPage, f"{self._address(version)}.html")
        self.typed(iri, DCTERMS.conformsTo, MODULE["montages"], DCTERMS.Standard)
        for names in named.values():
            for name in names:
                # CKAN takes what stands between commas for keywords of their own.
                if "," not in name:
                    self.add(iri, DCAT.keyword, Literal(name, lang=lang))
        departments = summary.facets.get("department", ())
        for code in departments:
            self.typed(iri, DCTERMS.spatial, URIRef(_DEPARTMENT + code), DCTERMS.Location)
        if not departments:
            self.territory(iri)
        self.frequency(iri, "IRREG")
        add_period(self.graph, iri, _covered(version), version.slug)
        self._files(iri, version)

    def _described(self, version: Version, named: dict[str, list[str]]) -> str:
        """Return what the description says in words, then who holds what, by which contract."""
        lang, summary = self.view.lang, version.summary
        holders = ", ".join(holder[lang] for holder in summary.holders)
        says = [f"{summary.description[lang]} ".lstrip()]
        says.append(_SAYS[lang].format(version.publisher_name))
        if holders:
            says.append(_HOLDER[lang].format(holders))
        says += [
            _NAMED[key][lang].format(", ".join(names)) for key, names in named.items() if names
        ]
        return "".join(says)

    def _licence(self, node: URIRef, version: Version) -> None:
        """Add the licence of the publisher, with its name where it is the usual one."""
        if version.licence == LICENCE:
            self.licence(node)
            return
        licence = URIRef(version.licence)
        self.typed(node, DCTERMS.license, licence, DCTERMS.LicenseDocument)
        self.add(licence, RDFS.label, Literal(version.licence))

    def _files(self, iri: URIRef, version: Version) -> None:
        """Describe the bytes as they were sent, then each format that is made of them."""
        lang, address = self.view.lang, self._address(version)
        label, sent = version.summary.label[lang], URIRef(f"{iri}#sent")
        url = f"{address}/versions/{version.number}"
        self._file(iri, sent, _SENT[lang].format(label), url, version)
        self.media_type(sent, version.media_type)
        self.file_type(sent, *_FILE_TYPES.get(MEDIA_TYPES[version.media_type], _TEXT))
        self.checksum(sent, version.slug, version.size, version.digest)
        for form in DATA:
            node = URIRef(f"{iri}.{form.extension}")
            title = _FILE.fill(title=label, form=form.label)[lang]
            self._file(iri, node, title, f"{address}.{form.extension}", version)
            self.form(node, form)

    def _file(self, iri: URIRef, node: URIRef, title: str, url: str, version: Version) -> None:
        self.file(iri, node, Text(title, title), url)
        self.add(node, DCAT.downloadURL, URIRef(url))
        self.add(node, DCTERMS.modified, _moment(version.public_from or version.moment))
        self._licence(node, version)

    def _title(self, label: Text) -> Literal:
        """Return a name in the language of the view; one that is the same in both is in none."""
        lang = None if label.fr == label.en else self.view.lang
        return Literal(label[self.view.lang], lang=lang)

    def _address(self, version: Version) -> str:
        return f"{self.view.base}/{self.view.path}/{version.slug}"


def _covered(version: Version) -> CoveredPeriod:
    """Return the time that an entry is about."""
    years = version.summary.facets.get("year", ())
    issued = (version.issued or version.moment).date()
    return CoveredPeriod(min((date(int(year), 1, 1) for year in years), default=issued))


def _moment(moment: datetime) -> Node:
    return Literal(moment_text(moment), datatype=XSD.dateTime, normalize=False)
