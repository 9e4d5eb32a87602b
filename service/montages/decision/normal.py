"""One way of writing a value, whatever the syntax: whole numbers are xsd:integer (R30)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from montages.decision.facts import from_node
from montages.knowledge.rulebook import rulebook


@cache
def numeric_properties() -> frozenset[str]:
    """Return the properties whose values are numbers."""
    found = (c.numeric_property for c in rulebook().criteria.values())
    return frozenset(str(p) for p in found if p is not None)


def normal(value: Literal, prop: str) -> Literal:
    """Return a literal as descriptions hold it: plain text without type, language tags in lower case."""
    if value.language:
        return Literal(str(value), lang=value.language.lower())
    if value.datatype == XSD.string:
        return Literal(str(value))
    return _whole(value) if prop in numeric_properties() else value


def _whole(value: Literal) -> Literal:
    """Return a number as xsd:integer where it is whole, else as xsd:decimal; anything else as it is.

    What is no number (NaN, INF) becomes a text, for the shapes to tell: no validator compares it.
    """
    number = value.value
    if isinstance(number, (int, float, Decimal)) and not isinstance(number, bool):
        exact = Decimal(str(number))
        if not exact.is_finite():
            return Literal(str(value))
        if exact == exact.to_integral_value():
            return Literal(int(exact))
        return Literal(exact, datatype=XSD.decimal)
    return value


@lru_cache(maxsize=4096)
def typed(value: str, datatype: str, number: bool) -> ox.Literal:
    """Return a typed literal as rdflib writes it, and a number as `normal` does."""
    node = Literal(value, datatype=URIRef(datatype))
    term = from_node(_whole(node) if number else node)
    assert isinstance(term, ox.Literal)
    return term
