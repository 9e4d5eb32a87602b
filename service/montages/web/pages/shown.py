"""How an RDF term shows on a page: a link, a text, or a small list of statements inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rdflib import OWL, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.knowledge.buckets import spaced
from montages.publish import words
from montages.web.pages.frame import Frame, Link

_YES = {("fr", True): "oui", ("fr", False): "non", ("en", True): "yes", ("en", False): "no"}
_DEPTH = 6
_ADDRESS = re.compile(r"[a-z]+://\S+")


@dataclass(frozen=True)
class Shown:
    """One value: exactly one of `link`, `text`, `code`, `items` (an ordered list), `facts`."""

    link: Link | None = None
    text: str = ""
    lang: str = ""
    code: str = ""
    items: tuple[Shown, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def key(self) -> str:
        """Return what values are sorted by."""
        if self.link:
            return " ".join(self.link.key)
        nested = [item.key for item in self.items] + [fact.key for fact in self.facts]
        return (self.text or self.code or " ".join(nested)).casefold()


@dataclass(frozen=True)
class Fact:
    """A property and its values."""

    term: Link
    values: tuple[Shown, ...]

    @property
    def key(self) -> str:
        """Return what facts are sorted by."""
        return " ".join((*self.term.key, *(value.key for value in self.values)))


def shown(node: Node, graph: Graph, frame: Frame, depth: int = 0) -> Shown:
    """Return a term as it shows to the reader of a frame."""
    if isinstance(node, URIRef):
        return Shown(link=frame.link(node))
    if isinstance(node, Literal):
        return _literal(node, frame)
    if depth > _DEPTH:
        return Shown(text="…")
    if (node, RDF.first, None) in graph:
        return Shown(
            items=tuple(shown(n, graph, frame, depth + 1) for n in Collection(graph, node))
        )
    if restriction := _restriction(node, graph, frame, depth):
        return restriction
    return Shown(facts=facts(node, graph, frame, depth + 1))


def _literal(node: Literal, frame: Frame) -> Shown:
    value = node.toPython()
    if isinstance(value, bool):
        return Shown(text=_YES[frame.lang, value])
    if isinstance(value, date) and not isinstance(value, datetime):
        return Shown(text=words.day(value, frame.lang))
    if isinstance(value, int | Decimal) and node.datatype in (XSD.integer, XSD.decimal):
        return Shown(text=spaced(Decimal(value), frame.lang))
    if "\n" in node.strip() or _ADDRESS.fullmatch(node):
        return Shown(code=str(node).strip())
    return Shown(text=str(node), lang=node.language or "")


def _restriction(node: Node, graph: Graph, frame: Frame, depth: int) -> Shown | None:
    """Return an OWL restriction as its property and its value: `Financement : Public`."""
    on = graph.value(node, OWL.onProperty)
    for predicate in (OWL.hasValue, OWL.someValuesFrom):
        value = graph.value(node, predicate)
        if on is not None and value is not None:
            told = shown(value, graph, frame, depth + 1)
            return Shown(facts=(Fact(frame.link(on), (told,)),))
    whole = graph.value(node, OWL.intersectionOf)
    if whole is not None:
        members = tuple(shown(n, graph, frame, depth + 1) for n in Collection(graph, whole))
        return Shown(facts=(Fact(frame.link(OWL.intersectionOf), members),))
    return None


def facts(
    node: Node,
    graph: Graph,
    frame: Frame,
    depth: int = 0,
    without: frozenset[URIRef] = frozenset(),
) -> tuple[Fact, ...]:
    """Return what is said of a node, property by property, in the reader's language.

    Of texts in both languages only the reader's is kept; a text in one language only is kept.
    """
    found: dict[URIRef, list[Node]] = {}
    for _, predicate, value in graph.triples((node, None, None)):
        if isinstance(predicate, URIRef) and predicate not in without:
            found.setdefault(predicate, []).append(value)
    told = []
    for predicate, values in found.items():
        if predicate == RDF.type and isinstance(node, BNode):
            continue
        kept = sorted((shown(v, graph, frame, depth) for v in _kept(values, frame)), key=_key)
        told.append(Fact(frame.link(predicate), tuple(kept)))
    return tuple(sorted(told, key=lambda fact: fact.key))


def _kept(values: list[Node], frame: Frame) -> list[Node]:
    texts = {v.language for v in values if isinstance(v, Literal)}
    if frame.lang not in texts:
        return values
    return [v for v in values if not isinstance(v, Literal) or v.language in (None, frame.lang)]


def _key(value: Shown) -> str:
    return value.key
