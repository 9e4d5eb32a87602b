"""Typed values that rdflib would take too much trouble over are kept as they are written."""

from __future__ import annotations

import logging
from decimal import Decimal
from functools import cache

from rdflib import RDF, XSD
from rdflib.term import bind


class AsWritten(str):
    """A marked-up text: never parsed."""

    __slots__ = ()


@cache
def tame() -> None:
    """Make rdflib read no markup inside a value, and no xsd:decimal with an exponent, which is none.

    Parsed HTML takes seconds for a few kilobytes, and `1E+999999999` as many digits when it is written out.
    """
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.ERROR)  # it warns that there was another reader
    try:
        bind(RDF.HTML, AsWritten)
        bind(RDF.XMLLiteral, AsWritten)
        bind(XSD.decimal, Decimal, _decimal)
    finally:
        log.setLevel(level)


def _decimal(text: str) -> Decimal:
    if "e" in text.lower():
        raise ValueError(f"{text[:40]!r} is no xsd:decimal")
    return Decimal(text)
