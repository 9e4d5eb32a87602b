"""The triples of a description as plain data, their literals in one form (R30); to and from a graph."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node, XSDToPython, bind

from montages.bilingual import Text
from montages.description.limits import MOST_DIGITS
from montages.knowledge.rulebook import rulebook
from montages.names import slug

Term = str | ox.Literal
Triple = tuple[str, str, Term]

# A blank node is written as in N-Triples; facts that were read hold none (see `description.blank_nodes`).
BLANK = "_:"
# From so many values of one property on, it pays to look them up in a set.
MANY = 32
_STRING = str(XSD.string)
NAMES = (str(SKOS.prefLabel), str(RDFS.label))


class Facts:
    """Triples indexed by subject and property: IRIs are texts, literals are pyoxigraph's."""

    __slots__ = ("_value_sets", "by_subject")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.by_subject: dict[str, dict[str, list[Term]]] = {}
        self._value_sets: dict[tuple[str, str], set[Term]] = {}
        for s, p, o in triples:
            self.add(s, p, o)

    def add(self, s: str, p: str, o: Term) -> None:
        """Add a triple, once."""
        properties = self.by_subject.get(s)
        if properties is None:
            properties = self.by_subject[s] = {}
        values = properties.get(p)
        if values is None:
            properties[p] = [o]
        elif len(values) < MANY:
            if o not in values:
                values.append(o)
        else:
            value_set = self._value_sets.get((s, p))
            if value_set is None:
                value_set = self._value_sets[s, p] = set(values)
            if o not in value_set:
                value_set.add(o)
                values.append(o)

    def __iter__(self) -> Iterator[Triple]:
        for s, properties in self.by_subject.items():
            for p, values in properties.items():
                for o in values:
                    yield s, p, o

    def __len__(self) -> int:
        return sum(len(v) for properties in self.by_subject.values() for v in properties.values())

    def objects(self, s: str, p: str) -> list[Term]:
        """Return the values of a property of a subject. Do not modify."""
        return self.by_subject.get(s, _NONE).get(p, _EMPTY)

    def graph(self) -> Graph:
        """Return the facts as a new rdflib graph."""
        graph = Graph()
        for s, p, o in self:
            graph.add((to_node(s), URIRef(p), to_node(o)))
        return graph


_NONE: dict[str, list[Term]] = {}
_EMPTY: list[Term] = []


def label(facts: Facts, subject: str) -> Text:
    """Return the name of a thing of a description in both languages; its slug when it has none."""
    for prop in NAMES:
        names: dict[str | None, str] = {}
        for value in facts.objects(subject, prop):
            if isinstance(value, ox.Literal):
                names[value.language] = min(value.value, names.get(value.language, value.value))
        if names:
            some = names[min(names, key=str)]
            return Text(names.get("fr", some), names.get("en", some))
    return Text(slug(subject), slug(subject))


def from_graph(graph: Graph) -> Facts:
    """Return the triples of an rdflib graph as facts, in a stable order."""
    # Not in rdflib's order of terms: it compares numbers, and stops at one that is none (NaN).
    return Facts(sorted(((_name(s), str(p), from_node(o)) for s, p, o in graph), key=_order))


def _order(triple: Triple) -> tuple[str, str, bool, str]:
    s, p, o = triple
    return s, p, isinstance(o, str), str(o)


def _name(node: Node) -> str:
    return BLANK + str(node) if isinstance(node, BNode) else str(node)


def from_node(node: Node) -> Term:
    """Return an rdflib node as a term of facts."""
    if not isinstance(node, Literal):
        return _name(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or _STRING)))


def to_node(term: Term) -> Node:
    """Return a term of facts as an rdflib node."""
    if isinstance(term, str):
        return BNode(term[2:]) if term.startswith(BLANK) else URIRef(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))


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
