"""A tree of our keys as facts, by the published context alone: what a JSON-LD processor would read, sooner.

`parsing.keys_to_json_ld` has checked the keys already. A tree that holds anything a context could
read in more than one way is left to the JSON-LD processor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.description.facts import BLANK, Facts, Term
from montages.description.literals import numeric_properties, typed_literal
from montages.errors import Unsupported
from montages.knowledge.description_keys import jsonld_context, key_properties
from montages.names import MTG, PROJECT

_TYPE = str(RDF.type)
_BOOLEAN, _INTEGER, _DECIMAL = (
    ox.NamedNode(str(XSD[name])) for name in ("boolean", "integer", "decimal")
)
# The keys under which `parsing.keys_to_json_ld` writes nodes; an object elsewhere is someone's own JSON-LD.
_NODES = ("holder", "layers", "asserts", "assumes")
_DATES = frozenset(str(XSD[name]) for name in ("gYear", "gYearMonth", "date"))
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(#[A-Za-z0-9_-]+)?")


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
    """Return the facts of a tree that `keys_to_json_ld` wrote; raises Unsupported for what is not plain."""
    facts = Facts()
    try:
        _node(tree, facts, count(1))
    except ValueError as error:  # half a character, which no literal holds
        raise Unsupported from error
    return facts


def _node(tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> str:
    name = tree.get("@id")
    if name is None:
        subject = f"{BLANK}b{next(blanks)}"
        facts.has_blank = True
    else:
        subject = _reference(name)
    _properties(subject, tree, facts, blanks)
    return subject


def _properties(subject: str, tree: dict[str, Any], facts: Facts, blanks: Iterator[int]) -> None:
    definitions = _keys()
    for key, value in tree.items():
        if value is None or key in ("@id", "@context"):
            continue
        if key == "type":
            for item in _items(value):
                word = _word(item)
                if word in jsonld_context()["@context"]:  # a key where a class is wanted
                    raise Unsupported
                facts.add(subject, _TYPE, str(MTG) + word)
            continue
        if key == "answers":  # they are the subject's own
            _properties(subject, value, facts, blanks)
            continue
        definition = definitions.get(key)
        if definition is None:
            raise Unsupported
        if definition.by_id:
            for name, item in value.items():
                facts.add(subject, definition.property, _node({"@id": name, **item}, facts, blanks))
        else:
            for item in _items(value):
                facts.add(subject, definition.property, _term(item, definition, facts, blanks))


def _items(value: Any) -> Iterator[Any]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            raise Unsupported
        if item is not None:
            yield item


def _word(value: Any) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise Unsupported
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise Unsupported
    return str(PROJECT) + value


def _term(value: Any, definition: KeyDefinition, facts: Facts, blanks: Iterator[int]) -> Term:
    if isinstance(value, dict):
        return _object(value, definition, facts, blanks)
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=_BOOLEAN)
    if isinstance(value, (int, float, Decimal)):
        return _number(value, definition)
    if not isinstance(value, str):
        raise Unsupported
    if definition.words_in is not None:
        return definition.words_in + _word(value)
    if definition.references:
        return _reference(value)
    if definition.language:
        return ox.Literal(value, language=definition.language)
    return ox.Literal(value)


def _object(
    value: dict[str, Any], definition: KeyDefinition, facts: Facts, blanks: Iterator[int]
) -> Term:
    if definition.nodes:
        return _node(value, facts, blanks)
    if definition.words_in or definition.references or definition.language:
        raise Unsupported
    text, datatype = value.get("@value"), value.get("@type")
    if len(value) != 2 or not isinstance(text, str) or datatype not in _DATES:
        raise Unsupported
    return typed_literal(text, datatype, definition.property in numeric_properties())


def _number(value: float | Decimal, definition: KeyDefinition) -> ox.Literal:
    exact = Decimal(str(value))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=_INTEGER)
    if definition.property not in numeric_properties() or not exact.is_finite():
        raise Unsupported
    if exact == exact.to_integral_value():
        return ox.Literal(str(int(exact)), datatype=_INTEGER)
    # The ordinary reader goes through a binary number: what that would change is left to it.
    if Decimal(str(float(exact))) != exact or "E" in str(exact):
        raise Unsupported
    return ox.Literal(str(exact.normalize()), datatype=_DECIMAL)
