"""Our keys to facts, by the published context alone: what a JSON-LD processor would read, sooner.

`decision.keys` has checked the keys already. A tree that holds anything a context could read in more
than one way is left to the JSON-LD processor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.decision.facts import BLANK, Facts, Term
from montages.decision.fast.unusual import Unusual
from montages.decision.normal import numeric_properties, typed
from montages.knowledge.context import context
from montages.names import MTG, PROJECT

_TYPE = str(RDF.type)
_BOOLEAN, _INTEGER, _DECIMAL = (
    ox.NamedNode(str(XSD[name])) for name in ("boolean", "integer", "decimal")
)
# The keys under which `decision.keys` writes nodes; an object anywhere else is someone's own JSON-LD.
_NODES = ("holder", "layers", "asserts", "assumes")
_DATES = frozenset(str(XSD[name]) for name in ("gYear", "gYearMonth", "date"))
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(#[A-Za-z0-9_-]+)?")


@dataclass(frozen=True)
class Key:
    """What the context says of one key: its property, and how its values are read."""

    property: str
    words_in: str | None = None
    language: str | None = None
    references: bool = False
    by_id: bool = False
    nested: bool = False
    nodes: bool = False


@cache
def _keys() -> dict[str, Key]:
    """Return what each key of the context means."""
    found = {}
    for name, said in context()["@context"].items():
        if name.startswith("@") or said in ("@id", "@type"):
            continue
        if said == "@nest":
            found[name] = Key("", nested=True)
        elif isinstance(said, str):
            found[name] = Key(said)
        elif said.get("@type") == "@vocab":
            found[name] = Key(said["@id"], words_in=said["@context"][-1]["@vocab"])
        else:
            found[name] = Key(
                said["@id"],
                language=said.get("@language"),
                references=said.get("@type") == "@id",
                by_id=said.get("@container") == "@id",
            )
    for name in _NODES:
        found[name] = replace(found[name], nodes=True)
    return found


def facts_of(tree: dict[str, Any]) -> Facts:
    """Return the facts of a tree that `keys.to_json_ld` wrote; raises Unusual for what is not plain."""
    facts = Facts()
    try:
        _node(tree, facts, [0])
    except ValueError as error:  # half a character, which no literal holds
        raise Unusual from error
    return facts


def _node(tree: dict[str, Any], facts: Facts, blanks: list[int]) -> str:
    name = tree.get("@id")
    if name is None:
        blanks[0] += 1
        subject = f"{BLANK}b{blanks[0]}"
        facts.has_blank = True
    else:
        subject = _reference(name)
    _properties(subject, tree, facts, blanks)
    return subject


def _properties(subject: str, tree: dict[str, Any], facts: Facts, blanks: list[int]) -> None:
    known = _keys()
    for key, value in tree.items():
        if value is None or key in ("@id", "@context"):
            continue
        if key == "type":
            for item in _listed(value):
                word = _word(item)
                if word in context()["@context"]:  # a key where a class is wanted
                    raise Unusual
                facts.add(subject, _TYPE, str(MTG) + word)
            continue
        meaning = known.get(key)
        if meaning is None:
            raise Unusual
        if meaning.nested:
            _properties(subject, value, facts, blanks)
        elif meaning.by_id:
            for name, item in value.items():
                facts.add(subject, meaning.property, _node({"@id": name, **item}, facts, blanks))
        else:
            for item in _listed(value):
                facts.add(subject, meaning.property, _term(item, meaning, facts, blanks))


def _listed(value: Any) -> Iterator[Any]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list):
            raise Unusual
        if item is not None:
            yield item


def _word(value: Any) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise Unusual
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise Unusual
    return str(PROJECT) + value


def _term(value: Any, meaning: Key, facts: Facts, blanks: list[int]) -> Term:
    if isinstance(value, dict):
        return _described(value, meaning, facts, blanks)
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=_BOOLEAN)
    if isinstance(value, (int, float, Decimal)):
        return _number(value, meaning)
    if not isinstance(value, str):
        raise Unusual
    if meaning.words_in is not None:
        return meaning.words_in + _word(value)
    if meaning.references:
        return _reference(value)
    if meaning.language:
        return ox.Literal(value, language=meaning.language)
    return ox.Literal(value)


def _described(value: dict[str, Any], meaning: Key, facts: Facts, blanks: list[int]) -> Term:
    if meaning.nodes:
        return _node(value, facts, blanks)
    if meaning.words_in or meaning.references or meaning.language:
        raise Unusual
    text, datatype = value.get("@value"), value.get("@type")
    if len(value) != 2 or not isinstance(text, str) or datatype not in _DATES:
        raise Unusual
    return typed(text, datatype, meaning.property in numeric_properties())


def _number(value: float | Decimal, meaning: Key) -> ox.Literal:
    exact = Decimal(str(value))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=_INTEGER)
    if meaning.property not in numeric_properties() or not exact.is_finite():
        raise Unusual
    if exact == exact.to_integral_value():
        return ox.Literal(str(int(exact)), datatype=_INTEGER)
    # The ordinary reader goes through a binary number: what that would change is left to it.
    if Decimal(str(float(exact))) != exact or "E" in str(exact):
        raise Unusual
    return ox.Literal(str(exact.normalize()), datatype=_DECIMAL)
