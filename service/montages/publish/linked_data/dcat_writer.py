"""What the resources of the catalogue all say: title, licence, publisher, contact, days, themes."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from montages.bilingual import Text
from montages.names import MODULE, SELF_DESCRIPTION, VOCABULARIES
from montages.publish.linked_data.contact_point import ContactPoint, add_contact
from montages.publish.linked_data.documents import Documents
from montages.publish.linked_data.dump_files import Dumps
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


_KEYWORDS = Text(
    "territoires connectés, commande publique, marchés publics, concessions, données liées",
    "smart territories, public procurement, public contracts, concessions, linked data",
)
_THEMES = {
    "GOVE": Text("Gouvernement et secteur public", "Government and public sector"),
    "TECH": Text("Science et technologie", "Science and technology"),
}


@dataclass(frozen=True)
class CatalogueView:
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


class DcatWriter:
    """Writes into the graph of one view what its resources have in common."""

    def __init__(self, documents: Documents, dumps: Dumps, view: CatalogueView) -> None:
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
        """Add the licence, named as harvesters look for it."""
        licence = self.typed(subject, DCTERMS.license, URIRef(LICENCE), DCTERMS.LicenseDocument)
        self.add(licence, RDFS.label, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.title, Literal(LICENCE_NAME))
        self.add(licence, DCTERMS.identifier, Literal(LICENCE_ID))

    def contact(self, subject: URIRef) -> None:
        """Add whom to write to."""
        contact = add_contact(self.graph, self.view.contact, self.view.lang)
        self.add(subject, DCAT.contactPoint, contact)

    def themes(self, subject: URIRef) -> None:
        """Add the themes of the European list."""
        for code, label in _THEMES.items():
            theme = self.typed(subject, DCAT.theme, AUTHORITY[f"data-theme/{code}"], SKOS.Concept)
            self.add_text(theme, SKOS.prefLabel, label)

    def languages(self, subject: URIRef) -> None:
        """Add both languages."""
        for code in ("FRA", "ENG"):
            iri = AUTHORITY[f"language/{code}"]
            self.typed(subject, DCTERMS.language, iri, DCTERMS.LinguisticSystem)

    def open(self, subject: URIRef) -> None:
        """Say that it is open to all."""
        rights = AUTHORITY["access-right/PUBLIC"]
        self.typed(subject, DCTERMS.accessRights, rights, DCTERMS.RightsStatement)

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

    def keywords(self, subject: URIRef) -> None:
        """Add the words by which one finds it."""
        for word in _KEYWORDS[self.view.lang].split(", "):
            self.add(subject, DCAT.keyword, Literal(word, lang=self.view.lang))
