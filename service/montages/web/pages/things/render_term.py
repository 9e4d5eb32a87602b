"""How an RDF term shows on a page: a link, a text, or a small list of statements inside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter

from rdflib import OWL, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.knowledge.buckets import spaced
from montages.names import MTG
from montages.publish.text import typography
from montages.web.pages.page_context import Link, PageContext

_YES = {("fr", True): "oui", ("fr", False): "non", ("en", True): "yes", ("en", False): "no"}
_DEPTH = 6
# What is written in the words of a syntax.
_CODE = frozenset({SKOS.example})
# Where in a French document something stands: its own words, in no language that the data names.
_IN_FRENCH = frozenset(
    {MTG.sheetPart, MTG.sheetRow, MTG.sheetColumn, MTG.locator, MTG.decpProcedure}
)
_ADDRESS = re.compile(r"[a-z]+://\S+")


@dataclass(frozen=True)
class RenderedTerm:
    """One value: exactly one of `link`, `text`, `code`, `items` (an ordered list), `facts`."""

    link: Link | None = None
    text: str = ""
    lang: str = ""
    code: str = ""
    items: tuple[RenderedTerm, ...] = ()
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
    values: tuple[RenderedTerm, ...]

    @property
    def key(self) -> str:
        """Return what facts are sorted by."""
        return " ".join((*self.term.key, *(value.key for value in self.values)))


def render_term(node: Node, graph: Graph, context: PageContext, depth: int = 0) -> RenderedTerm:
    """Return a term as it shows to the reader of a frame."""
    if isinstance(node, URIRef):
        return RenderedTerm(link=context.link(node))
    if isinstance(node, Literal):
        return _literal(node, context)
    if depth > _DEPTH:
        return RenderedTerm(text="…")
    if (node, RDF.first, None) in graph:
        return RenderedTerm(
            items=tuple(render_term(n, graph, context, depth + 1) for n in Collection(graph, node))
        )
    if restriction := _restriction(node, graph, context, depth):
        return restriction
    return RenderedTerm(facts=facts(node, graph, context, depth + 1))


def _literal(node: Literal, context: PageContext) -> RenderedTerm:
    value = node.toPython()
    if isinstance(value, bool):
        return RenderedTerm(text=_YES[context.lang, value])
    if isinstance(value, date) and not isinstance(value, datetime):
        return RenderedTerm(text=typography.day(value, context.lang))
    if isinstance(value, int | Decimal) and node.datatype in (XSD.integer, XSD.decimal):
        return RenderedTerm(text=spaced(Decimal(value), context.lang))
    if "\n" in node.strip() or _ADDRESS.fullmatch(node):
        return RenderedTerm(code=str(node).strip())
    return RenderedTerm(text=str(node), lang=node.language or "")


def _restriction(node: Node, graph: Graph, context: PageContext, depth: int) -> RenderedTerm | None:
    """Return an OWL restriction as its property and its value: `Financement : Public`."""
    on = graph.value(node, OWL.onProperty)
    for predicate in (OWL.hasValue, OWL.someValuesFrom):
        value = graph.value(node, predicate)
        if on is not None and value is not None:
            rendered = render_term(value, graph, context, depth + 1)
            return RenderedTerm(facts=(Fact(context.link(on), (rendered,)),))
    whole = graph.value(node, OWL.intersectionOf)
    if whole is not None:
        members = tuple(render_term(n, graph, context, depth + 1) for n in Collection(graph, whole))
        return RenderedTerm(facts=(Fact(context.link(OWL.intersectionOf), members),))
    return None


def facts(
    node: Node,
    graph: Graph,
    context: PageContext,
    depth: int = 0,
    without: frozenset[URIRef] = frozenset(),
) -> tuple[Fact, ...]:
    """Return what is said of a node, property by property, in the reader's language.

    Of texts in both languages only the reader's is kept; a text in one language only is kept.
    """
    by_property: dict[URIRef, list[Node]] = {}
    for _, predicate, value in graph.triples((node, None, None)):
        if isinstance(predicate, URIRef) and predicate not in without:
            by_property.setdefault(predicate, []).append(value)
    all_facts = []
    for predicate, values in by_property.items():
        if predicate == RDF.type and isinstance(node, BNode):
            continue
        rendered = sorted(
            (render_term(v, graph, context, depth) for v in _in_language(values, context)),
            key=attrgetter("key"),
        )
        if predicate in _IN_FRENCH:
            rendered = [in_french(value) for value in rendered]
        if predicate in _CODE:
            rendered = [RenderedTerm(code=value.text) for value in rendered]
        all_facts.append(Fact(context.link(predicate), tuple(rendered)))
    return tuple(sorted(all_facts, key=lambda fact: fact.key))


def in_french(value: RenderedTerm) -> RenderedTerm:
    """Return a text without a language as one in French; anything else as it is."""
    return replace(value, lang="fr") if value.text and not value.lang else value


def _in_language(values: list[Node], context: PageContext) -> list[Node]:
    texts = {v.language for v in values if isinstance(v, Literal)}
    if context.lang not in texts:
        return values
    return [v for v in values if not isinstance(v, Literal) or v.language in (None, context.lang)]
