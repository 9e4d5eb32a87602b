"""The names of the project: one base, its namespaces, and how a slug becomes an IRI."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from rdflib import Namespace, URIRef
from rdflib.term import Node

BASE = "https://w3id.org/montages/"

MTG = Namespace(BASE + "def/")
MODULE = Namespace(BASE + "module/")
SHAPE = Namespace(BASE + "shape/")
REQUIREMENT = Namespace(BASE + "requirement/")
COMPILED = Namespace(BASE + "compiled/")
# The graphs of the compiled rules, each named after the first day of its period.
COMPILED_RULES = Namespace(MODULE + "compiled/")
QUERY = Namespace(BASE + "query/")
ID = Namespace(BASE + "id/")
PROJECT = Namespace(BASE + "id/project/")

# The prefixes of our own things.
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
    "provision-version": Namespace(ID + "provision-version/"),
    "document": Namespace(ID + "document/"),
    "threshold": Namespace(ID + "threshold/"),
    "attention": Namespace(ID + "attention/"),
    "prohibition": Namespace(ID + "prohibition/"),
    "proviso": Namespace(ID + "proviso/"),
    "definition": Namespace(ID + "definition/"),
    "qualification": Namespace(ID + "qualification/"),
    "panel": Namespace(ID + "panel/"),
    "presumption": Namespace(ID + "presumption/"),
    "question-note": Namespace(ID + "question-note/"),
    "incoherence": Namespace(ID + "incoherence/"),
    "project": PROJECT,
}

# Those of others that our data use; the names are those that prefix.cc gives them.
VOCABULARIES = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Those in which the service describes itself: its catalogue, its endpoint, its queries, its problems.
SELF_DESCRIPTION = {
    "altr": "http://www.w3.org/ns/dx/connegp/altr#",
    "dcatap": "http://data.europa.eu/r5r/",
    "http": "http://www.w3.org/2011/http#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
# Those of vocabularies that ours are aligned with: people read them, documents give their terms in full.
ALIGNED = {
    "epo": "http://data.europa.eu/a4g/ontology#",
    "eu": "http://publications.europa.eu/resource/authority/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "igeo": "http://rdf.insee.fr/def/geo#",
    "insee-cj": "http://id.insee.fr/codes/cj/n3/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "saref": "https://saref.etsi.org/core/",
    "sosa": "http://www.w3.org/ns/sosa/",
    "ssn": "http://www.w3.org/ns/ssn/",
}


def iris(nodes: Iterable[Node]) -> list[URIRef]:
    """Return the IRIs among some nodes, sorted."""
    return sorted(node for node in nodes if isinstance(node, URIRef))


def slug(iri: str) -> str:
    """Return the last segment of an IRI: `…/id/contract/mpgp` gives `mpgp`."""
    return str(iri).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def slugify(name: str) -> str:
    """Return a name as a slug: lower case, no accents, hyphens; `projet` where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "projet"


def kebab(name: str) -> str:
    """Return a lowerCamel term name as the key people type: `durationMonths` gives `duration-months`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()


@cache
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
