"""Shapes and background as plain data for the fast check: compiled once, cached on disk.

A shape looks at few properties, and moves from a node to its values: so the rest of a description, and
the background that its own values do not lead to, cannot change its findings. Shapes for which this does
not hold are refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.description.facts import from_node
from montages.errors import BrokenKnowledge
from montages.knowledge.compiled.answer_shapes import description_shapes
from montages.knowledge.files.disk_cache import disk_cache
from montages.names import compact, iris, slug
from montages.validation.findings import SEVERITY, shape_message
from montages.validation.vocabulary import Vocabulary, background, vocabulary

# The terms of SHACL on which the compiled engine is compared with pySHACL, by our own shapes.
_PATHS = frozenset({SH.alternativePath, SH.inversePath, SH.zeroOrOnePath})
_TARGETS = frozenset({SH.targetClass, SH.targetSubjectsOf})
# A query looks no further than the path of its shape: it names no other term than those of XML Schema.
_QUERIES = frozenset({SH.select, SH.prefixes, SH.declare, SH.prefix, SH.namespace})
_NAMED = re.compile(r"<[^\s<>]*>|(?<![?$\w])(?!xsd:)\w*:\w|(?<![?$\w])a\s")
_COMPARED = (
    _PATHS
    | _TARGETS
    | {SH.path, SH.property, SH["not"], SH["or"], SH.xone, SH["in"], SH["class"], SH.hasValue}
    | {SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minExclusive}
    | {SH.minLength, SH.maxLength, SH.pattern, SH.sparql}
    | _QUERIES
)
# For people and for our own findings: the engine does not need them.
_DESCRIPTIVE = frozenset({SH.name, SH.description, SH.group, SH.order, SH.message, SH.severity})
_KINDS = (SH.NodeShape, SH.PropertyShape)


@dataclass(frozen=True)
class FindingTemplate:
    """A finding on a shape that is not met, but for its focus and value."""

    constraint: str
    severity: str
    path: str
    message: Text
    accepted: tuple[str, ...]


@dataclass(frozen=True)
class CheckTables:
    """The shapes as N-Triples, their findings and targets, and the background by the IRI it is about.

    `refusing` are the shapes that can refuse a description; `forwards` tells that none of them follows a
    property backwards, so that descriptions without a common node can be checked together.
    """

    shapes: str
    count: int
    refusing: str
    refusing_count: int
    forwards: bool
    templates: Mapping[str, FindingTemplate]
    looked_along: Mapping[str, str]
    background: Mapping[str, tuple[str, ...]]
    of_subjects: Mapping[str, tuple[str, ...]]
    of_class: Mapping[str, tuple[str, ...]]
    targeted: tuple[str, ...]
    vocabulary: Vocabulary


@disk_cache
def check_tables() -> CheckTables:
    """Return the tables of the shapes of a description; raises as `compile_tables`."""
    return compile_tables(description_shapes(), background(), vocabulary())


def compile_tables(shapes: Graph, background: Graph, vocabulary: Vocabulary) -> CheckTables:
    """Return the tables of some shapes.

    Raises BrokenKnowledge naming what the fast check cannot honour: never silently left out.
    """
    _refuse_unknown(shapes)
    along = _looked_along(shapes)
    _refuse_background(shapes, background)
    targets = {
        target: [(str(o), slug(str(s))) for s, o in shapes.subject_objects(target)]
        for target in _TARGETS
    }
    by_class = [
        (str(cls), name)
        for target, name in targets[SH.targetClass]
        for cls in background.transitive_subjects(RDFS.subClassOf, URIRef(target))
    ]
    refusing = _refusing(shapes)
    lines: dict[str, list[tuple[str, str]]] = {}
    for s, p, o in sorted(background):
        if p in along and isinstance(s, URIRef) and isinstance(o, URIRef):
            lines.setdefault(str(s), []).append((str(o), f"{s.n3()} {p.n3()} {o.n3()} .\n"))
    return CheckTables(
        shapes=_text(shapes),
        count=len(_shape_nodes(shapes)),
        refusing=_text(refusing),
        refusing_count=len(_shape_nodes(refusing)),
        forwards=(None, SH.inversePath, None) not in refusing,
        templates=_templates(shapes),
        looked_along={str(p): f" {p.n3()} " for p in iris(along)},
        background={iri: _reachable(iri, lines) for iri in lines},
        of_subjects=_grouped(targets[SH.targetSubjectsOf]),
        of_class=_grouped(by_class),
        targeted=tuple(sorted({name for pairs in targets.values() for _, name in pairs})),
        vocabulary=vocabulary,
    )


def _refusing(shapes: Graph) -> Graph:
    """Return the shapes without those that only warn or inform: the same descriptions violate them."""
    lesser = {s for s, o in shapes.subject_objects(SH.severity) if o != SH.Violation}
    lesser -= set(shapes.subjects(SH.property))
    targeted = {s for target in _TARGETS for s in shapes.subjects(target)}
    refusing, visited, todo = Graph(), set[Node](), list(targeted - lesser)
    for node in todo:
        if node in visited:
            continue
        visited.add(node)
        # What a shape that reports only warns about counts where another shape asks if it is met.
        alone = (None, None, node) not in shapes
        for p, o in shapes.predicate_objects(node):
            if not (alone and p == SH.property and o in lesser):
                refusing.add((node, p, o))
                todo.append(o)
    return refusing


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = {}
    for key, name in pairs:
        groups.setdefault(key, set()).add(name)
    return {key: tuple(sorted(names)) for key, names in sorted(groups.items())}


def _refusal(what: Node) -> BrokenKnowledge:
    name = compact(str(what))
    return BrokenKnowledge(
        message(
            "The fast check cannot read {name} in the shapes of a description. Compare it with "
            "pySHACL, then add it to validation/check_tables.py, or choose --engine reference.",
            name=name,
        ),
        kind=name,
    )


def _refuse_unknown(shapes: Graph) -> None:
    for term in iris(set(shapes.predicates())):
        if str(term).startswith(str(SH)) and term not in _COMPARED | _DESCRIPTIVE:
            raise _refusal(term)
    for query in shapes.objects(None, SH.select):
        if _NAMED.search(str(query)):
            raise _refusal(SH.select)
    for node in _shape_nodes(shapes):
        for kind in (RDFS.Class, OWL.Class):  # a class that is a shape is its own target
            if (node, RDF.type, kind) in shapes:
                raise _refusal(kind)


def _refuse_background(shapes: Graph, background: Graph) -> None:
    """Refuse shapes that would look at the background itself, or come to it by a property backwards."""
    predicates = set(background.predicates())
    backwards = set(shapes.objects(None, SH.inversePath))
    for term in iris(predicates & (backwards | set(shapes.objects(None, SH.targetSubjectsOf)))):
        raise _refusal(term)
    for node in backwards:
        if isinstance(node, BNode):
            raise _refusal(SH.inversePath)
    for target in iris(set(shapes.objects(None, SH.targetClass))):
        for cls in background.transitive_subjects(RDFS.subClassOf, target):
            if (None, RDF.type, cls) in background:
                raise _refusal(target)


def _shape_nodes(shapes: Graph) -> set[Node]:
    within = _PATHS | _QUERIES
    nodes = {s for s, p, _ in shapes if str(p).startswith(str(SH)) and p not in within}
    return nodes | {s for kind in _KINDS for s in shapes.subjects(RDF.type, kind)}


def _looked_along(shapes: Graph) -> set[Node]:
    """Return every property that a shape reads, types and classes included."""
    properties: set[Node] = {RDF.type, RDFS.subClassOf, *shapes.objects(None, SH.targetSubjectsOf)}
    visited, todo = set[Node](), list(shapes.objects(None, SH.path))
    for node in todo:
        if not isinstance(node, BNode):
            properties.add(node)
        elif node not in visited:
            visited.add(node)
            todo += [o for p, o in shapes.predicate_objects(node) if o != RDF.nil]
    return properties


def _reachable(iri: str, lines: Mapping[str, list[tuple[str, str]]]) -> tuple[str, ...]:
    reachable, visited, todo = list[str](), {iri}, [iri]
    for node in todo:
        for other, line in lines.get(node, ()):
            reachable.append(line)
            if other not in visited:
                visited.add(other)
                todo.append(other)
    return tuple(reachable)


def _text(shapes: Graph) -> str:
    """Return what the engine needs of the shapes as N-Triples, the same at each run."""
    needed = (
        (s, p, o)
        for s, p, o in shapes
        if p in _COMPARED or p in (RDF.first, RDF.rest) or (p == RDF.type and o in _KINDS)
    )
    labels: dict[Node, str] = {}
    lines = {" ".join(_label(shapes, node, labels) for node in triple) for triple in needed}
    return "".join(f"{line} .\n" for line in sorted(lines))


def _label(shapes: Graph, node: Node, labels: dict[Node, str]) -> str:
    """Return a node in N-Triples; a blank one is named by its content, so that names never change."""
    if node not in labels:
        if isinstance(node, BNode):
            pairs = shapes.predicate_objects(node)
            content = sorted(f"{p} {_label(shapes, o, labels)}" for p, o in pairs)
            labels[node] = f"_:b{hashlib.sha256(' '.join(content).encode()).hexdigest()[:16]}"
        else:
            labels[node] = f"<{node}>" if isinstance(node, URIRef) else str(from_node(node))
    return labels[node]


def _templates(shapes: Graph) -> dict[str, FindingTemplate]:
    templates = {}
    for shape in iris(_shape_nodes(shapes)):
        sentence, accepted = shape_message(shapes, shape)
        path = shapes.value(shape, SH.path)
        templates[f"<{shape}>"] = FindingTemplate(
            constraint=str(shape),
            severity=SEVERITY.get(str(shapes.value(shape, SH.severity)), "violation"),
            path=str(path) if isinstance(path, URIRef) else "",
            message=sentence,
            accepted=accepted,
        )
    return templates
