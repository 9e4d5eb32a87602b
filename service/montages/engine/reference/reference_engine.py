"""The reference engine: short and obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import Node

from montages.description.description import Description
from montages.engine.protocol import Derivation
from montages.knowledge.periods import Rules
from montages.validation.findings import Report


@dataclass(frozen=True, eq=False)
class DerivedGraphs:
    """The graphs of one run, for one or several projects: what was closed, inferred and derived."""

    closing: Graph
    closure: Graph
    outcome: Graph


class ReferenceEngine:
    """The short, obviously right engine: rdflib and SPARQL to close and derive, owlrl to reason."""

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        from montages.description.parsing.parse import parse
        from montages.engine.reference.rdflib_parse import rdflib_facts

        return parse(source, syntax, project, rdflib_facts)

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        from montages.validation.shape_check import check

        return check(description)

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Return False for each: every description is checked alone."""
        return [False] * len(descriptions)

    def run(self, asserted: Graph, rules: Rules) -> DerivedGraphs:
        """Return the closing, inferred and derived triples of one or several projects."""
        from montages.engine.reference.close import close
        from montages.engine.reference.derive import derive
        from montages.engine.reference.reason import facts_to_reason_on, reason

        closing = close(asserted, rules)
        closure = reason(facts_to_reason_on(asserted, closing), rules)
        return DerivedGraphs(closing, closure, derive(closure, rules))

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description, those that share nothing reasoned on together."""
        from montages.engine.reference.derive import derivation_of

        parts = [description.graph for description in descriptions]
        derivations: dict[int, Derivation] = {}
        for group in _apart(parts):
            together = Graph()
            for n in group:
                together += parts[n]
            run = self.run(together, rules)
            for n in group:
                derivations[n] = derivation_of(
                    descriptions[n].project, parts[n], run.closing, run.closure, run.outcome, rules
                )
        return [derivations[n] for n in range(len(parts))]


def _apart(parts: Sequence[Graph]) -> list[list[int]]:
    """Return the places of graphs in groups where none mentions what another describes."""
    groups: list[tuple[list[int], set[Node], set[Node]]] = []
    for n, graph in enumerate(parts):
        described, mentioned = set(graph.subjects()), {*graph.subjects(), *graph.objects()}
        for places, all_described, all_mentioned in groups:
            if all_described.isdisjoint(mentioned) and all_mentioned.isdisjoint(described):
                places.append(n)
                all_described |= described
                all_mentioned |= mentioned
                break
        else:
            groups.append(([n], described, mentioned))
    return [places for places, _, _ in groups]
