"""The context that documents are written with: that of descriptions, and how each term is compacted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, RDFS, Literal
from rdflib.term import Node

from montages.knowledge.description_keys import jsonld_context as of_descriptions
from montages.publish.syntax.prefixes import JSON_LD_PREFIXES, split, vocabulary_term
from montages.publish.syntax.statements import Triple


@dataclass(frozen=True)
class Context:
    """A JSON-LD context: what goes under `@context`, and its coercions by predicate."""

    reference: Any
    coercions: Mapping[str, str]


def coercions(triples: Iterable[Triple]) -> dict[str, str]:
    """Return what the values of each predicate always are: `@id` things, `@language` texts."""
    kinds_of: dict[str, set[str]] = {str(RDFS.label): {"@language"}}
    for _, predicate, thing in triples:
        kinds_of.setdefault(str(predicate), set()).add(_kind(thing))
    return {
        p: next(iter(kinds))
        for p, kinds in sorted(kinds_of.items())
        if len(kinds) == 1
        and kinds != {""}
        and not p.startswith(str(RDF))
        and vocabulary_term(p) != p
    }


def document_context(coerced: Mapping[str, str]) -> dict[str, Any]:
    """Return the published context: a description in JSON or YAML and every document read by it."""
    terms = dict(of_descriptions()["@context"]) | dict(sorted(JSON_LD_PREFIXES.items()))
    return {"@context": terms | _terms(coerced)}


def whole_context(triples: Iterable[Triple], coerced: Mapping[str, str] | None = None) -> Context:
    """Return a context of the prefixes and predicates of some triples; without its coercions, theirs."""
    triples = list(triples)
    if coerced is None:
        coerced = coercions(triples)
    used: set[str] = set()
    for _, predicate, thing in triples:
        used |= {str(predicate), str(getattr(thing, "datatype", None) or thing)}
    prefixes = {parts[0] for name in used if (parts := split(name))}
    terms = {"id": "@id", "type": "@type"}
    terms |= {p: JSON_LD_PREFIXES[p] for p in sorted(prefixes) if p in JSON_LD_PREFIXES}
    return Context(terms | _terms({p: kind for p, kind in coerced.items() if p in used}), coerced)


def _terms(coerced: Mapping[str, str]) -> dict[str, Any]:
    return {
        vocabulary_term(predicate): {
            "@id": predicate,
            "@type" if kind == "@id" else "@container": kind,
        }
        for predicate, kind in coerced.items()
    }


def _kind(thing: Node) -> str:
    if not isinstance(thing, Literal):
        return "@id"
    return "@language" if thing.language else ""
