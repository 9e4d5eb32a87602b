"""Derive: read outcomes, statuses and coverage off the closure, by SPARQL; and return them by project.

One run may hold several projects: `derivation_of` takes each one's part out of its graphs (R13).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from rdflib import PROV, RDF, Graph, URIRef

from montages.description.facts import Facts, Term, from_graph
from montages.engine.protocol import Derivation, LazyMapping
from montages.engine.reference.close import close_by_query
from montages.engine.units import ClosedUnit, ClosingFact, Unit, units_of
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import construct, queries
from montages.knowledge.logic import SLUGS
from montages.knowledge.periods import Rules
from montages.names import MTG, slug

_STRUCTURE = (MTG.outcomeOf, MTG.outcome, MTG.statusOf, MTG.status, MTG.requires)
_STATES = {
    str(MTG.Explicit): "explicit",
    str(MTG.Default): "default",
    str(MTG.DerivedState): "derived",
}


@cache
def background(rules: Rules) -> Graph:
    """Return what the deriving queries read beside the closure: what compiled classes mean."""
    graph = Graph()
    for predicate in _STRUCTURE:
        for triple in compile_rules(rules).triples((None, predicate, None)):
            graph.add(triple)
    for requirement in rules.requirements:
        graph.add((requirement.version, RDF.type, MTG.RequirementVersion))
        strength = library.data().value(requirement.version, MTG.strength)
        assert strength is not None
        graph.add((requirement.version, MTG.strength, strength))
    return graph


def derive(closure: Graph, rules: Rules) -> Graph:
    """Return checks, unit verdicts, project verdicts and what each arrangement covers."""
    working, outcome = closure + background(rules), Graph()
    for query in queries("derive"):
        triples = construct(query, working)
        outcome += triples
        working += triples
    return outcome


def derivation_of(
    project: URIRef, asserted: Graph, closing: Graph, closure: Graph, outcome: Graph, rules: Rules
) -> Derivation:
    """Return one project of a run: its units, what was concluded of them, and its own graphs."""
    own = closing_of(closing, project)
    facts = from_graph(asserted + own)
    closed = [
        _closed_unit(str(iri), str(project), facts)
        for iri in closure.subjects(MTG.ofProject, project)
        if isinstance(iri, URIRef)
    ]
    units = tuple(unit for _, unit in units_of(closed, facts, partial(_edges, closure), rules))
    concluded = Graph()
    for node in {*asserted.subjects(), *(unit.iri for unit in units)}:
        for triple in closure.triples((node, None, None)):
            concluded.add(triple)
    return Derivation(
        units=units,
        outcomes=outcomes(units, outcome),
        statuses=statuses(units, outcome),
        graphs={
            "asserted": asserted,
            "closing": own,
            "closure": concluded,
            "outcome": outcome_of(outcome, project, units),
        },
        steps=LazyMapping(lambda: dict(close_by_query(asserted, rules))),
    )


def closing_of(closing: Graph, project: URIRef) -> Graph:
    """Return the closing triples of one project: its units and the facts about them."""
    units = set(closing.subjects(MTG.ofProject, project))
    facts = {f for unit in units for f in closing.subjects(RDF.subject, unit)}
    graph = Graph()
    for subject in units | facts:
        for triple in closing.triples((subject, None, None)):
            graph.add(triple)
    return graph


def outcome_of(outcome: Graph, project: URIRef, units: Sequence[Unit]) -> Graph:
    """Return the checks and verdicts of one project and of its units."""
    nodes = set(outcome.subjects(MTG.ofProject, project))
    nodes |= {n for unit in units for n in outcome.subjects(MTG.judgesUnit, unit.iri)}
    graph = Graph()
    for node in nodes:
        for triple in outcome.triples((node, None, None)):
            graph.add(triple)
    return graph


def _closed_unit(iri: str, project: str, facts: Facts) -> ClosedUnit:
    """Return a unit as the closing queries wrote it; of two parts it stands for, one is enough."""
    of = facts.by_subject[iri]
    use, perimeter = (_text(of.get(str(prop), ())) for prop in (MTG.ofLayerUse, MTG.inPerimeter))
    unit = ClosedUnit(iri, project, use, perimeter, answers=of)
    for properties in facts.by_subject.values():
        if iri in properties.get(str(RDF.subject), ()):
            unit.facts += _closing_facts(properties)
    unit.usages = of.get(str(MTG.usage), [])
    unit.presumptions = [str(_text([term])) for term in of.get(str(MTG.fallsUnder), ())]
    unit.retains = [str(_text([term])) for term in of.get(str(MTG.retains), ())]
    unit.asserted = [str(_text([term])) for term in of.get(str(MTG.assertedRequirement), ())]
    return unit


def _closing_facts(properties: Mapping[str, list[Term]]) -> Iterator[ClosingFact]:
    """Return a closing fact in each of its states, from each of its sources."""
    prop, origin = (
        str(_text(properties.get(str(p), ()))) for p in (RDF.predicate, MTG.fromProperty)
    )
    for value in properties.get(str(RDF.object), ()):
        for state in properties.get(str(MTG.inputState), ()):
            for source in properties.get(str(PROV.wasDerivedFrom), ()):
                yield ClosingFact(prop, value, str(source), origin, _STATES[str(state)])


def _text(terms: Sequence[Term]) -> str | None:
    """Return the first of some terms as a text, None where there is none."""
    return next((term if isinstance(term, str) else term.value for term in terms), None)


def _edges(closure: Graph, iri: str) -> dict[str, set[str]]:
    edges = defaultdict[str, set[str]](set)
    for p, o in closure.predicate_objects(URIRef(iri)):
        if isinstance(o, URIRef):
            edges[str(p)].add(str(o))
    return edges


def outcomes(units: Sequence[Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return requirement slug → outcome for each unit, read off the derived checks."""
    by_unit: dict[str, dict[str, str]] = {unit.id: {} for unit in units}
    for unit in units:
        for node in outcome.subjects(MTG.judgesUnit, unit.iri):
            version, result = (
                outcome.value(node, MTG.checksVersion),
                outcome.value(node, MTG.outcome),
            )
            if version is not None:
                name = str(version).rstrip("/").rsplit("/", 2)[-2]
                by_unit[unit.id][name] = SLUGS[result]
    return by_unit


def statuses(units: Sequence[Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return arrangement slug → status for each unit, read off the derived verdicts."""
    by_unit: dict[str, dict[str, str]] = {unit.id: {} for unit in units}
    for unit in units:
        for node in outcome.subjects(MTG.judgesUnit, unit.iri):
            arrangement = outcome.value(node, MTG.arrangement)
            if arrangement is not None:
                by_unit[unit.id][slug(str(arrangement))] = SLUGS[outcome.value(node, MTG.status)]
    return by_unit
