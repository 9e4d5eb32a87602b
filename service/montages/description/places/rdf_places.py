"""The places of the statements of an RDF text that parses: in Turtle and its kin, and in RDF/XML."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.description.facts import Term, numeric_properties, typed_literal
from montages.description.parsing.parse import fact_term
from montages.description.parsing.xml_text import XmlLines
from montages.description.places.place_index import LineStarts, Place, PlaceIndex, Places, resolved
from montages.names import PROJECT

_TOKEN = re.compile(
    r"""
    (?P<blank>(?:[\s\ufeff]|\#[^\n]*)*+)
    (?:
    <(?P<iri>[^<>\n]*)>
  | (?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*+'{3})
  | (?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')
  | @(?P<at>[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<type>\^\^)
  | _:(?P<node>[\w·](?:[\w·.-]*[\w·-])?)
  | (?P<number>[+-]?(?:\d+\.?\d*[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+\.\d+|\d+))(?![\w:])
  | (?P<name>[^\s<>"'\#;,()\[\]{}:@^.\\]*(?:\.+[^\s<>"'\#;,()\[\]{}:@^.\\]+)*:
      (?:[^\s<>"'\#;,()\[\]{}@^.\\]|\\.|\.(?=[^\s<>"'\#;,()\[\]{}]))*+)
  | (?P<word>[A-Za-z]+)
  | (?P<mark>[.;,()\[\]{}])
  | (?P<end>\Z)
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE, _FIRST, _REST, _NIL = (str(RDF[name]) for name in ("type", "first", "rest", "nil"))


class _Lost(Exception):
    """The text is beyond the reader: the places up to here are all there are."""


def turtle_places(text: str) -> Places:
    """Return the places of a text that a parser has read without error."""
    reader = _TurtleReader(text)
    with suppress(_Lost, IndexError, ValueError, RecursionError):
        reader.document()
    return reader.index.places()


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


@dataclass
class _TurtleReader:
    text: str
    index: PlaceIndex = field(default_factory=PlaceIndex)
    base: str = str(PROJECT)

    def __post_init__(self) -> None:
        self.lines = LineStarts(self.text)
        self.prefixes: dict[str, str] = {}
        self.blanks: dict[str, str] = {}
        self.offset = 0
        self.token = self._next()

    def _next(self) -> _Token:
        match = _TOKEN.match(self.text, self.offset)
        if not match:
            raise _Lost
        self.offset = match.end()
        kind = match.lastgroup or ""
        return _Token(kind, match[kind], match.end("blank"))

    def take(self, text: str | None = None) -> _Token:
        """Return the token at hand and go to the next; `text` is what it has to be."""
        token = self.token
        if text is not None and token.text != text:
            raise _Lost
        self.token = self._next()
        return token

    def _is_mark(self, *marks: str) -> bool:
        return self.token.kind == "mark" and self.token.text in marks

    def at(self) -> Place:
        """Return the place of the token at hand."""
        return self.lines.at(self.token.offset)

    def document(self) -> None:
        """Read to the end."""
        while self.token.kind != "end":
            token = self.token
            if token.kind in ("at", "word") and token.text.lower() in ("prefix", "base"):
                self._directive()
                continue
            if self._is_mark("{", "}") or (token.kind == "word" and token.text.upper() == "GRAPH"):
                self.take()
                continue
            place = self.at()
            subject = self._node()
            if self._is_mark("{"):  # it names the graph
                continue
            self.index.add_subject(subject, place)
            if not (token.text == "[" and self._is_mark(".")):
                self._properties(subject)
            if not self._is_mark("}"):
                self.take(".")

    def _directive(self) -> None:
        directive = self.take()
        if directive.text.lower() == "prefix":
            prefix = self.take().text
            self.prefixes[prefix[:-1]] = resolved(self.base, _unescape(self.take().text))
        else:
            self.base = resolved(self.base, _unescape(self.take().text))
        if directive.kind == "at":
            self.take(".")

    def _properties(self, subject: str) -> None:
        while not self._is_mark(".", "]", "}"):
            place = self.at()
            predicate = _TYPE if self.token.text == "a" else ""
            if predicate:
                self.take("a")
            else:
                predicate = self._node()
            while True:
                value_at = self.at()
                self.index.add_triple(subject, predicate, self._value(predicate), place, value_at)
                if self.token.text != ",":
                    break
                self.take(",")
            if self.token.kind != "mark":  # the graph of a quad
                self._node()
            while self.token.text == ";":
                self.take(";")

    def _node(self) -> str:
        token, place = self.token, self.at()
        if token.kind == "mark" and token.text == "[":
            self.take("[")
            node = self.index.new_blank()
            self.index.add_subject(node, place)
            self._properties(node)
            self.take("]")
            return node
        if token.kind == "mark" and token.text == "(":
            return self._list()
        self.take()
        if token.kind == "iri":
            return resolved(self.base, _unescape(token.text))
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix not in self.prefixes:
                raise _Lost
            return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        if token.kind == "node":
            return self.blanks.setdefault(token.text, self.index.new_blank())
        raise _Lost

    def _list(self) -> str:
        self.take("(")
        head, last = _NIL, ""
        while self.token.text != ")":
            place, cell = self.at(), self.index.new_blank()
            self.index.add_subject(cell, place)
            if last:
                self.index.add_triple(last, _REST, cell, place, place)
            else:
                head = cell
            self.index.add_triple(cell, _FIRST, self._value(_FIRST), place, place)
            last = cell
        end = self.at()
        self.take(")")
        if last:
            self.index.add_triple(last, _REST, _NIL, end, end)
        return head

    def _value(self, predicate: str) -> Term:
        token, number = self.token, predicate in numeric_properties()
        if token.kind in ("string", "long"):
            self.take()
            size = 3 if token.kind == "long" else 1
            text = _unescape(token.text[size:-size])
            if self.token.kind == "at":
                return ox.Literal(text, language=self.take().text.lower())
            if self.token.kind == "type":
                self.take()
                kind = self._node()
                return (
                    typed_literal(text, kind, number)
                    if kind != str(XSD.string)
                    else ox.Literal(text)
                )
            return ox.Literal(text)
        if token.kind == "number":
            self.take()
            return typed_literal(token.text, _number_type(token.text), number)
        if token.kind == "word" and token.text in ("true", "false"):
            self.take()
            return typed_literal(token.text, str(XSD.boolean), number)
        return self._node()


def _number_type(text: str) -> str:
    if "e" in text.lower():
        return str(XSD.double)
    return str(XSD.decimal if "." in text else XSD.integer)


def _unescape(text: str) -> str:
    """Return a text without its escapes."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    code = escape[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _LETTERS.get(code, code)


def xml_places(text: str) -> Places:
    """Return the places of an RDF/XML text that a parser has read without error: the lines it had come to.

    What stands in another node than its own is found where that node begins.
    """
    source: Any = XmlLines(text)
    index, lines = PlaceIndex(), text.splitlines()
    quads = ox.parse(source, format=ox.RdfFormat.RDF_XML, base_iri=str(PROJECT), lenient=True)
    begun: dict[Term, Place] = {}
    with suppress(SyntaxError, ValueError):
        for quad in quads:
            line = lines[source.number - 1]
            here = Place(source.number, len(line) - len(line.lstrip()) + 1)
            subject, predicate = fact_term(quad.subject), quad.predicate.value
            value = fact_term(quad.object, predicate)
            index.add_subject(str(subject), begun.setdefault(subject, here))
            place = begun.get(value, here)
            index.add_triple(str(subject), predicate, value, place, place)
    return index.places()
