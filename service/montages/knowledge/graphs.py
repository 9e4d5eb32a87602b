"""What is read off a graph as plain data: texts, spans, passages, conditions; and texts written to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.errors import BrokenKnowledge
from montages.knowledge.law import (
    FOREVER,
    Bound,
    Clause,
    Condition,
    Passage,
    ProvisionVersion,
    Span,
)
from montages.names import MTG, PREFIXES, VOCABULARIES, iris, slug

T = TypeVar("T")
_ELI = Namespace(VOCABULARIES["eli"])

_SIDES = {
    MTG.answerAtMost: "at-most",
    MTG.answerBelow: "below",
    MTG.answerAtLeast: "at-least",
    MTG.answerAbove: "above",
}


def text(graph: Graph, subject: Node, *predicates: URIRef) -> Text:
    """Return the fr and en literals of the first predicate that has any; each stands in for the other."""
    for predicate in predicates:
        texts = {
            o.language: str(o) for o in graph.objects(subject, predicate) if isinstance(o, Literal)
        }
        if texts:
            some = next(iter(texts.values()))
            return Text(texts.get("fr", some), texts.get("en", some))
    return Text("", "")


def label(graph: Graph, subject: Node) -> Text:
    """Return the name of a thing in both languages, its slug when it has none."""
    name = text(graph, subject, SKOS.prefLabel, RDFS.label)
    return name if name.fr else Text(slug(str(subject)), slug(str(subject)))


def first_slug(graph: Graph, subject: Node, predicate: URIRef) -> str | None:
    """Return the slug of a thing under a property, the first by name; None where there is none."""
    return next(iter(slugs(graph, subject, predicate)), None)


def one(graph: Graph, subject: Node, predicate: URIRef, default: Any = None) -> Any:
    """Return a value of a property, a literal as Python; `default` where there is none."""
    value = graph.value(subject, predicate, any=True)
    if value is None:
        return default
    return value.toPython() if isinstance(value, Literal) else value


def need(graph: Graph, subject: Node, predicate: URIRef) -> Any:
    """Return a value of a property; raises BrokenKnowledge where there is none."""
    value = one(graph, subject, predicate)
    if value is None:
        name, what = slug(str(subject)), slug(predicate)
        raise BrokenKnowledge(message("{name} has no mtg:{what}.", name=name, what=what))
    return value


def span(graph: Graph, subject: Node) -> Span:
    """Return the days on which a statement of law is in force."""
    first = one(graph, subject, MTG.validFrom, date.min)
    return Span(first, one(graph, subject, MTG.validThrough, FOREVER))


def passage(graph: Graph, iri: URIRef) -> Passage:
    """Return a clause or a sheet element; raises BrokenKnowledge if the graph does not describe it."""
    document = graph.value(iri, MTG.document)
    if document is None:
        name = slug(iri)
        raise BrokenKnowledge(
            message("The source {name} is described nowhere in data/.", name=name)
        )
    parts = [
        one(graph, iri, p) for p in (MTG.locator, MTG.sheetPart, MTG.sheetRow, MTG.sheetColumn)
    ]
    official = _addresses(graph, iri, MTG.officialAddress)
    return Passage(
        slug=slug(iri),
        iri=iri,
        document=label(graph, document),
        locator=" · ".join(part for part in parts if part),
        label=label(graph, iri),
        certainty=slug(one(graph, iri, MTG.certainty, MTG.Verified)),
        document_slug=slug(str(document)),
        official=official,
        copies=_addresses(graph, iri, MTG.copyAt) + _addresses(graph, iri, RDFS.seeAlso),
        read_officially=not set(official).isdisjoint(_addresses(graph, iri, MTG.readAt)),
        extent=slug(one(graph, iri, MTG.readExtent, "")),
        read_on=one(graph, iri, MTG.readOn),
        versions=tuple(
            provision_version(graph, v) for v in iris(graph.objects(iri, MTG.versionRead))
        ),
    )


def _addresses(graph: Graph, iri: URIRef, predicate: URIRef) -> tuple[str, ...]:
    return tuple(str(address) for address in iris(graph.objects(iri, predicate)))


def provision_version(graph: Graph, iri: URIRef) -> ProvisionVersion:
    """Return a version of an article."""
    return ProvisionVersion(
        iri,
        label(graph, iri),
        one(graph, iri, DCTERMS.identifier),
        one(graph, iri, _ELI.first_date_entry_in_force),
        one(graph, iri, _ELI.date_no_longer_in_force),
    )


def passages(graph: Graph, subject: Node, predicate: URIRef = MTG.source) -> tuple[Passage, ...]:
    """Return the passages that a thing cites: provisions of the law first, which rulings and guides read."""
    cited = sorted(
        iris(graph.objects(subject, predicate)),
        key=lambda iri: (iri, RDF.type, MTG.LegalProvision) not in graph,
    )
    return tuple(passage(graph, iri) for iri in cited)


def clause(graph: Graph, node: Node) -> Clause:
    """Return what a condition says of its own criterion."""
    bounds = [
        Bound(side, limit if isinstance(limit, URIRef) else Decimal(str(limit)))
        for predicate, side in _SIDES.items()
        for limit in sorted(graph.objects(node, predicate), key=str)
    ]
    accepts = frozenset(slug(str(v)) for v in graph.objects(node, MTG.accepts))
    return _one_of(Clause(slug(need(graph, node, MTG.criterion)), accepts, tuple(bounds)))


@cache
def _one_of(clause: Clause) -> Clause:
    """Return the first of equal clauses, which many requirements have: the same is soonest looked up."""
    return clause


def condition(graph: Graph, node: Node) -> Condition:
    """Return a condition with those that must hold at the same time."""
    clauses = [clause(graph, node)]
    for other in graph.objects(node, MTG.andCondition):
        clauses += condition(graph, other).clauses
    return Condition(tuple(sorted(clauses, key=clause_key)))


def clause_key(clause: Clause) -> tuple[str, ...]:
    """Return what clauses are sorted by."""
    bounds = [f"{bound.side} {bound.limit}" for bound in clause.bounds]
    return (clause.criterion, *sorted(clause.accepts), *bounds)


def conditions(graph: Graph, node: Node, predicate: URIRef) -> tuple[Condition, ...]:
    """Return the conditions under a property, sorted."""
    read = [condition(graph, child) for child in graph.objects(node, predicate)]
    return tuple(sorted(read, key=lambda c: [clause_key(clause) for clause in c.clauses]))


def clauses(graph: Graph, node: Node, predicate: URIRef) -> tuple[Clause, ...]:
    """Return the clauses of all conditions of a property."""
    return tuple(c for condition in conditions(graph, node, predicate) for c in condition.clauses)


def slugs(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    """Return the slugs of the things under a property, sorted."""
    return tuple(sorted(slug(str(thing)) for thing in graph.objects(subject, predicate)))


def every(graph: Graph, kind: URIRef, build: Callable[[Graph, URIRef], T]) -> list[T]:
    """Return what is built of each thing of a kind."""
    return [build(graph, iri) for iri in iris(graph.subjects(RDF.type, kind))]


def new_graph() -> Graph:
    """Return an empty graph that knows the usual prefixes."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.bind("prov", PROV)
    graph.bind("dcterms", DCTERMS)
    return graph


def add_text(graph: Graph, subject: Node, predicate: URIRef, text: Text) -> None:
    """Add a text to a graph as the value of a property, in French and in English."""
    for lang in ("fr", "en"):
        graph.add((subject, predicate, Literal(text[lang], lang=lang)))


def describe(graph: Graph, subject: Node, *statements: tuple[URIRef, Node | Text | None]) -> None:
    """Add what is said of a thing: nodes, or texts in both languages; a property with None is left out."""
    for predicate, value in statements:
        if isinstance(value, Text):
            add_text(graph, subject, predicate, value)
        elif value is not None:
            graph.add((subject, predicate, value))
