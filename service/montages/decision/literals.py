"""Typed values that rdflib would take too much trouble over are kept as they are written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from rdflib import RDF, XSD, URIRef
from rdflib.term import XSDToPython, bind


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
        for datatype, reader in _READERS.items():
            bind(datatype, AsWritten if reader is AsWritten else Decimal, reader)
            XSDToPython[datatype] = reader  # each run of owlrl puts the readers of this table back
    finally:
        log.setLevel(level)


def _decimal(text: str) -> Decimal:
    if "e" in text.lower():
        raise ValueError(f"{text[:40]!r} is no xsd:decimal")
    return Decimal(text)


_READERS: dict[URIRef, Callable[[str], str | Decimal]] = {
    RDF.HTML: AsWritten,
    RDF.XMLLiteral: AsWritten,
    XSD.decimal: _decimal,
}
