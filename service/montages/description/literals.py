"""Literals in one form, whatever the syntax they come from: whole numbers are xsd:integer (R30)."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import XSDToPython, bind

from montages.description.facts import Triple, from_node
from montages.description.limits import MOST_DIGITS
from montages.knowledge.rulebook import rulebook

_STRING = str(XSD.string)
# Literals of more characters are read anew each time, so that what is held is bounded.
_REMEMBERED = 300


@cache
def numeric_properties() -> frozenset[str]:
    """Return the properties whose values are numbers."""
    properties = (c.numeric_property for c in rulebook().criteria.values())
    return frozenset(str(p) for p in properties if p is not None)


def _normalize_number(value: Literal) -> Literal:
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


def typed_literal(value: str, datatype: str, number: bool) -> ox.Literal:
    """Return a typed literal as rdflib writes it, and a number as `normalize_literal` does."""
    long = len(value) + len(datatype) > _REMEMBERED
    return (_typed_literal if long else _remembered_literal)(value, datatype, number)


def _typed_literal(value: str, datatype: str, number: bool) -> ox.Literal:
    bind_literal_readers()
    with silent_terms(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd literals are reported by the shapes
        node = Literal(value, datatype=URIRef(datatype))
    term = from_node(_normalize_number(node) if number else node)
    assert isinstance(term, ox.Literal)
    return term


_remembered_literal = lru_cache(maxsize=4096)(_typed_literal)


def normalize_literal(value: ox.Literal, prop: str) -> ox.Literal:
    """Return a literal as descriptions hold it: language tags in lower case, numbers in one form."""
    if value.language is not None:
        tag = value.language.lower()
        return value if tag == value.language else ox.Literal(value.value, language=tag)
    datatype = value.datatype.value
    if datatype == _STRING:
        return value
    return typed_literal(value.value, datatype, prop in numeric_properties())


def in_one_form(triple: Triple) -> Triple:
    """Return a triple with its literal, if it has one, as descriptions hold it."""
    s, p, o = triple
    return (s, p, normalize_literal(o, p)) if isinstance(o, ox.Literal) else triple


class UnparsedMarkup(str):
    """A text with markup, which is never parsed."""

    __slots__ = ()


@cache
def bind_literal_readers() -> None:
    """Make rdflib read no markup inside a value, and no xsd:decimal with an exponent, which is none.

    Parsed HTML takes seconds for a few kilobytes, and `1E+999999999` as many digits when it is written out.
    """
    with silent_terms():  # it warns that there was another reader
        for datatype, reader in _READERS.items():
            bind(datatype, UnparsedMarkup if reader is UnparsedMarkup else Decimal, reader)
            XSDToPython[datatype] = reader  # each run of owlrl puts the readers of this table back


@contextmanager
def silent_terms() -> Iterator[None]:
    """Have rdflib log nothing of odd terms: what is wrong with them is told to who sent them."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


def _decimal(text: str) -> Decimal:
    if "e" in text.lower():
        raise ValueError(f"{text[:40]!r} is no xsd:decimal")
    return Decimal(text)


_READERS: dict[URIRef, Callable[[str], str | Decimal]] = {
    RDF.HTML: UnparsedMarkup,
    RDF.XMLLiteral: UnparsedMarkup,
    XSD.decimal: _decimal,
}
