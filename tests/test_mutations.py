"""R10: take away each axiom and each compiled requirement in turn: every removal is noticed.

Each removal is looked at on a slice as small as it gets, closed by stock owlrl.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from montages.engine.reference.reason import logic
from montages.knowledge.compiled.owl_compiler import _AxiomWriter
from montages.knowledge.files import library
from montages.knowledge.law import Requirement
from montages.knowledge.logic import outcome
from montages.knowledge.periods import rules_at
from montages.names import COMPILED, ID, MTG, compact, compiled
from montages.quality.checks.reachability import Profile, criteria_of, profiles, unit_answers
from sampled_cases import proved_cases
from sampling import satisfying

RULES = rules_at(date(2026, 6, 1))
PARTS = 16  # of the hard requirements
ONTOLOGY = logic(library.ontology())
CHAINS = sorted(ONTOLOGY.subject_objects(OWL.propertyChainAxiom), key=str)
Triple = tuple[Node, Node, Node]


def closure(graph: Graph) -> set[Triple]:
    """Return what stock owlrl concludes about named things of ours."""
    closed = Graph() + graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return {t for t in closed if all(isinstance(node, URIRef) for node in t) and _ours(t)}


def _ours(triple: Triple) -> bool:
    s, p, o = map(str, triple)
    told = o.startswith((str(MTG), str(COMPILED))) if p == str(RDF.type) else p.startswith(str(MTG))
    return told and s.startswith("urn:fact")


def axioms_about(start: Iterable[Node]) -> Graph:
    """Return the axioms reached from some nodes: class expressions, lists, what is wider."""
    graph, todo, seen = Graph(), list(start), set()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for triple in ONTOLOGY.triples((node, None, None)):
            graph.add(triple)
            if isinstance(triple[2], BNode) or triple[1] in (RDFS.subClassOf, RDFS.subPropertyOf):
                todo.append(triple[2])
    return graph


def survives(graph: Graph, facts: Graph, axiom: Triple) -> bool:
    """Tell whether taking an axiom away changes nothing that is concluded from the facts."""
    without = Graph() + graph + facts
    without.remove(axiom)
    return closure(graph + facts) == closure(without)


def fact(*triples: Triple) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def _named(axiom: Triple) -> str:
    parts = []
    for node in (axiom[0], axiom[2]):
        prop, value = ONTOLOGY.value(node, OWL.onProperty), ONTOLOGY.value(node, OWL.hasValue)
        parts.append(f"{compact(str(prop))}={compact(str(value))}" if prop else compact(str(node)))
    return " → ".join(parts)


# ---- Property chains: a path of facts, one link after another


@pytest.mark.slow
def test_every_property_chain_is_needed() -> None:
    survivors = []
    for prop, chain in CHAINS:
        links = list(ONTOLOGY.items(chain))
        nodes = [URIRef(f"urn:fact/{n}") for n in range(len(links) + 1)]
        facts = fact(*((a, p, b) for a, p, b in zip(nodes, links, nodes[1:], strict=False)))
        axioms = axioms_about([prop])
        if survives(axioms, facts, (prop, OWL.propertyChainAxiom, chain)):
            survivors.append(compact(str(prop)))
    print(f"{len(CHAINS)} property chains removed, {len(CHAINS) - len(survivors)} noticed")
    assert len(CHAINS) >= 8
    assert survivors == []


# ---- hasValue axioms: what a class or an answer says


def _has_value_axioms() -> list[Triple]:
    found = []
    for narrow, wide in ONTOLOGY.subject_objects(RDFS.subClassOf):
        if (wide, OWL.hasValue, None) in ONTOLOGY:
            found.append((narrow, RDFS.subClassOf, wide))
    return sorted(found, key=_named)


def _instance(narrow: Node) -> Graph:
    """Return a thing that a class expression holds for."""
    thing = URIRef("urn:fact/thing")
    if isinstance(narrow, URIRef):
        return fact((thing, RDF.type, narrow))
    whole = ONTOLOGY.value(narrow, OWL.intersectionOf)
    parts = list(ONTOLOGY.items(whole)) if whole is not None else [narrow]
    facts = Graph()
    for part in parts:
        prop, value = ONTOLOGY.value(part, OWL.onProperty), ONTOLOGY.value(part, OWL.hasValue)
        assert prop is not None
        assert value is not None
        facts.add((thing, prop, value))
    return facts


@pytest.mark.slow
def test_every_has_value_axiom_is_needed() -> None:
    axioms, survivors = _has_value_axioms(), []
    for axiom in axioms:
        if survives(axioms_about([axiom[0]]), _instance(axiom[0]), axiom):
            survivors.append(_named(axiom))
    print(f"{len(axioms)} hasValue axioms removed, {len(axioms) - len(survivors)} noticed")
    assert len(axioms) >= 60
    assert survivors == []


# ---- Compiled requirements: the slice of their arrangement, a unit for each outcome


def _facts(unit: URIRef, profile: Profile) -> Graph:
    """Return the answers of a unit, the lists it answers being complete."""
    facts = fact((unit, RDF.type, MTG.Unit))
    for name, values in profile.items():
        criterion = RULES.criteria[name]
        for value in criterion.values:
            if value.slug in values:
                facts.add((unit, criterion.property, value.iri))
            elif criterion.excluded_property is not None:
                facts.add((unit, criterion.excluded_property, value.iri))
    return facts


@cache
def _compiled(arrangement: str, without: str | None) -> Graph:
    """Return the axioms of an arrangement's own requirements, all but one."""
    writer = _AxiomWriter(RULES)
    for requirement in RULES.own(arrangement):
        if requirement.hard and requirement.slug != without:
            writer.requirement(requirement)
    writer.arrangement(arrangement)
    return logic(writer.own.graph)


