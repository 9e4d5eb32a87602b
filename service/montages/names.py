"""The names of the project: one base, its namespaces, and how a slug becomes an IRI."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rdflib import Namespace, URIRef
from rdflib.term import Node

BASE = "https://w3id.org/montages/"

MTG = Namespace(BASE + "def/")
MODULE = Namespace(BASE + "module/")
SHAPE = Namespace(BASE + "shape/")
REQUIREMENT = Namespace(BASE + "requirement/")
COMPILED = Namespace(BASE + "compiled/")
QUERY = Namespace(BASE + "query/")
ID = Namespace(BASE + "id/")
PROJECT = Namespace(BASE + "id/project/")

PREFIXES = {
    "mtg": MTG,
    "mtgsh": SHAPE,
    "mtgc": COMPILED,
    "module": MODULE,
    "requirement": REQUIREMENT,
    "contract": Namespace(ID + "contract/"),
    "procedure": Namespace(ID + "procedure/"),
    "channel": Namespace(ID + "channel/"),
    "vehicle": Namespace(ID + "vehicle/"),
    "activity": Namespace(ID + "activity/"),
    "criterion": Namespace(ID + "criterion/"),
    "scheme": Namespace(ID + "scheme/"),
    "layer": Namespace(ID + "layer/"),
    "layer-group": Namespace(ID + "layer-group/"),
    "usage": Namespace(ID + "usage/"),
    "lever": Namespace(ID + "lever/"),
    "matrix": Namespace(ID + "matrix/"),
    "sheet": Namespace(ID + "sheet/"),
    "clause": Namespace(ID + "clause/"),
    "document": Namespace(ID + "document/"),
    "threshold": Namespace(ID + "threshold/"),
    "attention": Namespace(ID + "attention/"),
    "project": PROJECT,
}


def iris(nodes: Iterable[Node]) -> list[URIRef]:
    """Return the IRIs among some nodes, sorted."""
    return sorted(node for node in nodes if isinstance(node, URIRef))


def slug(iri: str) -> str:
    """Return the last segment of an IRI: `…/id/contract/mpgp` gives `mpgp`."""
    return str(iri).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def kebab(name: str) -> str:
    """Return a lowerCamel term name as the key people type: `durationMonths` gives `duration-months`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


def camel(key: str) -> str:
    """Return the lowerCamel term name of a key: the inverse of `kebab`."""
    head, *rest = key.split("-")
    return head + "".join(part.capitalize() for part in rest)


def compiled(role: str, name: str) -> URIRef:
    """Return the IRI of a compiled class: `compiled("Satisfied", "mpgp-public-funding")`."""
    return COMPILED[f"{role}-{name}"]


def compact(iri: str) -> str:
    """Return an IRI with its usual prefix, for proofs and messages that people read."""
    best = max(
        ((p, str(ns)) for p, ns in PREFIXES.items() if str(iri).startswith(str(ns))),
        key=lambda pair: len(pair[1]),
        default=None,
    )
    return f"{best[0]}:{str(iri)[len(best[1]) :]}" if best else str(iri)
