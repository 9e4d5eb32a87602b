"""A tree of our keys as facts, by the published context alone: what a JSON-LD processor would read, sooner.

`parsing.keys_to_json_ld` has checked the keys already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.description.blank_nodes import name_blank_nodes
from montages.description.facts import BLANK, Facts, Term, numeric_properties, typed_literal
from montages.description.limits import check_count, check_number
from montages.description.parsing.key_values import items
from montages.description.well_formed import check_facts
from montages.knowledge.description_keys import jsonld_context, key_properties
from montages.names import MTG, PROJECT

_TYPE = str(RDF.type)
# The keys under which `parsing.keys_to_json_ld` writes nodes.
_NODES = ("holder", "layers", "asserts", "assumes")


@dataclass(frozen=True)
class KeyDefinition:
    """The definition of a key in the context: its property, and how its values are read."""

    property: str
    words_in: str | None
    language: str | None
    references: bool
    by_id: bool
    nodes: bool


@cache
def _keys() -> dict[str, KeyDefinition]:
    """Return the definition of each key of the context that has a property."""
    definitions, context = {}, jsonld_context()["@context"]
    for key, iri in key_properties().items():
        entry = context[key] if isinstance(context[key], dict) else {}
        definitions[key] = KeyDefinition(
            str(iri),
            words_in=entry["@context"][-1]["@vocab"] if "@context" in entry else None,
            language=entry.get("@language"),
            references=entry.get("@type") == "@id",
            by_id=entry.get("@container") == "@id",
            nodes=key in _NODES,
        )
    return definitions


def keys_to_facts(tree: dict[str, Any]) -> Facts:
    """Return the facts of a tree that `keys_to_json_ld` wrote; raises TooLarge or IllFormed."""
    facts = Facts()
    _node(tree, facts, count(1))
    check_count("max_triples", len(facts))
    check_facts(facts)
    return name_blank_nodes(facts)


def _node(tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> str:
    name = tree.get("@id")
    subject = f"{BLANK}b{next(blanks)}" if name is None else f"{PROJECT}{name}"
    _properties(subject, tree, facts, blanks)
    return subject


def _properties(subject: str, tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> None:
    definitions = _keys()
    for key, value in tree.items():
        if value is None or key in ("@id", "@context"):
            continue
        if key == "type":
            for item in items(value):
                facts.add(subject, _TYPE, f"{MTG}{item}")
            continue
        if key == "answers":  # they are the subject's own
            _properties(subject, value, facts, blanks)
            continue
        definition = definitions[key]
        if definition.by_id:
            for name, item in value.items():
                facts.add(subject, definition.property, _node({"@id": name, **item}, facts, blanks))
        else:
            for item in items(value):
                facts.add(subject, definition.property, _term(item, definition, facts, blanks))


def _term(value: Any, definition: KeyDefinition, facts: Facts, blanks: Iterator[int]) -> Term:
    numeric = definition.property in numeric_properties()
    if isinstance(value, dict):
        if definition.nodes:
            return _node(value, facts, blanks)
        return typed_literal(value["@value"], value["@type"], numeric)
    if isinstance(value, bool):
        return ox.Literal(value)
    if isinstance(value, (int, float, Decimal)):
        return _number(value, numeric)
    if definition.words_in is not None or definition.references:
        return f"{definition.words_in or PROJECT}{value}"
    return ox.Literal(value, language=definition.language)


def _number(value: float | Decimal, numeric: bool) -> ox.Literal:
    exact = Decimal(str(value))
    if exact.is_finite():
        check_number(exact)
        if exact == exact.to_integral_value():
            return ox.Literal(int(exact))
    # JSON-LD has no other numbers than binary ones.
    return typed_literal(repr(float(exact)), str(XSD.double), numeric)
