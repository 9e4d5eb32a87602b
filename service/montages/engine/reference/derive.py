"""Derive: read outcomes, statuses and coverage off the closure, by SPARQL."""

from __future__ import annotations

from functools import cache

from rdflib import RDF, Graph

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import construct, queries
from montages.knowledge.periods import Rules
from montages.names import MTG

_STRUCTURE = (MTG.outcomeOf, MTG.outcome, MTG.statusOf, MTG.status, MTG.requires)


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
