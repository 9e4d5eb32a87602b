"""One way of writing a value, whatever the syntax: whole numbers are xsd:integer (R30)."""

from __future__ import annotations

import warnings
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import XSD, Literal, URIRef

from montages.decision.facts import from_node
from montages.decision.limits import MOST_DIGITS
from montages.decision.literals import tame
from montages.errors import UnreadableInput
from montages.knowledge.rulebook import rulebook


@cache
def numeric_properties() -> frozenset[str]:
    """Return the properties whose values are numbers."""
    found = (c.numeric_property for c in rulebook().criteria.values())
    return frozenset(str(p) for p in found if p is not None)


def normal(value: Literal, prop: str) -> Literal:
    """Return a literal as descriptions hold it: plain text without type, language tags in lower case.

    Raises UnreadableInput for what no RDF text may hold: a language or a type without a proper name, half
    a character.
    """
    try:
        from_node(value)
    except ValueError as error:
        shown = str(value).encode(errors="replace").decode()
        raise UnreadableInput(
            f"« {shown} » : cette valeur ne peut être écrite en RDF ({error}). Corrigez sa langue, son "
            "type ou ses caractères.",
            f"“{shown}”: this value cannot be written in RDF ({error}). Correct its language, its type or "
            "its characters.",
        ) from error
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
        # Thousands of digits take seconds to write out, and are no answer either.
        if not exact.is_finite() or exact.adjusted() >= MOST_DIGITS:
            return Literal(str(value))
        if exact == exact.to_integral_value():
            return Literal(int(exact))
        return Literal(exact, datatype=XSD.decimal)
    return value


@lru_cache(maxsize=4096)
def typed(value: str, datatype: str, number: bool) -> ox.Literal:
    """Return a typed literal as rdflib writes it, and a number as `normal` does."""
    tame()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd literals are reported by the shapes
        node = Literal(value, datatype=URIRef(datatype))
    term = from_node(_whole(node) if number else node)
    assert isinstance(term, ox.Literal)
    return term
