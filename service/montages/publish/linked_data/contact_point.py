"""Whom reusers of the data write to: a page, and an e-mail address where the setting gives one (L5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import RDF, Graph, Literal, Namespace, URIRef

from montages import settings
from montages.errors import UnusableInput
from montages.names import BASE, SELF_DESCRIPTION
from montages.store.licence import PUBLISHER_NAME

CONTACT = URIRef(BASE + "catalog#contact")
VCARD = Namespace(SELF_DESCRIPTION["vcard"])
_ADDRESS = re.compile(r"[^\s<>\"@:?&]+@[^\s<>\"@:?&]+\.[^\s<>\"@:?&.]+")


@dataclass(frozen=True)
class ContactPoint:
    """A page to write on, and an e-mail address; none where it is empty."""

    url: str
    email: str = ""


def contact_point() -> ContactPoint:
    """Return the contact that the settings give; raises UnusableInput for what is no e-mail address."""
    email = settings.get("contact_email").strip().removeprefix("mailto:")
    if email and not _ADDRESS.fullmatch(email):
        raise UnusableInput(
            f"MONTAGES_CONTACT_EMAIL : « {email} » n'est pas une adresse électronique (nom@domaine.fr). "
            "Corrigez-la, ou laissez-la vide : la page MONTAGES_CONTACT_URL suffit.",
            f"MONTAGES_CONTACT_EMAIL: “{email}” is no e-mail address (name@domain.org). Mend it, or leave it "
            "empty: the page MONTAGES_CONTACT_URL will do.",
        )
    return ContactPoint(settings.get("contact_url"), email)


def add_contact(graph: Graph, contact: ContactPoint, lang: str) -> URIRef:
    """Describe a contact in a graph, and return its node."""
    for kind in (VCARD.Kind, VCARD.Organization):
        graph.add((CONTACT, RDF.type, kind))
    graph.add((CONTACT, VCARD.fn, Literal(PUBLISHER_NAME[lang], lang=lang)))
    # data.gouv.fr reads the page under this name, which vCard spells otherwise.
    for predicate in (VCARD.hasURL, VCARD.hasUrl):
        graph.add((CONTACT, predicate, URIRef(contact.url)))
    if contact.email:
        graph.add((CONTACT, VCARD.hasEmail, URIRef(f"mailto:{contact.email}")))
    return CONTACT
