"""Compile the rules of a period to OWL 2 RL axioms, for any reasoner that does chains (R9, R10).

A unit's answer puts it in an answer class; answer classes lead to requirement outcomes; outcomes
lead to statuses. Only `hasValue` restrictions, intersections and `subClassOf` are written, so that
nothing is ever concluded about the values themselves, which all projects share. What a class means
whatever the period is published once, in a graph that those of the periods import.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.knowledge.law import Clause, Condition, Requirement
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.names import COMPILED, COMPILED_RULES, MODULE, MTG, compiled, slug

# What the classes of all periods mean: `data/compiled.ttl` says what it is.
CLASSES = MODULE["compiled"]
_LIES_IN = RDFS.subClassOf  # a term is looked up at each mention
_LABELS = {
    "Answer": message("Answers", context="of a query"),
    "Excluded": message("Leaves out"),
    "Satisfied": message("Requirement satisfied"),
    "Violated": message("Requirement violated"),
    "NotApplicable": message("Requirement not applicable"),
    "Refused": message("Answer not accepted"),
    "Holds": message("Condition holds"),
    "Refuted": message("Condition refuted"),
    "Eligible": message("Eligible"),
    "Ineligible": message("Ineligible"),
    "Retained": message("Retained"),
    "RetainedAgainstFacts": message("Retained against facts"),
}


@dataclass(frozen=True)
class _Statements:
    """A graph that is written, and the classes whose meaning is in it."""

    # One graph alone needs no store of contexts, which takes twice the time to fill.
    graph: Graph = field(default_factory=lambda: Graph(store="SimpleMemory"))
    classes: set[URIRef] = field(default_factory=set)

    def add(self, subject: Node, predicate: Node, thing: Node) -> None:
        """Add a statement to the store, which asks of no node whether it is one: ours all are."""
        self.graph.store.add((subject, predicate, thing), self.graph)

    def implies(self, narrower: URIRef | BNode, wider: URIRef) -> None:
        """State that a class lies in a wider one."""
        self.add(narrower, _LIES_IN, wider)

    def has_value(self, prop: URIRef, value: URIRef, wider: URIRef) -> None:
        """State that what has a value for a property lies in a class."""
        node = BNode(f"has-{_flat(prop)}-{_flat(value)}")
        self.add(node, RDF.type, OWL.Restriction)
        self.add(node, OWL.onProperty, prop)
        self.add(node, OWL.hasValue, value)
        self.implies(node, wider)


class _AxiomWriter:
    """Writes axioms about the classes of one period, and what they mean in any, which may go elsewhere."""

    def __init__(self, rules: Rules, meanings: _Statements | None = None) -> None:
        self.rules = rules
        self.own = _Statements()
        self.meanings = meanings or self.own
        self.add, self.implies = self.own.add, self.own.implies

    def all_of(self, members: list[URIRef], wider: URIRef) -> None:
        """State that what lies in all the members lies in a wider class."""
        members = sorted(set(members))
        if len(members) == 1:
            return self.implies(members[0], wider)
        node = BNode(f"all-{_flat(wider)}")
        items = [BNode(f"all-{_flat(wider)}-{n}") for n in range(len(members))]
        self.add(node, RDF.type, OWL.Class)
        self.add(node, OWL.intersectionOf, items[0])
        for item, member, rest in zip(items, members, [*items[1:], RDF.nil], strict=True):
            self.add(item, RDF.first, member)
            self.add(item, RDF.rest, rest)
        return self.implies(node, wider)

    def answer(self, criterion: str, value: str) -> URIRef:
        """Return the class of the units that answer a criterion with a value."""
        definition = self.rules.criteria[criterion]
        name = compiled("Answer", f"{criterion}-{value}")
        return self._defined(name, definition.property, definition, value)

    def excluded(self, criterion: str, value: str) -> URIRef:
        """Return the class of the units whose complete list leaves a value out."""
        definition = self.rules.criteria[criterion]
        assert definition.excluded_property is not None, criterion
        name = compiled("Excluded", f"{criterion}-{value}")
        return self._defined(name, definition.excluded_property, definition, value)

    def _defined(self, name: URIRef, prop: URIRef, definition: Criterion, value: str) -> URIRef:
        """Return the class of what has a value of a criterion for a property, written once."""
        if name not in self.meanings.classes:
            self.meanings.classes.add(name)
            self.meanings.has_value(prop, definition.value(value).iri, name)
        return name

    def _tells(self, name: URIRef, predicate: URIRef, thing: URIRef) -> None:
        """State what a class tells, written once."""
        if name not in self.meanings.classes:
            self.meanings.classes.add(name)
            self.meanings.add(name, predicate, thing)

    def met(self, clause: Clause, wider: URIRef) -> None:
        """State that meeting a clause leads to a wider class."""
        for value in sorted(self.rules.accepted(clause) or ()):
            self.implies(self.answer(clause.criterion, value), wider)

    def refused(self, clause: Clause, wider: URIRef) -> None:
        """State that refuting a clause leads to a wider class."""
        if self.rules.criteria[clause.criterion].multiple:
            left_out = [self.excluded(clause.criterion, v) for v in sorted(clause.accepts)]
            return self.all_of(left_out, wider)
        for value in sorted(self.rules.rejected(clause)):
            self.implies(self.answer(clause.criterion, value), wider)
        return None

    def condition(self, condition: Condition, name: str) -> tuple[URIRef, URIRef]:
        """Return the classes where a condition holds and where it is refuted."""
        holds, refuted = compiled("Holds", name), compiled("Refuted", name)
        parts = []
        for n, clause in enumerate(condition.clauses, 1):
            part = holds if len(condition.clauses) == 1 else compiled("Holds", f"{name}-{n}")
            self.met(clause, part)
            self.refused(clause, refuted)
            parts.append(part)
        if len(parts) > 1:
            self.all_of(parts, holds)
        return holds, refuted

    def requirement(self, requirement: Requirement) -> None:
        """Write how a requirement comes out: accepts ∨ any unless ∨ ¬(all when)."""
        slug = requirement.slug
        satisfied, violated = compiled("Satisfied", slug), compiled("Violated", slug)
        self.met(requirement.own, satisfied)
        against: list[URIRef] = []
        for n, condition in enumerate(requirement.when, 1):
            holds, refuted = self.condition(condition, f"{slug}-when-{n}")
            self.implies(refuted, compiled("NotApplicable", slug))
            against.append(holds)
        for n, condition in enumerate(requirement.unless, 1):
            holds, refuted = self.condition(condition, f"{slug}-unless-{n}")
            self.implies(holds, satisfied)
            against.append(refuted)
        if against:
            refused = compiled("Refused", slug)
            self.refused(requirement.own, refused)
            self.all_of([refused, *against], violated)
        else:
            self.refused(requirement.own, violated)
        outcomes = {"Satisfied", "Violated"}
        if requirement.when:
            self.implies(compiled("NotApplicable", slug), satisfied)
            outcomes.add("NotApplicable")
        if requirement.hard:
            self.own.has_value(MTG.assertedRequirement, requirement.iri, satisfied)
        for role in sorted(outcomes):
            self.add(compiled(role, slug), MTG.outcomeOf, requirement.version)
            self._tells(compiled(role, slug), MTG.outcome, MTG[role])

    def arrangement(self, slug: str) -> None:
        """Write when an arrangement is eligible and ineligible, its parents included."""
        arrangement = self.rules.arrangements[slug]
        eligible, ineligible = compiled("Eligible", slug), compiled("Ineligible", slug)
        needed = [
            compiled("Eligible", p) for p in arrangement.parents if p in self.rules.arrangements
        ]
        for parent in arrangement.parents:
            if parent in self.rules.arrangements:
                self.implies(compiled("Ineligible", parent), ineligible)
        for requirement in self.rules.own(slug):
            if requirement.hard:
                needed.append(compiled("Satisfied", requirement.slug))
                self.implies(compiled("Violated", requirement.slug), ineligible)
        if needed:
            self.all_of(needed, eligible)
        else:
            self.implies(MTG.Unit, eligible)
        for role in ("Eligible", "Ineligible"):
            self.add(compiled(role, slug), MTG.statusOf, arrangement.iri)
            self._tells(compiled(role, slug), MTG.status, MTG[role])
        if not arrangement.abstract:
            retained = compiled("Retained", slug)
            if retained not in self.meanings.classes:
                self.meanings.classes.add(retained)
                self.meanings.has_value(MTG.retains, arrangement.iri, retained)
            against = compiled("RetainedAgainstFacts", slug)
            self.all_of([retained, ineligible], against)
            self.implies(against, MTG.RetainedAgainstFacts)
        for requirement in self.rules.effective(slug):
            self.add(arrangement.iri, MTG.requires, requirement.version)

    def buckets(self) -> None:
        """Write the buckets of each numeric criterion, with their bounds."""
        for criterion, buckets in self.rules.buckets.items():
            for bucket in buckets:
                self.add(bucket.iri, RDF.type, MTG.Bucket)
                self.add(bucket.iri, MTG.bucketOf, self.rules.criteria[criterion].iri)
                for lang in ("fr", "en"):
                    self.add(bucket.iri, RDFS.label, Literal(bucket.label[lang], lang=lang))
                for cut, limit, inclusive in (
                    (bucket.low, MTG.bucketLow, MTG.bucketLowExclusive),
                    (bucket.high, MTG.bucketHigh, MTG.bucketHighInclusive),
                ):
                    if cut:
                        self.add(bucket.iri, limit, Literal(cut[0], datatype=XSD.decimal))
                        self.add(bucket.iri, inclusive, Literal(bool(cut[1])))

    def layers(self) -> None:
        """Write what reasoning needs to know of each layer: its group, its usual kind of investment."""
        for predicate in (MTG.layerGroup, MTG.investmentKindOfLayer):
            for triple in library.data().triples((None, predicate, None)):
                self.add(*triple)


def _names(periods: Sequence[Rules]) -> dict[str, Text]:
    """Return what the classes of periods are named after, each as the last that knows it does."""
    names: dict[str, Text] = {}
    for rules in periods:
        names |= {r.slug: r.label for r in rules.requirements}
        names |= {slug: arrangement.label for slug, arrangement in rules.arrangements.items()}
        for criterion in rules.criteria.values():
            for value in criterion.values:
                both = Text(*(f"{criterion.label[x]} : {value.label[x]}" for x in ("fr", "en")))
                names[f"{criterion.slug}-{value.slug}"] = both
    return names


def _role_and_name(node: URIRef) -> tuple[str, str]:
    """Return the role of a compiled class, and the slug of what has it."""
    role, _, name = slug(str(node)).partition("-")
    return role, re.sub(r"-(when|unless)-.*$", "", name)


def _flat(iri: URIRef) -> str:
    return str(iri).removeprefix("https://w3id.org/montages/").replace("/", "-")


def module(rules: Rules) -> URIRef:
    """Return the IRI of the compiled graph of a period: `module/compiled/<first-day>`."""
    return COMPILED_RULES[rules.period.first.isoformat()]


@cache
def compile_rules(rules: Rules) -> Graph:
    """Return the axioms of a period as one graph, the same for the same rules. Do not modify."""
    return _written(_AxiomWriter(rules))


def published_rules(periods: Sequence[Rules]) -> tuple[Graph, list[Graph]]:
    """Return what is published of periods, the first one first: what their classes mean, and a graph each."""
    meanings = _Statements()
    graphs = [_written(_AxiomWriter(rules, meanings)) for rules in periods]
    # Declare and label every compiled class of some graphs, so that each dereferences.
    names = _names(periods)
    ends = {node for graph in (*graphs, meanings.graph) for s, _, o in graph for node in (s, o)}
    declared, label = (RDF.type, OWL.Class), RDFS.label
    for node in (n for n in ends if isinstance(n, URIRef) and n.startswith(COMPILED)):
        role, name = _role_and_name(node)
        meanings.add(node, *declared)
        kind = _LABELS[role]
        for text in (
            Literal(f"{kind.fr} — {names[name].fr}", lang="fr"),
            Literal(f"{kind.en} — {names[name].en}", lang="en"),
        ):
            meanings.add(node, label, text)
    return meanings.graph, graphs


def _written(writer: _AxiomWriter) -> Graph:
    rules, graph = writer.rules, writer.own.graph
    for requirement in rules.requirements:
        writer.requirement(requirement)
    for name in rules.arrangements:
        writer.arrangement(name)
    writer.buckets()
    writer.layers()
    header = module(rules)
    graph.add((header, RDF.type, OWL.Ontology))
    graph.add((header, MTG.validFrom, Literal(rules.period.first)))
    for imported in (MODULE["montages"], CLASSES):
        graph.add((header, OWL.imports, imported))
    for presumption in rules.presumptions:
        graph.add((header, MTG.appliesPresumption, presumption.iri))
    return graph
