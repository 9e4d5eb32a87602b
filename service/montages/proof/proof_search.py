"""Find the steps of a proof backwards: which rule, from which known facts, gives this fact?

OWL 2 RL reasoners keep no trace, so the closure is explained after the event. Facts are written as
text; anonymous classes are written out, as in `hasValue(<property>,<value>)` and `allOf(class&class)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from rdflib import OWL, PROV, RDF, RDFS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.assessment.premises import Premises
from montages.engine.reference.reason import axioms
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.periods import Rules
from montages.names import MTG, iris
from montages.proof.presumption_premises import (
    FALLS_UNDER,
    USAGE,
    of_answer,
    of_bearing,
    of_usage,
    published_presumptions,
)

Fact = tuple[str, str, str]
Candidate = tuple[str, list[Fact]]

TYPE, SUB = str(RDF.type), str(RDFS.subClassOf)
CHAIN, SUBPROPERTY = str(OWL.propertyChainAxiom), str(RDFS.subPropertyOf)


def term(node: Node, graph: Graph) -> str:
    """Return a node as text: an IRI as it is, a literal as in Turtle, an anonymous class written out."""
    if isinstance(node, URIRef):
        return str(node)
    members = graph.value(node, OWL.intersectionOf)
    if members is not None:
        parts = [term(m, graph) for m in Collection(graph, members)]
        return f"allOf({'&'.join(sorted(parts))})"
    prop = graph.value(node, OWL.onProperty)
    if prop is not None:
        value = graph.value(node, OWL.hasValue)
        if value is not None:
            return f"hasValue(<{prop}>,<{value}>)"
        return f"someValuesFrom(<{prop}>,<{graph.value(node, OWL.someValuesFrom)}>)"
    if (node, RDF.first, None) in graph:
        return f"chain({','.join(f'<{m}>' for m in Collection(graph, node))})"
    return node.n3()


def _args(expression: str) -> list[str]:
    return expression[expression.index("(<") + 2 : -2].split(">,<")


class _Published:
    """The axioms of a period and the meaning of their classes, as facts: worked out once."""

    def __init__(self, rules: Rules) -> None:
        self.facts = _facts(axioms(rules))
        meaning = compile_rules(rules)
        for predicate in (MTG.outcomeOf, MTG.outcome, MTG.statusOf, MTG.status, MTG.requires):
            self.facts |= _facts(meaning, predicate)
        self.facts |= _facts(library.data(), MTG.strength)
        self.facts |= published_presumptions(rules)
        self.narrower: dict[str, list[str]] = {}
        self.wider: dict[str, list[str]] = {}
        self.chains: dict[str, list[str]] = {}
        for s, p, o in sorted(self.facts):
            if p == SUB:
                self.narrower.setdefault(o, []).append(s)
            elif p == SUBPROPERTY:
                self.wider.setdefault(o, []).append(s)
            elif p == CHAIN:
                self.chains.setdefault(s, []).append(o)


@cache
def _published(rules: Rules) -> _Published:
    return _Published(rules)


class ProofSearch:
    """Finds steps for the facts of one assessment."""

    def __init__(self, premises: Premises) -> None:
        self.rules: Rules = premises.rules
        graphs = premises.derived.graphs
        asserted, closure = graphs["asserted"], graphs["closure"]
        self.asserted = _facts(asserted)
        self.closing: dict[Fact, str] = {}
        self.origin: dict[Fact, list[Fact]] = {}
        for name, closing in premises.derived.steps.items():
            self.closing |= dict.fromkeys(sorted(_facts(closing)), f"close/{name}")
            self._origins(closing, asserted)
        self.published = _published(self.rules)
        self.own = self.asserted | set(self.closing) | _facts(closure)
        self.steps: dict[Fact, dict[str, Any]] = {}
        self.by_subject: dict[tuple[str, str], list[str]] = {}
        about = {s for s, _, _ in self.own} | {o for _, _, o in self.own}
        for s, p, o in sorted(self.own | {f for f in self.published.facts if f[0] in about}):
            self.by_subject.setdefault((s, p), []).append(o)
        self._presumed()

    def holds(self, fact: Fact) -> bool:
        """Tell whether a fact was asserted, closed, inferred or published."""
        return fact in self.own or fact in self.published.facts

    def _origins(self, closing: Graph, asserted: Graph) -> None:
        """Note where each closing fact comes from: the statement on its project, perimeter or use."""
        both = asserted + closing
        for node in closing.subjects(RDF.type, MTG.ClosingFact):
            s, p, o = (closing.value(node, x) for x in (RDF.subject, RDF.predicate, RDF.object))
            if None in (s, p, o):
                continue
            self.origin[(str(s), str(p), str(o))] = self._premises(node, closing, both)

    def _premises(self, node: Node, closing: Graph, graph: Graph) -> list[Fact]:
        """Return what a closing fact rests on; where it has several sources, the first by name."""
        if (node, MTG.fromProperty, MTG.presumes) in closing:
            unit = str(closing.value(node, RDF.subject))
            sources = iris(closing.objects(node, PROV.wasDerivedFrom))
            return [fact for source in sources for fact in of_answer(unit, str(source))]
        for source in iris(closing.objects(node, PROV.wasDerivedFrom)):
            for prop in iris(closing.objects(node, MTG.fromProperty)):
                values = graph.objects(source, prop)
                facts = [(str(source), str(prop), term(value, graph)) for value in values]
                facts = facts or [f for f in self.closing if f[:2] == (str(source), str(prop))]
                if facts:
                    return sorted(facts)
        return []

    def _presumed(self) -> None:
        """Note why units fall under presumptions, and where their usages are stated."""
        presumptions = {str(p.iri): p for p in self.rules.presumptions}
        for s, p, o in self.closing:
            if p == FALLS_UNDER:
                self.origin[s, p, o] = of_bearing(s, presumptions[o], self.by_subject, self.rules)
            elif p == USAGE:
                self.origin[s, p, o] = of_usage(s, o, self.by_subject)

    def prove(self, fact: Fact, visiting: frozenset[Fact] = frozenset()) -> str | None:
        """Return the id of a step that concludes a fact, None when no rule gives it."""
        if fact in self.steps:
            return str(self.steps[fact]["id"])
        if fact in visiting:
            return None
        for rule, premises in self._candidates(fact):
            ids = []
            for premise in premises:
                step = self.prove(premise, visiting | {fact})
                if step is None:
                    break
                ids.append(step)
            else:
                return self.add(fact, rule, ids)
        return None

    def restart(self) -> ProofSearch:
        """Forget the steps found so far and return the search, ready for another proof."""
        self.steps = {}
        return self

    def need(self, fact: Fact) -> str:
        """Return the step of a fact that must have one."""
        step = self.prove(fact)
        assert step is not None, fact
        return step

    def add(self, fact: Fact, rule: str, premises: list[str], **more: Any) -> str:
        """Add a step and return its id."""
        if fact not in self.steps:
            step = {"id": f"n{len(self.steps) + 1}", "conclusion": " ".join(fact), "rule": rule}
            self.steps[fact] = step | {"premises": premises} | more
        return str(self.steps[fact]["id"])

    def absent(self, s: str, p: str, o: str = "*", **more: Any) -> str:
        """Add the step that says a fact is not there."""
        return self.add((f"not:{s}", p, o), "absent", [], **more)

    def _candidates(self, fact: Fact) -> Iterator[Candidate]:
        s, p, o = fact
        if fact in self.asserted:
            yield "asserted", []
        if fact in self.closing:
            yield self.closing[fact], self.origin.get(fact, [])
        if fact in self.published.facts:
            yield "published", []
        if p == TYPE:
            yield from self._of_type(s, o)
        else:
            yield from self._of_property(s, p, o)

    def _of_type(self, s: str, cls: str) -> Iterator[Candidate]:
        if cls.startswith("hasValue("):
            prop, value = _args(cls)
            if self.holds((s, prop, value)):
                yield "cls-hv2", [(s, prop, value)]
        elif cls.startswith("allOf("):
            members = cls[6:-1].split("&")
            named = [m for m in members if "(" not in m]
            if all(self.holds((s, TYPE, m)) for m in named):
                yield "cls-int1", [(s, TYPE, m) for m in members]
        elif cls.startswith("someValuesFrom("):
            prop, filler = _args(cls)
            for value in self.by_subject.get((s, prop), []):
                if self.holds((value, TYPE, filler)):
                    yield "cls-svf1", [(s, prop, value), (value, TYPE, filler)]
        for narrower in self.published.narrower.get(cls, []):
            if "(" in narrower or self.holds((s, TYPE, narrower)):
                yield "cax-sco", [(s, TYPE, narrower), (narrower, SUB, cls)]

    def _of_property(self, s: str, p: str, o: str) -> Iterator[Candidate]:
        expression = f"hasValue(<{p}>,<{o}>)"
        if expression in self.published.narrower:
            yield "cls-hv1", [(s, TYPE, expression)]
        for sub in self.published.wider.get(p, []):
            if self.holds((s, sub, o)):
                yield "prp-spo1", [(s, sub, o), (sub, SUBPROPERTY, p)]
        for chain in self.published.chains.get(p, []):
            for path in self._paths(s, _args(chain), o):
                yield "prp-spo2", [(p, CHAIN, chain), *path]

    def _paths(self, start: str, properties: list[str], end: str) -> Iterator[list[Fact]]:
        first, *rest = properties
        for value in self.by_subject.get((start, first), []):
            if rest:
                for path in self._paths(value, rest, end):
                    yield [(start, first, value), *path]
            elif value == end:
                yield [(start, first, value)]


def _facts(graph: Graph, predicate: URIRef | None = None) -> set[Fact]:
    return {
        (term(s, graph), str(p), term(o, graph))
        for s, p, o in graph.triples((None, predicate, None))
        if p not in (RDF.first, RDF.rest, OWL.onProperty, OWL.hasValue, OWL.intersectionOf)
    }
