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
from montages.knowledge.graphs import add_text
from montages.knowledge.law import Clause
from montages.knowledge.model import Criterion, Incoherence
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, SHAPE, kebab, slug


def _shape(
    graph: Graph, name: str, path: URIRef, title: Text, sentence: Text, severity: URIRef
) -> URIRef:
    shape = _about(graph, name, SH.PropertyShape, title, sentence, severity)
    graph.add((shape, SH.targetSubjectsOf, path))
    graph.add((shape, SH.path, path))
    return shape


def _about(
    graph: Graph, name: str, kind: URIRef, title: Text, sentence: Text, severity: URIRef
) -> URIRef:
    shape = SHAPE[name]
    graph.add((shape, RDF.type, kind))
    graph.add((shape, SH.severity, severity))
    add_text(graph, shape, SH.message, sentence)
    add_text(graph, shape, SH.name, title)
    return shape


def _list(graph: Graph, name: str, members: list[Node]) -> Node:
    head = SHAPE[f"{name}-list"]
    Collection(graph, head, members)
    return head


def answer_shape(criterion: Criterion) -> URIRef:
    """Return the shape of the answer to a criterion: what it may be, and how many."""
    return SHAPE[f"Answer-{kebab(slug(criterion.answer_path))}"]


def _answer(graph: Graph, criterion: Criterion) -> None:
    """Add what the answer to a criterion may be, with all that a form shows of it."""
    name, path = slug(answer_shape(criterion)), criterion.answer_path
    sentence = (
        _numeric_sentence(criterion) if criterion.numeric_property else _listed_sentence(criterion)
    )
    shape = _shape(graph, name, path, criterion.question, sentence, SH.Violation)
    add_text(graph, shape, SH.description, criterion.help)
    graph.add((shape, SH.order, Literal(criterion.order)))
    graph.add((shape, SH.group, SHAPE[f"Group-{criterion.theme}"]))
    if not criterion.multiple:
        graph.add((shape, SH.maxCount, Literal(1)))
    if criterion.numeric_property:
        options: list[Node] = []
        for kind in (XSD.integer, XSD.decimal):
            option = SHAPE[f"{name}-{slug(kind)}"]
            graph.add((option, SH.datatype, kind))
            graph.add((option, SH.minExclusive, Literal(0)))
            options.append(option)
        graph.add((shape, SH["or"], _list(graph, name, options)))
    elif criterion.values:
        graph.add((shape, SH.nodeKind, SH.IRI))
        graph.add((shape, SH["in"], _list(graph, name, [v.iri for v in criterion.values])))


def _numeric_sentence(criterion: Criterion) -> Text:
    return message(
        "{question} Give one positive number ({unit}), in RDF without quotes or unit. If it differs by "
        "layer or perimeter, state it on each.",
        question=criterion.question,
        unit=criterion.unit,
    )


def _listed_sentence(criterion: Criterion) -> Text:
    listed = ", ".join(v.slug for v in criterion.values)
    if criterion.multiple:
        return message(
            "{question} Give one or several of: {listed}.",
            question=criterion.question,
            listed=listed,
        )
    return message(
        "{question} Give one answer of: {listed}. If it differs by layer or perimeter, state it on each.",
        question=criterion.question,
        listed=listed,
    )


def _unknown(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-unknown"
    sentence = message(
        "{label}: the answer is both given and declared unknown. Keep one or the other.",
        label=criterion.label,
    )
    shape = _shape(graph, name, MTG.declaresUnknown, criterion.label, sentence, SH.Violation)
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
    shape = _about(graph, name, SH.NodeShape, criterion.label, sentence, SH.Violation)
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
    title = message("Answers that do not go together")
    shape = _about(graph, name, SH.NodeShape, title, sentence, SH.Warning)
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


def _assumption(graph: Graph, paths: list[URIRef]) -> None:
    name = "Assumption-answer"
    sentence = message(
        "An assumption carries one answer and only one: write one mtg:Assumption for each "
        "answer assumed."
    )
    title = message("One answer an assumption")
    shape = _about(graph, name, SH.NodeShape, title, sentence, SH.Violation)
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
    title = message("Answers given")
    shape = _about(graph, name, SH.PropertyShape, title, sentence, SH.Info)
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
        path = criterion.answer_path
        paths.append(path)
        if criterion.numeric_property or criterion.values:
            _answer(graph, criterion)
        _unknown(graph, criterion, path)
        _alone(graph, criterion, path)
        if criterion.answer_origin == "Derived":
            name = f"Answer-{kebab(slug(path))}-derived"
            sentence = message(
                "{label}: this answer follows from the others. Remove it, and give what it depends on "
                "(kind of holder, layers, modes of management…).",
                label=criterion.label,
            )
            shape = _shape(graph, name, path, criterion.label, sentence, SH.Warning)
            graph.add((shape, SH.maxCount, Literal(0)))
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
