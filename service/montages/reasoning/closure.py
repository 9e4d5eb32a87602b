"""What follows from facts under compiled axioms, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from montages.reasoning.compiled_axioms import ClosedFacts, CompiledAxioms, Edges
from montages.reasoning.expand import expand
from montages.reasoning.normalized_axioms import anonymous
from montages.reasoning.owl_terms import TYPE


@dataclass(frozen=True, eq=False)
class Closure:
    """What follows from some facts, with the facts and the static facts of the axioms. Do not modify."""

    axioms: CompiledAxioms = field(repr=False)
    run: ClosedFacts  # the nodes that the facts say something about

    def classes(self, node: str) -> int:
        """Return all the classes of a node, as bits."""
        mask = self.run.types.get(node)
        return self.axioms.base.types.get(node, 0) if mask is None else mask

    def edges(self, node: str) -> dict[str, dict[str, None]]:
        """Return property → objects of a node; see `triples` for rdf:type."""
        edges = self.run.out.get(node)
        return self.axioms.base.out.get(node, {}) if edges is None else edges

    @cached_property
    def types(self) -> dict[str, int]:
        """Return the classes of every node."""
        return self.axioms.base.types | self.run.types

    @cached_property
    def out(self) -> Edges:
        """Return the edges of every node."""
        return self.axioms.base.out | self.run.out

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """Return every triple about named things, asserted or inferred, rdf:type included.

        In `out`, rdf:type leads to the classes that no axiom names; the others are in `types`.
        """
        for node, edges in self.out.items():
            for prop, objects in edges.items():
                if not anonymous(prop):
                    yield from ((node, prop, obj) for obj in objects)
        for node, mask in self.types.items():
            yield from ((node, TYPE, name) for name in self.axioms.names(mask))


def infer(axioms: CompiledAxioms, facts: Iterable[tuple[str, str, str]]) -> Closure:
    """Return everything that follows from facts under axioms: triples of three IRIs, rdf:type included.

    Raises UnsupportedAxiom where a fact uses a word of OWL that says more than a fact does.
    """
    return Closure(axioms, expand(axioms, facts))