def _outcome(requirement: Requirement, profile: Profile) -> str:
    return outcome(requirement, unit_answers(profile, RULES), RULES)


def _fixture(requirement: Requirement) -> Graph:
    """Return a unit whose arrangement is eligible, and one that violates the requirement."""
    good, bad = URIRef("urn:fact/good"), URIRef("urn:fact/bad")
    eligible = satisfying(requirement.arrangement, RULES)
    assert eligible is not None
    every = profiles(criteria_of([requirement], RULES), RULES)
    violating = next(p for p in every if _outcome(requirement, p) == "violated")
    facts = _facts(good, eligible) + _facts(bad, violating)
    for parent in RULES.arrangements[requirement.arrangement].parents:
        facts.add((good, RDF.type, compiled("Eligible", parent)))
    return facts


def _statuses(graph: Graph, arrangement: str) -> set[Triple]:
    names = {compiled(role, arrangement) for role in ("Eligible", "Ineligible")}
    return {t for t in closure(graph) if t[2] in names}


@pytest.mark.slow
@pytest.mark.parametrize("part", proved_cases(range(PARTS), 1))
def test_every_hard_requirement_is_needed(part: int) -> None:
    """A unit is no longer eligible, or no longer ineligible, once a requirement is not compiled."""
    hard = [r for r in RULES.requirements if r.hard][part::PARTS]
    survivors = []
    for requirement in hard:
        facts, of = _fixture(requirement), requirement.arrangement
        whole = _statuses(_compiled(of, None) + facts, of)
        wanted = {(URIRef("urn:fact/good"), RDF.type, compiled("Eligible", of))}
        wanted.add((URIRef("urn:fact/bad"), RDF.type, compiled("Ineligible", of)))
        assert wanted <= whole, requirement.slug
        if whole == _statuses(_compiled(of, requirement.slug) + facts, of):
            survivors.append(requirement.slug)
    print(f"{len(hard)} hard requirements removed, {len(hard) - len(survivors)} noticed")
    assert survivors == []


@pytest.mark.slow
def test_every_soft_requirement_is_needed() -> None:
    """Without its axioms, a soft requirement comes out neither way."""
    soft = [r for r in RULES.requirements if not r.hard]
    survivors = []
    for requirement in soft:
        writer = _AxiomWriter(RULES)
        writer.requirement(requirement)
        every = list(profiles(criteria_of([requirement], RULES), RULES))
        facts = Graph()
        for outcomes, name in ((("satisfied", "not-applicable"), "good"), (("violated",), "bad")):
            profile = next(p for p in every if _outcome(requirement, p) in outcomes)
            facts += _facts(URIRef(f"urn:fact/{name}"), profile)
        closed = closure(logic(writer.own.graph) + facts)
        found = {(str(s), o) for s, _, o in closed}
        slug = requirement.slug
        right = ("urn:fact/good", compiled("Satisfied", slug)) in found
        wrong = ("urn:fact/bad", compiled("Violated", slug)) in found
        if not (right and wrong) or closure(facts) == closed:
            survivors.append(slug)
    print(f"{len(soft)} soft requirements removed, {len(soft) - len(survivors)} noticed")
    assert survivors == []


def test_an_axiom_that_says_nothing_more_is_told_as_a_survivor() -> None:
    commune, local_authority = MTG.Commune, MTG.LocalAuthority
    axiom = next(a for a in _has_value_axioms() if a[0] == commune)
    twice = axioms_about([commune]) + fact((local_authority, RDFS.subClassOf, axiom[2]))
    assert survives(twice, _instance(commune), axiom)


def test_the_ids_of_values_are_never_typed_by_a_slice() -> None:
    """R9: nothing is ever concluded about the values that all projects share."""
    requirement = next(r for r in RULES.requirements if r.slug == "mpgp-realisation")
    closed = Graph() + _compiled("mpgp", None) + _fixture(requirement)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    for s, _, o in closed.triples((None, RDF.type, None)):
        assert not (str(s).startswith(str(ID)) and str(o).startswith(str(COMPILED))), (s, o)
