"""The prefixes that documents are written with: ours, and those of the vocabularies we use."""

from __future__ import annotations

import re

from montages.names import ID, PREFIXES, SELF_DESCRIPTION, VOCABULARIES

# Those of JSON-LD: of ours, terms, shapes and modules, the only ones that are no key of a description.
_OURS = {name: str(PREFIXES[name]) for name in ("mtg", "mtgsh", "module")}
_EVERY_OF_JSON_LD = VOCABULARIES | SELF_DESCRIPTION | _OURS
# The schemes of the addresses we write. A term of that name would be taken for a prefix in each of them,
# and a JSON-LD processor refuses to compact such an address (“IRI confused with prefix”).
SCHEMES = ("http", "https", "mailto", "urn")
JSON_LD_PREFIXES = {name: ns for name, ns in _EVERY_OF_JSON_LD.items() if name not in SCHEMES}

_EVERY = VOCABULARIES | SELF_DESCRIPTION | PREFIXES
_BY_NAMESPACE = {str(namespace): name for name, namespace in _EVERY.items()}
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
    parts = split(iri)
    if parts is None:
        return None
    used[parts[0]] = parts[1]
    return f"{parts[0]}:{parts[2]}"


def vocabulary_term(iri: str) -> str:
    """Return a term of a vocabulary as JSON-LD writes it, `prefix:name`; any other IRI in full."""
    parts = split(iri)
    return f"{parts[0]}:{parts[2]}" if parts and parts[0] in JSON_LD_PREFIXES else iri
