"""Read one project back out of what the engine wrote for several (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rdflib import RDF, Graph, URIRef

from montages.decision import answers
from montages.decision.answers import Unit
from montages.decision.close import close_by_query
from montages.decision.derivation import Derivation, LateGraphs
from montages.knowledge.periods import Rules
from montages.names import MTG, kebab, slug


def closing_of(closing: Graph, project: URIRef) -> Graph:
    """Return the closing triples of one project: its units and the facts about them."""
    units = set(closing.subjects(MTG.ofProject, project))
    facts = {f for unit in units for f in closing.subjects(RDF.subject, unit)}
    graph = Graph()
    for subject in units | facts:
        for triple in closing.triples((subject, None, None)):
            graph.add(triple)
    return graph


def closure_of(closure: Graph, asserted: Graph, units: Sequence[Unit]) -> Graph:
    """Return what was concluded of the nodes of one description and of its units."""
    graph = Graph()
    for node in {*asserted.subjects(), *(unit.iri for unit in units)}:
        for triple in closure.triples((node, None, None)):
            graph.add(triple)
    return graph


def outcome_of(outcome: Graph, project: URIRef, units: Sequence[Unit]) -> Graph:
    """Return the checks and verdicts of one project and of its units."""
    nodes = set(outcome.subjects(MTG.ofProject, project))
    nodes |= {n for unit in units for n in outcome.subjects(MTG.judges, unit.iri)}
    graph = Graph()
    for node in nodes:
        for triple in outcome.triples((node, None, None)):
            graph.add(triple)
    return graph


def derivation_of(
    project: URIRef, asserted: Graph, closing: Graph, closure: Graph, outcome: Graph, rules: Rules
) -> Derivation:
    """Return one project of a run: its units, what was concluded of them, and its own graphs."""
    own = closing_of(closing, project)
    found = answers.units(project, asserted + own, closure, rules)
    return Derivation(
        units=found,
        outcomes=outcomes(found, outcome),
        statuses=statuses(found, outcome),
        graphs={
            "asserted": asserted,
            "closing": own,
            "closure": closure_of(closure, asserted, found),
            "outcome": outcome_of(outcome, project, found),
        },
        steps=LateGraphs(lambda: dict(close_by_query(asserted, rules))),
    )


def word(iri: Any) -> str:
    """Return the word for an outcome or status term: `mtg:NotApplicable` gives `not-applicable`."""
    name = slug(str(iri)).removesuffix("Status")
    return kebab(name[0].lower() + name[1:])


def outcomes(units: Sequence[Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return requirement slug → outcome for each unit, read off the derived checks."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        found[unit.id] = {}
        for node in outcome.subjects(MTG.judges, unit.iri):
            version, result = outcome.value(node, MTG.version), outcome.value(node, MTG.outcome)
            if version is not None:
                name = str(version).rstrip("/").rsplit("/", 2)[-2]
                found[unit.id][name] = word(result)
    return found


def statuses(units: Sequence[Unit], outcome: Graph) -> dict[str, dict[str, str]]:
    """Return arrangement slug → status for each unit, read off the derived verdicts."""
    found: dict[str, dict[str, str]] = {}
    for unit in units:
        found[unit.id] = {}
        for node in outcome.subjects(MTG.judges, unit.iri):
            arrangement = outcome.value(node, MTG.arrangement)
            if arrangement is not None:
                found[unit.id][slug(str(arrangement))] = word(outcome.value(node, MTG.status))
    return found
