"""The seam between the decision and how it is computed: one engine, four steps, one result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rdflib import Graph

from montages.decision.close import close
from montages.decision.derive import derive
from montages.decision.reason import facts_to_reason_on, reason
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class Derived:
    """The graphs of one run, kept apart (R13): what was closed, inferred and derived."""

    closing: Graph
    closure: Graph
    outcome: Graph


class Engine(Protocol):
    """Computes what follows from asserted facts under the rules of a date."""

    def run(self, asserted: Graph, rules: Rules) -> Derived:
        """Return the closing, inferred and derived triples of one or several projects."""
        ...


class ReferenceEngine:
    """The short, obviously right engine: rdflib and SPARQL to close and derive, owlrl to reason."""

    def run(self, asserted: Graph, rules: Rules) -> Derived:
        """Return the closing, inferred and derived triples of one or several projects."""
        closing = close(asserted, rules)
        closure = reason(facts_to_reason_on(asserted, closing), rules)
        return Derived(closing, closure, derive(closure, rules))


ENGINES: dict[str, type[Engine]] = {"reference": ReferenceEngine}
