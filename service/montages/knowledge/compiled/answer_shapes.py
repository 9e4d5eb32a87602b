"""SHACL shapes of the answers, made from the criteria: one closed list, one answer, one message each.

All is SHACL Core: a constraint that must know every answer property is written out from the criteria.

A new criterion brings its shapes with it; nobody writes them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.law import Clause
from montages.knowledge.model import Criterion, Incoherence
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, SHAPE, kebab, slug


def _shape(graph: Graph, name: str, path: URIRef, sentence: Text, severity: URIRef) -> URIRef:
    shape = _about(graph, name, SH.PropertyShape, sentence, severity)
    graph.add((shape, SH.targetSubjectsOf, path))
    graph.add((shape, SH.path, path))
    return shape


def _about(graph: Graph, name: str, kind: URIRef, sentence: Text, severity: URIRef) -> URIRef:
    shape = SHAPE[name]
    graph.add((shape, RDF.type, kind))
    graph.add((shape, SH.severity, severity))
    for lang in ("fr", "en"):
        graph.add((shape, SH.message, Literal(sentence[lang], lang=lang)))
        graph.add((shape, SH.name, Literal(name, lang=lang)))
    return shape


def _list(graph: Graph, name: str, members: list[Node]) -> Node:
    head = SHAPE[f"{name}-list"]
    Collection(graph, head, members)
    return head


def _closed(graph: Graph, criterion: Criterion) -> None:
    key = kebab(slug(criterion.property))
    listed = ", ".join(v.slug for v in criterion.values)
    name = f"Answer-{key}-accepted"
    sentence = message(
        "{question} Give one of: {listed}.", question=criterion.question, listed=listed
    )
    shape = _shape(graph, name, criterion.property, sentence, SH.Violation)
    graph.add((shape, SH["in"], _list(graph, name, [v.iri for v in criterion.values])))


def _numeric(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-number"
    sentence = message(
        "{question} Give a positive number ({unit}); in RDF, without quotes or unit.",
        question=criterion.question,
        unit=criterion.unit,
    )
    shape = _shape(graph, name, path, sentence, SH.Violation)
    options: list[Node] = []
    for kind in (XSD.integer, XSD.decimal):
        option = SHAPE[f"{name}-{slug(kind)}"]
        graph.add((option, SH.datatype, kind))
        graph.add((option, SH.minExclusive, Literal(0)))
        options.append(option)
    graph.add((shape, SH["or"], _list(graph, name, options)))


def _single(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-single"
    sentence = message(
        "{label}: one answer at a time. If it differs by layer or perimeter, state it on each.",
        label=criterion.label,
    )
    shape = _shape(graph, name, path, sentence, SH.Violation)
    graph.add((shape, SH.maxCount, Literal(1)))


def _unknown(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-unknown"
    sentence = message(
        "{label}: the answer is both given and declared unknown. Keep one or the other.",
        label=criterion.label,
    )
    shape = _shape(graph, name, MTG.declaresUnknown, sentence, SH.Violation)
    graph.set((shape, SH.targetSubjectsOf, path))
    graph.add((shape, SH["not"], SHAPE[f"{name}-criterion"]))
    graph.add((SHAPE[f"{name}-criterion"], SH.hasValue, criterion.iri))


def _alone(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    """Add the shape of a list with values that exclude all others: none of them beside another value."""
    alone = [value for value in criterion.values if value.excludes_others]
    if not criterion.multiple or not alone:
        return
    name = f"Answer-{kebab(slug(path))}-alone"
    listed = ", ".join(value.slug for value in alone)
    sentence = message(
        "{label}: “{listed}” excludes the other answers. Keep it alone, or remove it.",
        label=criterion.label,
        listed=listed,
    )
    shape = _about(graph, name, SH.NodeShape, sentence, SH.Violation)
    graph.add((shape, SH.targetSubjectsOf, path))
    one, none = SHAPE[f"{name}-one"], SHAPE[f"{name}-other"]
    graph.add((one, SH.path, path))
    graph.add((one, SH.maxCount, Literal(1)))
    graph.add((none, SH.path, path))
    allowed = [value.iri for value in criterion.values if not value.excludes_others]
    graph.add((none, SH["in"], _list(graph, f"{name}-other", [*allowed])))
    graph.add((shape, SH["or"], _list(graph, name, [one, none])))


def _incoherent(graph: Graph, incoherence: Incoherence, criteria: Mapping[str, Criterion]) -> None:
    """Add the shape of two answers that do not go together: the one, the other, or neither."""
    name = slug(coherence_shape(incoherence))
    both = [_answer_text(clause, criteria) for clause in incoherence.between]
    fr, en = (" ; ".join(text.fr for text in both), "; ".join(text.en for text in both))
    sentence = message(
        "Two answers do not go together ({value}). {reading} Change one or the other.",
        value=Text(fr, en),
        reading=incoherence.reading,
    )
    shape = _about(graph, name, SH.NodeShape, sentence, SH.Warning)
    options: list[Node] = []
    for clause in incoherence.between:
        criterion = criteria[clause.criterion]
        key = kebab(slug(criterion.property))
        option = SHAPE[f"{name}-{key}"]
        others: list[Node] = [v.iri for v in criterion.values if v.slug not in clause.accepts]
        graph.add((option, SH.path, criterion.property))
        graph.add((option, SH["in"], _list(graph, f"{name}-{key}", others)))
        options.append(option)
    graph.add((shape, SH.targetSubjectsOf, criteria[incoherence.between[0].criterion].property))
    graph.add((shape, SH["or"], _list(graph, name, options)))


def coherence_shape(incoherence: Incoherence) -> URIRef:
    """Return the shape of two answers that do not go together."""
    return SHAPE[f"Coherence-{incoherence.slug}"]


def _answer_text(clause: Clause, criteria: Mapping[str, Criterion]) -> Text:
    """Return a criterion and the values of a clause, in words."""
    criterion = criteria[clause.criterion]
    labels = [value.label for value in criterion.values if value.slug in clause.accepts]
    fr, en = " ou ".join(v.fr for v in labels), " or ".join(v.en for v in labels)
    return message("{label}: {value}", label=criterion.label, value=Text(fr, en))


def _derived(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-derived"
    sentence = message(
        "{label}: this answer follows from the others. Remove it, and give what it depends on "
        "(kind of holder, layers, modes of management…).",
        label=criterion.label,
    )
    shape = _shape(graph, name, path, sentence, SH.Warning)
    graph.add((shape, SH.maxCount, Literal(0)))


def _assumption(graph: Graph, paths: list[URIRef]) -> None:
    name = "Assumption-answer"
    sentence = message(
        "An assumption carries one answer and only one: write one mtg:Assumption for each "
        "answer assumed."
    )
    shape = _about(graph, name, SH.NodeShape, sentence, SH.Violation)
    graph.add((shape, SH.targetClass, MTG.Assumption))
    options: list[Node] = []
    for path in paths:
        option = SHAPE[f"{name}-{kebab(slug(path))}"]
        graph.add((option, SH.path, path))
        graph.add((option, SH.minCount, Literal(1)))
        options.append(option)
    graph.add((shape, SH.xone, _list(graph, name, options)))


def _any_answer(graph: Graph, paths: list[URIRef]) -> None:
    name = "Project-answers-given"
    sentence = message(
        "No answer is given: nothing can be decided. Start with those you know (“answers” "
        "key): duration, funding, risks…"
    )
    shape = _about(graph, name, SH.PropertyShape, sentence, SH.Info)
    graph.add((shape, SH.targetClass, MTG.Project))
    # A path in an IRI would be read as a property, so the parts of this one are blank nodes.
    parts, here_or_part, answer, path = BNode(), BNode(), BNode(), BNode()
    listed: list[tuple[BNode, list[Node]]] = [
        (parts, [MTG.hasPerimeter, MTG.hasLayerUse]),
        (answer, list(paths)),
    ]
    for node, members in listed:
        head = BNode()
        Collection(graph, head, members)
        graph.add((node, SH.alternativePath, head))
    graph.add((here_or_part, SH.zeroOrOnePath, parts))
    Collection(graph, path, [here_or_part, answer])
    graph.add((shape, SH.path, path))
    graph.add((shape, SH.minCount, Literal(1)))


@cache
def answer_shapes() -> Graph:
    """Return the shapes of every answer property. Do not modify."""
    graph = Graph()
    paths = []
    for criterion in rulebook().criteria.values():
        path = criterion.numeric_property or criterion.property
        paths.append(path)
        if criterion.numeric_property:
            _numeric(graph, criterion, path)
        elif criterion.values:
            _closed(graph, criterion)
        if not criterion.multiple:
            _single(graph, criterion, path)
        _unknown(graph, criterion, path)
        _alone(graph, criterion, path)
        if criterion.answer_origin == "Derived":
            _derived(graph, criterion, path)
    for incoherence in rulebook().incoherences:
        _incoherent(graph, incoherence, rulebook().criteria)
    _assumption(graph, paths)
    _any_answer(graph, paths)
    return graph


@cache
def description_shapes() -> Graph:
    """Return all the shapes a project description must meet. Do not modify."""
    graph = library.read([p for p in library.files("shapes") if p.name == "project.ttl"])
    return graph + answer_shapes()
