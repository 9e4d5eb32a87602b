"""The prefixes that documents are written with: ours, and those of the vocabularies we use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from montages.names import ID, MODULE, MTG, PREFIXES, SHAPE

# Of others; the names are those that prefix.cc gives them.
VOCABULARIES = {
    "adms": "http://www.w3.org/ns/adms#",
    "altr": "http://www.w3.org/ns/dx/connegp/altr#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "http": "http://www.w3.org/2011/http#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Terms, shapes and modules: prefixes that are no key of a description in JSON.
OURS = {"mtg": str(MTG), "mtgsh": str(SHAPE), "module": str(MODULE)}

_ALL = VOCABULARIES | {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in _ALL.items()}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w-]*[\w])?", re.ASCII)
_THING = re.compile(re.escape(str(ID)) + r"([a-z][a-z0-9-]*)/")


def split(iri: str) -> tuple[str, str, str] | None:
    """Return the prefix, the namespace and the local name of an IRI; None where it has none."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    namespace, local = iri[:cut], iri[cut:]
    if not _LOCAL.fullmatch(local):
        return None
    prefix = _BY_NAMESPACE.get(namespace)
    if prefix is None and (thing := _THING.fullmatch(namespace)):
        prefix = thing[1]
    return None if prefix is None else (prefix, namespace, local)


def short(iri: str, used: dict[str, str]) -> str | None:
    """Return an IRI as `prefix:name` and note the prefix as used; None where it has no prefix."""
    found = split(iri)
    if found is None:
        return None
    used[found[0]] = found[1]
    return f"{found[0]}:{found[2]}"


def known(iris: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that some IRIs use."""
    used: dict[str, str] = {}
    for iri in iris:
        short(iri, used)
    return dict(sorted(used.items()))
