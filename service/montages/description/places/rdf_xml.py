"""The places of the statements of an RDF/XML text, by the positions of its elements."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

import pyoxigraph as ox
from rdflib import RDF

from montages.description.facts import BLANK, Term
from montages.description.literals import numeric_properties, typed_literal
from montages.description.places.place_index import Place, PlaceIndex, Places, resolved
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
    has_value: bool = False
    inside: str = "nodes"


def xml_places(text: str) -> Places:
    """Return the places of a text that a parser has read without error."""
    reader = _XmlReader()
    with suppress(expat.ExpatError, ValueError):
        reader.parser.Parse(text.encode(), True)
    return reader.index.places()


class _XmlReader:
    def __init__(self) -> None:
        self.index = PlaceIndex()
        self.open = [_Element()]
        self.parser = expat.ParserCreate(namespace_separator="\n")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def start(self, tag: str, raw: dict[str, str]) -> None:
        """Open an element."""
        above = self.open[-1]
        place = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        attributes = {_name(key): value for key, value in raw.items()}
        base = resolved(above.base, attributes.pop(f"{_XML}base", ""))
        lang = attributes.pop(f"{_XML}lang", above.lang)
        name = _name(tag)
        if name == f"{_RDF}RDF" and len(self.open) == 1:
            self.open.append(_Element(base=base, lang=lang))
        elif above.inside == "nodes":
            self.open.append(self._node(name, attributes, place, base, lang))
        else:
            self.open.append(self._property(name, attributes, place, base, lang))

    def _node(
        self, name: str, attributes: dict[str, str], place: Place, base: str, lang: str | None
    ) -> _Element:
        above = self.open[-1]
        node = self._node_name(attributes, base) or self.index.new_blank()
        self.index.add_subject(node, place)
        if name != f"{_RDF}Description":
            self.index.add_triple(node, _TYPE, name, place, place)
        self._attributes(node, attributes, place, lang)
        if above.property:
            self.index.add_triple(above.subject, above.property, node, above.place, place)
            above.has_value = True
        return _Element(node, place=place, base=base, lang=lang, inside="properties")

    def _property(
        self, name: str, attributes: dict[str, str], place: Place, base: str, lang: str | None
    ) -> _Element:
        subject = self.open[-1].node
        element = _Element(
            "", name, subject, place, base, lang, attributes.pop(f"{_RDF}datatype", None)
        )
        kind = attributes.pop(f"{_RDF}parseType", "")
        value = self._node_name(attributes, base)
        if kind == "Resource" or value is not None or attributes:
            value = value or self.index.new_blank()
            self.index.add_subject(value, place)
            self.index.add_triple(subject, name, value, place, place)
            self._attributes(value, attributes, place, lang)
            element.has_value = True
            if kind == "Resource":
                element.node, element.inside = value, "properties"
        return element

    def _node_name(self, attributes: dict[str, str], base: str) -> str | None:
        about = attributes.pop(f"{_RDF}about", attributes.pop(f"{_RDF}resource", None))
        fragment, label = attributes.pop(f"{_RDF}ID", None), attributes.pop(f"{_RDF}nodeID", None)
        if about is not None:
            return resolved(base, about)
        if fragment is not None:
            return resolved(base, f"#{fragment}")
        return None if label is None else f"{BLANK}{label}"

    def _attributes(
        self, node: str, attributes: dict[str, str], place: Place, lang: str | None
    ) -> None:
        for name, value in attributes.items():
            if name == _TYPE:
                self.index.add_triple(node, name, value, place, place)
            elif ":" in name:
                self.index.add_triple(node, name, _literal(value, None, lang, name), place, place)

    def end(self, tag: str) -> None:
        """Close an element."""
        closed = self.open.pop()
        if closed.property and not closed.has_value:
            text = "".join(closed.text)
            value = _literal(text, closed.datatype, closed.lang, closed.property)
            self.index.add_triple(
                closed.subject, closed.property, value, closed.place, closed.place
            )

    def characters(self, data: str) -> None:
        """Add to the text of a property."""
        self.open[-1].text.append(data)


def _name(key: str) -> str:
    return key.replace("\n", "", 1)


def _literal(text: str, datatype: str | None, lang: str | None, prop: str) -> Term:
    if datatype:
        return typed_literal(text, datatype, prop in numeric_properties())
    return ox.Literal(text, language=lang.lower()) if lang else ox.Literal(text)
