"""What one answer says about another: the `hasValue` axioms of the ontology as pairs of answers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import OWL, RDFS, Graph, URIRef

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.rulebook import rulebook
from montages.names import slug

AnswerPair = tuple[str, str]


def from_graph(graph: Graph) -> dict[tuple[URIRef, URIRef], tuple[tuple[URIRef, URIRef], ...]]:
    """Return (property, value) → the pairs it implies, from subclasses of `hasValue`."""
    out: dict[tuple[URIRef, URIRef], list[tuple[URIRef, URIRef]]] = {}
    for narrow, wide in graph.subject_objects(RDFS.subClassOf):
        pairs = [
            (graph.value(n, OWL.onProperty), graph.value(n, OWL.hasValue)) for n in (narrow, wide)
        ]
        if all(isinstance(x, URIRef) for pair in pairs for x in pair):
            out.setdefault(pairs[0], []).append(pairs[1])  # type: ignore[arg-type]  # IRIs: checked
    return {key: tuple(sorted(values)) for key, values in out.items()}


@disk_cache
def implications() -> dict[AnswerPair, tuple[AnswerPair, ...]]:
    """Return (criterion, value) → the answers to other criteria that it implies."""
    by_property = {c.property: c.slug for c in rulebook().criteria.values()}
    return {
        (by_property[prop], slug(value)): tuple(
            (by_property[p], slug(v)) for p, v in implied if p in by_property
        )
        for (prop, value), implied in from_graph(library.ontology()).items()
        if prop in by_property
    }


def closed(answers: Iterable[AnswerPair]) -> dict[str, frozenset[str]]:
    """Return answers with all they imply, by criterion; two values of one criterion may clash."""
    out: dict[str, frozenset[str]] = {}
    todo = list(answers)
    while todo:
        criterion, value = todo.pop()
        if value not in out.get(criterion, frozenset()):
            out[criterion] = out.get(criterion, frozenset()) | {value}
            todo += implications().get((criterion, value), ())
    return out


@cache
def implied(pair: AnswerPair) -> frozenset[AnswerPair]:
    """Return an answer with all it implies."""
    return frozenset((c, v) for c, values in closed([pair]).items() for v in values)
