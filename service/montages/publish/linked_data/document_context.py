"""The context that documents are written with: that of descriptions, and how each term is compacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import RDF, RDFS, Literal
from rdflib.term import Node

from montages.knowledge.description_keys import jsonld_context as of_descriptions
from montages.publish.syntax.prefixes import JSON_LD_PREFIXES, split
from montages.publish.syntax.statements import Triple


def coercions(graphs: Iterable[Iterable[Triple]]) -> dict[str, str]:
    """Return what the values of each predicate always are: `@id` things, `@language` texts."""
    kinds_of: dict[str, set[str]] = {str(RDFS.label): {"@language"}}
    for graph in graphs:
        for _, predicate, thing in graph:
            kinds_of.setdefault(str(predicate), set()).add(_kind(thing))
    return {
        p: next(iter(kinds))
        for p, kinds in sorted(kinds_of.items())
        if len(kinds) == 1 and kinds != {""} and not p.startswith(str(RDF)) and _has_prefix(p)
    }


def document_context(coerced: Mapping[str, str]) -> dict[str, Any]:
    """Return the published context: a description in JSON or YAML and every document read by it."""
    terms: dict[str, Any] = dict(of_descriptions()["@context"])
    terms |= dict(sorted(JSON_LD_PREFIXES.items()))
    for predicate, kind in coerced.items():
        parts = split(predicate)
        assert parts is not None
        key = "@type" if kind == "@id" else "@container"
        terms[f"{parts[0]}:{parts[2]}"] = {"@id": predicate, key: kind}
    return {"@context": terms}


def inline_context(coerced: Mapping[str, str], used: Iterable[str]) -> dict[str, Any]:
    """Return a context in full for one document, of the prefixes and predicates that it uses."""
    names = set(used)
    prefixes = {
        parts[0] for name in names if (parts := split(name)) and parts[0] in JSON_LD_PREFIXES
    }
    terms: dict[str, Any] = {"id": "@id", "type": "@type"}
    terms |= {prefix: JSON_LD_PREFIXES[prefix] for prefix in sorted(prefixes)}
    for predicate, kind in coerced.items():
        if predicate in names and (parts := split(predicate)):
            key = "@type" if kind == "@id" else "@container"
            terms[f"{parts[0]}:{parts[2]}"] = {"@id": predicate, key: kind}
    return terms


def whole_context(
    triples: Iterable[Triple], coerced: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return a context in full for some triples, and the coercions it makes: theirs by default."""
    triples = list(triples)
    if coerced is None:
        coerced = coercions([triples])
    used: set[str] = set()
    for _, predicate, thing in triples:
        used |= {str(predicate), str(getattr(thing, "datatype", None) or thing)}
    return inline_context(coerced, used), coerced


def _has_prefix(predicate: str) -> bool:
    parts = split(predicate)
    return parts is not None and parts[0] in JSON_LD_PREFIXES


def _kind(thing: Node) -> str:
    if not isinstance(thing, Literal):
        return "@id"
    return "@language" if thing.language else ""
