"""The representations of a thing, listed as W3C's negotiation by profile asks: its alternates profile."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import RDF, BNode, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from montages.names import MODULE, SELF_DESCRIPTION
from montages.publish.linked_data.formats import Format
from montages.publish.syntax.statements import Triple

ALTR = Namespace(SELF_DESCRIPTION["altr"])
# The names that `_profile` takes, and the profiles they stand for; the first is the default.
PROFILES = {"montages": str(MODULE["montages"]), "alt": "http://www.w3.org/ns/dx/connegp/altr"}
DEFAULT, ALTERNATES = PROFILES.values()
_BY_NAME = PROFILES | {uri: uri for uri in PROFILES.values()} | {f"{ALTERNATES}#": ALTERNATES}


def profile_named(word: str) -> str | None:
    """Return the profile that a name or an IRI stands for, None for one we do not have."""
    return _BY_NAME.get(word.strip().strip("<>"))


def alternates(iri: str, representations: Sequence[tuple[Format, str, str]]) -> list[Triple]:
    """Return the list of representations of a thing: format, profile, address; the first is the default."""
    subject = URIRef(iri)
    triples: list[Triple] = []
    for number, (form, profile, url) in enumerate(representations):
        node = BNode(f"representation-{number}")
        predicate = ALTR.hasRepresentation if number else ALTR.hasDefaultRepresentation
        triples += [
            (subject, predicate, node),
            (node, RDF.type, ALTR.Representation),
            (node, DCTERMS.conformsTo, URIRef(profile)),
            (node, DCTERMS.format, Literal(form.media_type)),
            (node, DCTERMS.source, URIRef(url)),
        ]
    return triples
