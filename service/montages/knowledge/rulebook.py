"""Read the rulebook from its graph into `knowledge.model`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from montages.errors import BrokenKnowledge
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.model import (
    FOREVER,
    Arrangement,
    Attention,
    Bound,
    Clause,
    Condition,
    Criterion,
    Dated,
    DeadEnd,
    Incoherence,
    Passage,
    Requirement,
    Rulebook,
    Span,
    Text,
    Value,
)
from montages.names import MTG, iris, kebab, slug

KINDS = {
    MTG.ContractType: "contract",
    MTG.Procedure: "procedure",
    MTG.Channel: "channel",
    MTG.Activity: "activity",
    MTG.Vehicle: "vehicle",
}
_SIDES = {
    MTG.atMost: "at-most",
    MTG.below: "below",
    MTG.atLeast: "at-least",
    MTG.above: "above",
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
    named = text(graph, subject, SKOS.prefLabel, RDFS.label)
    return named if named.fr else Text(slug(str(subject)), slug(str(subject)))


def _one(graph: Graph, subject: Node, predicate: URIRef, default: Any = None) -> Any:
    value = graph.value(subject, predicate, any=True)
    if value is None:
        return default
    return value.toPython() if isinstance(value, Literal) else value


def _need(graph: Graph, subject: Node, predicate: URIRef) -> Any:
    value = _one(graph, subject, predicate)
    if value is None:
        name, what = slug(str(subject)), slug(predicate)
        raise BrokenKnowledge(f"{name} n'a pas de mtg:{what}.", f"{name} has no mtg:{what}.")
    return value


def _span(graph: Graph, subject: Node) -> Span:
    first = _one(graph, subject, MTG.validFrom, date.min)
    return Span(first, _one(graph, subject, MTG.validThrough, FOREVER))


def passage(graph: Graph, iri: URIRef) -> Passage:
    """Return a clause or a sheet element; raises BrokenKnowledge if the graph does not describe it."""
    document = graph.value(iri, MTG.document)
    if document is None:
        name = slug(iri)
        raise BrokenKnowledge(
            f"La source {name} n'est décrite nulle part dans data/.",
            f"The source {name} is described nowhere in data/.",
        )
    parts = [
        _one(graph, iri, p) for p in (MTG.locator, MTG.sheetPart, MTG.sheetRow, MTG.sheetColumn)
    ]
    return Passage(
        slug=slug(iri),
        iri=iri,
        document=label(graph, document),
        locator=" · ".join(part for part in parts if part),
        label=label(graph, iri),
        certainty=slug(_one(graph, iri, MTG.certainty, MTG.Verified)),
        url=next((str(u) for u in iris(graph.objects(iri, RDFS.seeAlso))), None),
    )


def _sources(graph: Graph, subject: Node, predicate: URIRef = MTG.source) -> tuple[Passage, ...]:
    return tuple(passage(graph, iri) for iri in iris(graph.objects(subject, predicate)))


def _clause(graph: Graph, node: Node) -> Clause:
    bounds = [
        Bound(side, limit if isinstance(limit, URIRef) else Decimal(str(limit)))
        for predicate, side in _SIDES.items()
        for limit in sorted(graph.objects(node, predicate), key=str)
    ]
    accepts = frozenset(slug(str(v)) for v in graph.objects(node, MTG.accepts))
    return Clause(slug(_need(graph, node, MTG.criterion)), accepts, tuple(bounds))


def _condition(graph: Graph, node: Node) -> Condition:
    clauses = [_clause(graph, node)]
    for other in graph.objects(node, MTG.andCondition):
        clauses += _condition(graph, other).clauses
    return Condition(tuple(sorted(clauses, key=_clause_key)))


def _clause_key(clause: Clause) -> tuple[str, ...]:
    bounds = [f"{bound.side} {bound.limit}" for bound in clause.bounds]
    return (clause.criterion, *sorted(clause.accepts), *bounds)


def _conditions(graph: Graph, node: Node, predicate: URIRef) -> tuple[Condition, ...]:
    conditions = [_condition(graph, condition) for condition in graph.objects(node, predicate)]
    return tuple(sorted(conditions, key=lambda c: [_clause_key(clause) for clause in c.clauses]))


def _values(graph: Graph, scheme: Node | None) -> tuple[Value, ...]:
    members = [iri for iri in graph.subjects(SKOS.inScheme, scheme) if isinstance(iri, URIRef)]
    members.sort(key=lambda iri: (_one(graph, iri, MTG.displayOrder, 0), iri))
    return tuple(
        Value(
            slug=slug(iri),
            iri=iri,
            label=label(graph, iri),
            excludes_others=bool(_one(graph, iri, MTG.excludesOthers, False)),
            ordinary=bool(_one(graph, iri, MTG.ordinary, False)),
        )
        for iri in members
    )


def _criterion(graph: Graph, iri: URIRef) -> Criterion:
    scheme = graph.value(iri, MTG.answerScheme)
    return Criterion(
        slug=slug(iri),
        iri=iri,
        label=label(graph, iri),
        question=text(graph, iri, MTG.question),
        help=text(graph, iri, MTG.help),
        property=_need(graph, iri, MTG.answerProperty),
        order=_one(graph, iri, MTG.displayOrder, 0),
        answer_origin=slug(_need(graph, iri, MTG.answerOrigin)),
        nature=slug(_need(graph, iri, MTG.answerNature)).lower(),
        multiple=bool(_one(graph, iri, MTG.multipleAnswers, False)),
        excluded_property=_one(graph, iri, MTG.excludedAnswerProperty),
        numeric_property=_one(graph, iri, MTG.numericAnswerProperty),
        unit=text(graph, iri, MTG.unitOfMeasure),
        values=_values(graph, scheme) if scheme is not None else (),
    )


def _arrangement(graph: Graph, iri: URIRef, kind: str) -> Arrangement:
    return Arrangement(
        slug=slug(iri),
        iri=iri,
        kind=kind,
        label=label(graph, iri),
        definition=text(graph, iri, SKOS.definition),
        parents=_slugs(graph, iri, MTG.specialises),
        abstract=bool(_one(graph, iri, MTG.abstract, False)),
        order=_one(graph, iri, MTG.displayOrder, 0),
        span=_span(graph, iri),
        basis=_sources(graph, iri, MTG.legalBasis),
        shown_as=next(iter(_slugs(graph, iri, MTG.shownAs)), None),
        ranks_behind=_slugs(graph, iri, MTG.ranksBehind),
        ranks_freely_when=_conditions(graph, iri, MTG.ranksFreelyWhen),
        applies_to=_slugs(graph, iri, MTG.appliesTo),
        simplicity=_one(graph, iri, MTG.simplicityRank, 0),
    )


def _slugs(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted(slug(str(thing)) for thing in graph.objects(subject, predicate)))


def _requirement(graph: Graph, iri: URIRef) -> Requirement:
    stable = _need(graph, iri, MTG.versionOf)
    return Requirement(
        slug=slug(stable),
        iri=stable,
        version=iri,
        arrangement=slug(_need(graph, iri, MTG.requirementOf)),
        own=_clause(graph, iri),
        when=_conditions(graph, iri, MTG.when),
        unless=_conditions(graph, iri, MTG.unless),
        strength=slug(_need(graph, iri, MTG.strength)).lower(),
        weight=_one(graph, iri, MTG.weight, 0),
        basis=slug(_need(graph, iri, MTG.basis)),
        certainty=slug(_one(graph, iri, MTG.certainty, MTG.Verified)),
        label=label(graph, iri),
        reading=text(graph, iri, MTG.reading),
        sources=_sources(graph, iri),
        span=_span(graph, iri),
        due_at=kebab(due[0].lower() + due[1:])
        if (due := slug(_one(graph, iri, MTG.dueAt, "")))
        else None,
        closes_if=_conditions(graph, iri, MTG.closesIf),
        folds=bool(_one(graph, iri, MTG.folds, False)),
    )


def _attention(graph: Graph, iri: URIRef) -> Attention:
    return Attention(
        slug=slug(iri),
        iri=iri,
        arrangements=tuple(sorted(slug(str(o)) for o in graph.objects(iri, MTG.attentionPointOf))),
        label=label(graph, iri),
        text=text(graph, iri, MTG.attentionText),
        certainty=slug(_one(graph, iri, MTG.certainty, MTG.Verified)),
        sources=_sources(graph, iri),
        when=_conditions(graph, iri, MTG.when),
        span=_span(graph, iri),
    )


def _incoherence(graph: Graph, iri: URIRef) -> Incoherence:
    one, other = sorted(
        (_clause(graph, n) for n in graph.objects(iri, MTG.between)), key=_clause_key
    )
    return Incoherence(
        slug=slug(iri),
        iri=iri,
        label=label(graph, iri),
        reading=text(graph, iri, MTG.reading),
        between=(one, other),
    )


def _dead_end(graph: Graph, iri: URIRef) -> DeadEnd:
    return DeadEnd(
        slug=slug(iri),
        iri=iri,
        label=label(graph, iri),
        reading=text(graph, iri, MTG.reading),
        when=tuple(c for each in _conditions(graph, iri, MTG.when) for c in each.clauses),
        sources=_sources(graph, iri),
    )


T = TypeVar("T")


def _all(graph: Graph, kind: URIRef, build: Callable[[Graph, URIRef], T]) -> list[T]:
    return [build(graph, iri) for iri in iris(graph.subjects(RDF.type, kind))]


def from_graph(graph: Graph) -> Rulebook:
    """Return the rulebook a graph describes; raises BrokenKnowledge where a needed statement is missing."""
    criteria = sorted(_all(graph, MTG.Criterion, _criterion), key=lambda c: (c.order, c.slug))
    arrangements = [
        _arrangement(graph, iri, kind)
        for kind_iri, kind in KINDS.items()
        for iri in iris(graph.subjects(RDF.type, kind_iri))
    ]
    thresholds = {
        iri: tuple(
            Dated(Decimal(str(_need(graph, node, MTG.amount))), _span(graph, node))
            for node in sorted(
                graph.objects(iri, MTG.thresholdValue), key=lambda n: _span(graph, n).first
            )
        )
        for iri in graph.subjects(RDF.type, MTG.Threshold)
        if isinstance(iri, URIRef)
    }
    return Rulebook(
        criteria={c.slug: c for c in criteria},
        arrangements={
            a.slug: a
            for a in sorted(
                arrangements, key=lambda a: (list(KINDS.values()).index(a.kind), a.order, a.slug)
            )
        },
        requirements=tuple(
            sorted(
                _all(graph, MTG.RequirementVersion, _requirement),
                key=lambda r: (r.slug, r.span.first),
            )
        ),
        attentions=tuple(_all(graph, MTG.AttentionPoint, _attention)),
        thresholds=thresholds,
        incoherences=tuple(_all(graph, MTG.Incoherence, _incoherence)),
        dead_ends=tuple(_all(graph, MTG.DeadEnd, _dead_end)),
    )


@disk_cache
def rulebook() -> Rulebook:
    """Return the rulebook of the shipped data, read once for all runs."""
    return from_graph(library.data())
