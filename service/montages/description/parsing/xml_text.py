"""An RDF/XML text checked before it is parsed: its XML, how much there is, how deep, how long."""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from montages import settings
from montages.bilingual import message
from montages.description.limits import check_text, most_triples, too_deep, too_many_triples
from montages.description.parsing.syntax_errors import syntax_error
from montages.errors import UnreadableInput


class XmlLines:
    """A text that is read a line at a time: where the reader stops, the fault is in the line it had last."""

    def __init__(self, text: str) -> None:
        self.number, self._lines = 0, text.encode().splitlines(keepends=True)

    def read(self, size: int) -> bytes:
        """Return the next line, or so much of it."""
        if self.number >= len(self._lines):
            return b""
        line = self._lines[self.number]
        self._lines[self.number] = line[size:]
        self.number += len(line) <= size
        return line[:size]


def checked_xml(text: str) -> XmlLines:
    """Return a text with line ends as XML reads them; raises UnreadableInput with the place, or TooLarge."""
    if re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise UnreadableInput(message("DOCTYPE and ENTITY declarations are refused in RDF/XML."))
    check_xml_encoding(text)
    parser, counter = expat.ParserCreate("utf-8", " "), _XmlCounter()
    parser.StartElementHandler, parser.EndElementHandler = counter.start, counter.end
    parser.CharacterDataHandler = counter.text
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        detail = expat.ErrorString(error.code) or str(error)
        raise syntax_error("RDF/XML", error.lineno, error.offset + 1, detail) from error
    return XmlLines(text.replace("\r\n", "\n").replace("\r", "\n"))


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
