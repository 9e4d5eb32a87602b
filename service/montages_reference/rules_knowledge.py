"""What the rules read beside a description, as one graph a period: the law of those days, laid out for rules.

It is what the reference engine gives its queries, and the axioms from which a status follows. A restriction
has an IRI instead of a blank node, the same wherever it stands; an intersection says flatly what it needs,
and at which level it stands: above those that it builds on.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.engine.reference import close, derive, reason
from montages.knowledge.periods import Rules
from montages.names import BASE, MTG
from montages_reference.rules_steps import EDITION

# What is said of a presumption beside what decides.
_BESIDE = (MTG.reading, MTG.source, MTG.certainty, MTG.validFrom, RDFS.isDefinedBy)

_Classes = Mapping[Node, Sequence[Node]]


def rules_knowledge(rules: Rules) -> Graph:
    """Return what the rules of a period read beside a description."""
    axioms = reason.axioms(rules)
    names = _names(axioms)
    graph = Graph()
    for s, p, o in _meanings(rules) + close.background(rules):
        if p not in _BESIDE and (p, o) != (RDF.type, OWL.Restriction):
            graph.add((names.get(s, s), p, names.get(o, o)))
    narrower = defaultdict[Node, list[Node]](list)
    for s, o in axioms.subject_objects(RDFS.subClassOf):
        narrower[names.get(o, o)].append(names.get(s, s))
    needs: dict[Node, list[Node]] = {
        names[node]: [names.get(one, one) for one in Collection(axioms, items)]
        for node, items in axioms.subject_objects(OWL.intersectionOf)
    }
    read = {
        p
        for items in axioms.objects(None, OWL.propertyChainAxiom)
        for p in Collection(axioms, items)
    }
    for p in read:
        graph += axioms.triples((None, p, None))
    kinds = [names[node] for p in read for node in axioms.subjects(OWL.onProperty, p)]
    goals = [*graph.subjects(MTG.outcomeOf), *graph.subjects(MTG.statusOf), *kinds]
    leading = _leading(goals, narrower, needs)
    for wider in leading:
        for one in narrower[wider]:
            graph.add((one, RDFS.subClassOf, wider))
    for node in axioms.subjects(OWL.hasValue):
        if names[node] in leading:
            for p in (OWL.onProperty, OWL.hasValue):
                graph.add((names[node], p, _only(axioms, node, p)))
    for node, level in _levels(narrower, needs).items():
        if node in leading:
            graph.add((node, EDITION.level, Literal(level)))
            for one in needs[node]:
                graph.add((node, EDITION.needs, one))
    return graph


def levels(knowledge: Graph) -> int:
    """Return how many levels of classes are built one on the other."""
    return max(int(str(level)) for level in knowledge.objects(None, EDITION.level))


def _meanings(rules: Rules) -> Graph:
    """Return what compiled classes mean, of the requirements that decide."""
    every, graph = derive.background(rules), Graph()
    hard = set(every.subjects(MTG.strength, MTG.Hard))
    for s, p, o in every:
        if p in (MTG.statusOf, MTG.status) or hard & {s, o, every.value(s, MTG.outcomeOf)}:
            graph.add((s, p, o))
    return graph


def _names(axioms: Graph) -> dict[Node, URIRef]:
    """Return an IRI for each class that has none, by what it says."""
    names: dict[Node, URIRef] = {}
    for node, value in axioms.subject_objects(OWL.hasValue):
        names[node] = EDITION[f"has-{_flat(_only(axioms, node, OWL.onProperty))}-{_flat(value)}"]
    for node, items in axioms.subject_objects(OWL.intersectionOf):
        members = sorted(str(names.get(one, one)) for one in Collection(axioms, items))
        digest = hashlib.sha256("\n".join(members).encode()).hexdigest()[:8]
        names[node] = EDITION[f"all-{digest}"]
    return names


def _flat(node: Node) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", str(node).removeprefix(BASE).removeprefix("def/"))


def _only(graph: Graph, node: Node, predicate: URIRef) -> Node:
    value = graph.value(node, predicate)
    assert value is not None, (node, predicate)
    return value


def _leading(goals: Iterable[Node], narrower: _Classes, needs: _Classes) -> set[Node]:
    """Return the classes from which one of the goals follows, those included."""
    leading: set[Node] = set()
    todo = list(goals)
    while todo:
        node = todo.pop()
        if node not in leading:
            leading.add(node)
            todo += [*narrower.get(node, ()), *needs.get(node, ())]
    return leading


def _levels(narrower: _Classes, needs: _Classes) -> dict[Node, int]:
    """Return the level of each intersection: the first is built on no other."""
    built_on = {node: needs.keys() & _leading(needs[node], narrower, {}) for node in needs}
    levels: dict[Node, int] = {}
    level = 1
    while len(levels) < len(built_on):
        ready = [
            node for node in built_on if node not in levels and built_on[node] <= levels.keys()
        ]
        assert ready, "classes that need each other in a circle"
        levels |= dict.fromkeys(ready, level)
        level += 1
    return levels
