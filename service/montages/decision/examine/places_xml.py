"""Where each statement of an RDF/XML text stands, by the positions of its elements."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.parsers import expat

import pyoxigraph as ox
from rdflib import RDF

from montages.decision.examine.places import Index, Place, Places
from montages.decision.facts import BLANK, Term
from montages.decision.normal import numeric_properties, typed
from montages.names import PROJECT

_RDF, _XML = str(RDF), "http://www.w3.org/XML/1998/namespace"
_TYPE = str(RDF.type)


@dataclass
class _Element:
    """An open element: a node with its name, or a property of one."""

    node: str = ""
    property: str = ""
    subject: str = ""
    place: Place = field(default_factory=lambda: Place(1, 1))
    base: str = str(PROJECT)
    lang: str | None = None
    datatype: str | None = None
    text: list[str] = field(default_factory=list)
    said: bool = False
    inside: str = "nodes"


def places(text: str) -> Places:
    """Return the places of a text that a parser has read without error."""
    reader = _Reader()
    with suppress(expat.ExpatError, ValueError):
        reader.parser.Parse(text.encode(), True)
    return reader.index.places()


class _Reader:
    def __init__(self) -> None:
        self.index = Index()
        self.open = [_Element()]
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        above = self.open[-1]
        place = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        given = {_name(key): value for key, value in attributes.items()}
        base = urljoin(above.base, given.pop(f"{_XML}base", ""))
        lang = given.pop(f"{_XML}lang", above.lang)
        name = _name(tag)
        if name == f"{_RDF}RDF" and len(self.open) == 1:
            self.open.append(_Element(base=base, lang=lang))
        elif above.inside == "nodes":
            self.open.append(self._node(name, given, place, base, lang))
        else:
            self.open.append(self._property(name, given, place, base, lang))

    def _node(
        self, name: str, given: dict[str, str], place: Place, base: str, lang: str | None
    ) -> _Element:
        above = self.open[-1]
        node = self._named(given, base) or self.index.blank()
        self.index.subject(node, place)
        if name != f"{_RDF}Description":
            self.index.say(node, _TYPE, name, place, place)
        self._attributes(node, given, place, lang)
        if above.property:
            self.index.say(above.subject, above.property, node, above.place, place)
            above.said = True
        return _Element(node, place=place, base=base, lang=lang, inside="properties")

    def _property(
        self, name: str, given: dict[str, str], place: Place, base: str, lang: str | None
    ) -> _Element:
        subject = self.open[-1].node
        found = _Element("", name, subject, place, base, lang, given.pop(f"{_RDF}datatype", None))
        kind = given.pop(f"{_RDF}parseType", "")
        value = self._named(given, base)
        if kind == "Resource" or value is not None or given:
            value = value or self.index.blank()
            self.index.subject(value, place)
            self.index.say(subject, name, value, place, place)
            self._attributes(value, given, place, lang)
            found.said = True
            if kind == "Resource":
                found.node, found.inside = value, "properties"
        return found

    def _named(self, given: dict[str, str], base: str) -> str | None:
        about = given.pop(f"{_RDF}about", given.pop(f"{_RDF}resource", None))
        fragment, label = given.pop(f"{_RDF}ID", None), given.pop(f"{_RDF}nodeID", None)
        if about is not None:
            return urljoin(base, about)
        if fragment is not None:
            return urljoin(base, f"#{fragment}")
        return None if label is None else f"{BLANK}{label}"

    def _attributes(self, node: str, given: dict[str, str], place: Place, lang: str | None) -> None:
        for name, value in given.items():
            if name == _TYPE:
                self.index.say(node, name, value, place, place)
            elif ":" in name:
                self.index.say(node, name, _literal(value, None, lang, name), place, place)

    def end(self, tag: str) -> None:
        """Close an element."""
        closed = self.open.pop()
        if closed.property and not closed.said:
            text = "".join(closed.text)
            value = _literal(text, closed.datatype, closed.lang, closed.property)
            self.index.say(closed.subject, closed.property, value, closed.place, closed.place)

    def characters(self, data: str) -> None:
        """Keep the text of a property."""
        self.open[-1].text.append(data)


def _name(key: str) -> str:
    return key.replace("\n", "", 1)


def _literal(text: str, datatype: str | None, lang: str | None, prop: str) -> Term:
    if datatype:
        return typed(text, datatype, prop in numeric_properties())
    return ox.Literal(text, language=lang.lower()) if lang else ox.Literal(text)
