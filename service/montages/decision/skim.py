"""Look over a text before a slow parser reads it: how much there is, how deep, how long.

It never says that a text is right: where it cannot read on it stops, and the parser says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from montages import settings
from montages.decision.limits import check_text, more_triples, most_triples, too_deep
from montages.errors import UnreadableInput
from montages.names import PROJECT

_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
# Beyond this many bytes what the quick parser refuses is not read again by the slow one for its message.
_LARGE = 50_000

Broken = Callable[[str, int | None, int | None, str], UnreadableInput]


def skim(text: str, syntax: str, broken: Broken) -> None:
    """Raise TooLarge for an RDF text over the limits; `broken` makes the error for a large faulty one."""
    if syntax in _FORMATS:
        _quads(text, syntax, broken)
    elif syntax == "xml":
        _elements(text)


def _quads(text: str, syntax: str, broken: Broken) -> None:
    count, most = 0, most_triples()
    try:
        for quad in ox.parse(text, format=_FORMATS[syntax], base_iri=str(PROJECT), lenient=True):
            count += 1
            if count > most:
                raise more_triples()
            for node in (quad.subject, quad.object):
                if type(node) in (ox.Literal, ox.NamedNode):
                    check_text(len(node.value))
    except (SyntaxError, ValueError, OSError) as error:
        if len(text) > _LARGE:
            line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
            raise broken(syntax, line, column, getattr(error, "msg", str(error))) from error


def _elements(text: str) -> None:
    parser, seen = expat.ParserCreate(namespace_separator=" "), _Seen()
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler = seen.text
    # Nothing declares entities here (`parse` refuses it), so nothing can expand.
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return


class _Seen:
    """How many elements and attributes there were, how deep, and how long the text in them was."""

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
            raise more_triples()
        if self.depth > self.deepest:
            raise too_deep()

    def end(self, name: str) -> None:
        """Leave an element."""
        self.depth, self.length = self.depth - 1, 0

    def text(self, data: str) -> None:
        """Count characters."""
        self.length += len(data)
        check_text(self.length)
