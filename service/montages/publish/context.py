"""The context that documents are written with: that of descriptions, and how each term is compacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import RDF, RDFS, Literal
from rdflib.term import Node

from montages.knowledge.context import context as of_descriptions
from montages.publish.syntax.prefixes import OURS, VOCABULARIES, split
from montages.publish.syntax.statements import Triple

_PREFIXES = VOCABULARIES | OURS


def coercions(graphs: Iterable[Iterable[Triple]]) -> dict[str, str]:
    """Return what the values of each predicate always are: `@id` things, `@language` texts."""
    found: dict[str, set[str]] = {str(RDFS.label): {"@language"}}
    for graph in graphs:
        for _, predicate, thing in graph:
            found.setdefault(str(predicate), set()).add(_kind(thing))
    return {
        p: next(iter(kinds))
        for p, kinds in sorted(found.items())
        if len(kinds) == 1 and kinds != {""} and not p.startswith(str(RDF)) and _named(p)
    }


def document_context(coerced: Mapping[str, str]) -> dict[str, Any]:
    """Return the published context: a description in JSON or YAML and every document read by it."""
    terms: dict[str, Any] = dict(of_descriptions()["@context"])
    terms |= dict(sorted(_PREFIXES.items()))
    for predicate, kind in coerced.items():
        found = split(predicate)
        assert found is not None
        key = "@type" if kind == "@id" else "@container"
        terms[f"{found[0]}:{found[2]}"] = {"@id": predicate, key: kind}
    return {"@context": terms}


def inline_context(coerced: Mapping[str, str], used: Iterable[str]) -> dict[str, Any]:
    """Return a context in full for one document, of the prefixes and predicates that it uses."""
    names = set(used)
    prefixes = {found[0] for name in names if (found := split(name)) and found[0] in _PREFIXES}
    terms: dict[str, Any] = {"id": "@id", "type": "@type"}
    terms |= {prefix: _PREFIXES[prefix] for prefix in sorted(prefixes)}
    for predicate, kind in coerced.items():
        if predicate in names and (found := split(predicate)):
            key = "@type" if kind == "@id" else "@container"
            terms[f"{found[0]}:{found[2]}"] = {"@id": predicate, key: kind}
    return terms


def whole_context(
    triples: Iterable[Triple], coerced: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return a context in full for some triples, and the coercions it makes: theirs by default."""
    said = list(triples)
    found = coercions([said]) if coerced is None else coerced
    used: set[str] = set()
    for _, predicate, thing in said:
        used |= {str(predicate), str(getattr(thing, "datatype", None) or thing)}
    return inline_context(found, used), found


def _named(predicate: str) -> bool:
    found = split(predicate)
    return found is not None and found[0] in _PREFIXES


def _kind(thing: Node) -> str:
    if not isinstance(thing, Literal):
        return "@id"
    return "@language" if thing.language else ""
