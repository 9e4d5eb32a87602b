"""What the resources of any catalogue say: title, licence, publisher, contact, themes, pages, files (L5).

They are about France: data.gouv.fr reads its shape alone, from a text of GeoJSON; CKAN reads the address,
the name and the shape.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.names import BASE, SELF_DESCRIPTION, VOCABULARIES
from montages.publish.contacts import ContactPoint
from montages.publish.linked_data.formats import Format
from montages.publish.linked_data.void import PUBLISHER
from montages.store.licence import LICENCE, LICENCE_ID, LICENCE_NAME, PUBLISHER_NAME

DCAT = Namespace(VOCABULARIES["dcat"])  # rdflib's own lacks version 3
ADMS = Namespace(VOCABULARIES["adms"])
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")
DCATAP = Namespace(SELF_DESCRIPTION["dcatap"])
HYDRA = Namespace(SELF_DESCRIPTION["hydra"])
IANA = Namespace("https://www.iana.org/assignments/media-types/")
SPDX = Namespace(SELF_DESCRIPTION["spdx"])
VCARD = Namespace(SELF_DESCRIPTION["vcard"])
CONTACT = URIRef(BASE + "catalog#contact")
FRANCE = URIRef("http://publications.europa.eu/resource/authority/country/FRA")
_GEO_JSON = URIRef("https://www.iana.org/assignments/media-types/application/vnd.geo+json")
# West, south, east, north in degrees, rounded outwards to a tenth: the mainland with Corsica, Guadeloupe,
# Martinique, Guyane, La Réunion, Mayotte.
_FRENCH_BOXES = (
    (-5.2, 41.3, 9.6, 51.1),
    (-61.9, 15.8, -61.0, 16.6),
    (-61.3, 14.3, -60.8, 14.9),
    (-54.7, 2.1, -51.6, 5.8),
    (55.2, -21.4, 55.9, -20.8),
    (44.9, -13.1, 45.4, -12.6),
)
_KEYWORDS = message(
    "smart territories, public procurement, public contracts, concessions, linked data"
)
_THEMES = {
    "GOVE": message("Government and public sector"),
    "TECH": message("Science and technology"),
}


@dataclass(frozen=True)
class CatalogueView:
    """One view of a catalogue: its page of how many, language and format, and where the service is.

    `path` is where the catalogue is, `asked` the parameters by which its datasets are chosen.
    """

    page: int
    last: int
    lang: str
    form: Format
    base: str
    contact: ContactPoint
    path: str = "catalog"
    asked: tuple[tuple[str, str], ...] = ()

    def url(self, page: int) -> str:
        """Return the address of a page, in the same language and format."""
        lang = () if self.lang == "fr" else (("lang", self.lang),)
        query = urlencode([*self.asked, ("page", page), *lang])
        return f"{self.base}/{self.path}.{self.form.extension}?{query}"


class DcatWriter:
    """Writes into the graph of one view what its resources have in common."""

    def __init__(self, view: CatalogueView) -> None:
        self.view, self.graph = view, Graph()

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

    def catalogue(self, iri: URIRef, title: Text, summary: Text, total: int) -> None:
        """Describe a catalogue of so many datasets, and its pages."""
        for kind in (DCAT.Catalog, HYDRA.Collection):
            self.add(iri, RDF.type, kind)
        self.common(iri, title, summary)
        self.coverage(iri)
        self.page(iri, FOAF.homepage, f"{self.view.base}/")
        self.add(iri, HYDRA.totalItems, Literal(str(total), datatype=XSD.integer))
        # CKAN's harvester looks for the older name of a page, data.gouv.fr's for the newer one.
        number, last = self.view.page, self.view.last
        kinds = (HYDRA.PartialCollectionView, HYDRA.PagedCollection)
        node = self.typed(iri, HYDRA.view, URIRef(self.view.url(number)), *kinds)
        for predicate, page in ((HYDRA.first, 1), (HYDRA.last, last)):
            self.add(node, predicate, URIRef(self.view.url(page)))
        for predicate, page in ((HYDRA.next, number + 1), (HYDRA.previous, number - 1)):
            if 1 <= page <= last:
                self.add(node, predicate, URIRef(self.view.url(page)))

    def common(self, subject: URIRef, title: Text, summary: Text) -> None:
        """Add what all that we publish has: title, description, publisher, whom to write to."""
        self.add_text(subject, DCTERMS.title, title)
        self.add_text(subject, DCTERMS.description, summary)
        publisher = self.typed(subject, DCTERMS.publisher, PUBLISHER, FOAF.Agent, FOAF.Organization)
        self.add_text(publisher, FOAF.name, PUBLISHER_NAME)
        self.page(publisher, FOAF.homepage, f"{self.view.base}/")
        self.typed(subject, DCAT.contactPoint, CONTACT, VCARD.Kind, VCARD.Organization)
        self.add_text(CONTACT, VCARD.fn, PUBLISHER_NAME)
        # data.gouv.fr reads the page under this name, which vCard spells otherwise.
        for predicate in (VCARD.hasURL, VCARD.hasUrl):
            self.add(CONTACT, predicate, URIRef(self.view.contact.url))
        if self.view.contact.email:
            self.add(CONTACT, VCARD.hasEmail, URIRef(f"mailto:{self.view.contact.email}"))

    def licence(self, subject: Node) -> None:
        """Add the licence, named as harvesters look for it."""
        licence = self.typed(subject, DCTERMS.license, URIRef(LICENCE), DCTERMS.LicenseDocument)
        self.add(licence, RDFS.label, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.title, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.identifier, Literal(LICENCE_ID))

    def coverage(self, subject: URIRef) -> None:
        """Say that it is about France, in both languages."""
        self.territory(subject)
        self.languages(subject)

    def territory(self, subject: URIRef) -> None:
        """Say that it is about France."""
        self.typed(subject, DCTERMS.spatial, FRANCE, DCTERMS.Location)
        for predicate in (RDFS.label, SKOS.prefLabel):
            self.add(FRANCE, predicate, Literal("France", lang=self.view.lang))
        # The boxes as one geometry, each corner named against the clock (RFC 7946).
        polygons = [
            [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
            for west, south, east, north in _FRENCH_BOXES
        ]
        self.add(
            FRANCE,
            DCAT.bbox,
            Literal(
                json.dumps(
                    {"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":")
                ),
                datatype=_GEO_JSON,
            ),
        )

    def languages(self, subject: URIRef) -> None:
        """Add both languages."""
        for code in ("FRA", "ENG"):
            self.coded(subject, DCTERMS.language, f"language/{code}", DCTERMS.LinguisticSystem)

    def coded(self, subject: URIRef, predicate: URIRef, code: str, kind: URIRef) -> Node:
        """Add what a European list has under a code."""
        return self.typed(subject, predicate, AUTHORITY[code], kind)

    def open(self, subject: URIRef) -> None:
        """Say that it is open to all."""
        self.coded(subject, DCTERMS.accessRights, "access-right/PUBLIC", DCTERMS.RightsStatement)

    def themes(self, subject: URIRef) -> None:
        """Add the themes of the European list, and the words by which one finds it."""
        for code, label in _THEMES.items():
            theme = self.coded(subject, DCAT.theme, f"data-theme/{code}", SKOS.Concept)
            self.add_text(theme, SKOS.prefLabel, label)
        for word in _KEYWORDS[self.view.lang].split(", "):
            self.add(subject, DCAT.keyword, Literal(word, lang=self.view.lang))

    def file(self, dataset: URIRef, node: URIRef, title: Text, address: str) -> None:
        """Describe a file of a dataset: its title, and where it is."""
        self.typed(dataset, DCAT.distribution, node, DCAT.Distribution)
        self.add_text(node, DCTERMS.title, title)
        self.add(node, DCAT.accessURL, URIRef(address))

    def form(self, node: URIRef, form: Format) -> None:
        """Add the format of a file, by the European list and by IANA."""
        self.file_type(node, form.file_type, form.extension)
        self.media_type(node, form.media_type)

    def file_type(self, node: URIRef, name: str, label: str) -> None:
        """Add the format of a file by its name in the European list, with ours."""
        code = f"file-type/{name}"
        kind = self.coded(node, DCTERMS["format"], code, DCTERMS.MediaTypeOrExtent)
        self.add(kind, RDFS.label, Literal(label))

    def frequency(self, subject: URIRef, name: str) -> None:
        """Add how often it changes, by its name in the European list."""
        self.coded(subject, DCTERMS.accrualPeriodicity, f"frequency/{name}", DCTERMS.Frequency)

    def media_type(self, node: URIRef, name: str) -> None:
        """Add the media type of a file."""
        self.typed(node, DCAT.mediaType, IANA[name], DCTERMS.MediaType)

    def checksum(self, node: URIRef, name: str, size: int, sha256: str) -> None:
        """Add the size of a file in bytes, and its checksum; `name` tells it from others of the page."""
        self.add(node, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger))
        checksum = BNode(f"checksum-{name}")
        self.typed(node, SPDX.checksum, checksum, SPDX.Checksum)
        self.add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        # A plain text: as xsd:hexBinary, rdflib makes bytes of it and data.gouv.fr drops the dataset.
        self.add(checksum, SPDX.checksumValue, Literal(sha256))
