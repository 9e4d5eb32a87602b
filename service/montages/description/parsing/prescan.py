"""Limits on an RDF text, checked before a slow parser reads it: how much there is, how deep, how long.

Passing says nothing of the syntax: where a text cannot be read on, this stops, and the parser says why. Of
XML, the encoding that it says it is in is checked as well.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from montages import settings
from montages.bilingual import message
from montages.description.limits import (
    check_namespaces,
    check_text,
    most_triples,
    too_deep,
    too_many_triples,
)
from montages.description.parsing.syntax_errors import syntax_error
from montages.errors import UnreadableInput
from montages.names import PROJECT

_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
# Beyond this many bytes what the quick parser refuses is not read again by the slow one for its message.
_LARGE = 50_000


def prescan(text: str, syntax: str) -> None:
    """Raise TooLarge for an RDF text over the limits, UnreadableInput for a large one with an error."""
    check_namespaces(text, syntax)
    if syntax in _FORMATS:
        _scan_quads(text, syntax)
    elif syntax == "xml":
        _scan_elements(text)


def _scan_quads(text: str, syntax: str) -> None:
    count, most = 0, most_triples()
    try:
        for quad in ox.parse(text, format=_FORMATS[syntax], base_iri=str(PROJECT), lenient=True):
            count += 1
            if count > most:
                raise too_many_triples()
            for node in (quad.subject, quad.object):
                if type(node) in (ox.Literal, ox.NamedNode):
                    check_text(len(node.value))
    except (SyntaxError, ValueError, OSError) as error:
        if len(text) > _LARGE:
            line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
            raise syntax_error(syntax, line, column, getattr(error, "msg", str(error))) from error


def _scan_elements(text: str) -> None:
    check_xml_encoding(text)
    parser, counter = expat.ParserCreate("utf-8", " "), _XmlCounter()
    parser.StartElementHandler, parser.EndElementHandler = counter.start, counter.end
    parser.CharacterDataHandler = counter.text
    # Nothing declares entities here (`parse` refuses it), so nothing can expand.
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return


class _XmlCounter:
    """Counts elements and attributes, how deep they are and how long the text in them is."""

    def __init__(self) -> None:
        self.count, self.depth, self.length = 0, 0, 0
        # In RDF/XML a node and a property take turns: two elements a level.
        self.most, self.deepest = 2 * most_triples(), 2 * settings.number("max_depth") + 1

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        """Count an element."""
        self.depth, self.length = self.depth + 1, 0
        self.count += 1 + len(attributes)
        for value in attributes.values():
            check_text(len(value))
        if self.count > self.most:
            raise too_many_triples()
        if self.depth > self.deepest:
            raise too_deep()

    def end(self, name: str) -> None:
        """Leave an element."""
        self.depth, self.length = self.depth - 1, 0

    def text(self, data: str) -> None:
        """Count characters."""
        self.length += len(data)
        check_text(self.length)


# What an XML text says it is in: only an encoding in which its bytes read the same is taken.
_ENCODING = re.compile(r"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
# Of these, a text in ASCII reads the same.
_LIKE_ASCII = re.compile(r"us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d")


def check_xml_encoding(text: str) -> None:
    """Raise UnreadableInput for XML that says it is in an encoding in which its bytes read otherwise."""
    declared = _ENCODING.match(text)
    if declared is None or declared[1].lower() == "utf-8":
        return
    if not (text.isascii() and _LIKE_ASCII.fullmatch(declared[1].lower())):
        name = declared[1][:40]
        raise UnreadableInput(
            message(
                'The XML says it is in {name}. Save it as UTF-8, and say encoding="UTF-8".',
                name=name,
            )
        )
