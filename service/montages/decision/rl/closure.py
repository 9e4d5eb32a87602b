"""What follows from facts, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

from montages.decision.rl.clashes import Clash, clashes
from montages.decision.rl.expand import Edges, State, expand
from montages.decision.rl.rules import anonymous
from montages.decision.rl.vocabulary import TYPE

if TYPE_CHECKING:
    from montages.decision.rl.axioms import Axioms

_DIGIT = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, eq=False)
class Closure:
    """What follows from some facts, with the facts and the static facts of the axioms. Do not modify."""

    axioms: Axioms = field(repr=False)
    run: State  # the nodes that the facts say something about

    def classes(self, node: str) -> int:
        """Return all the classes of a node, as bits."""
        found = self.run.types.get(node)
        return self.axioms.base.types.get(node, 0) if found is None else found

    def edges(self, node: str) -> dict[str, dict[str, None]]:
        """Return property → objects of a node; see `triples` for rdf:type."""
        found = self.run.out.get(node)
        return self.axioms.base.out.get(node, {}) if found is None else found

    @cached_property
    def types(self) -> dict[str, int]:
        """Return the classes of every node."""
        return self.axioms.base.types | self.run.types

    @cached_property
    def out(self) -> Edges:
        """Return the edges of every node."""
        return self.axioms.base.out | self.run.out

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Return what the axioms say nothing can be, and some node is."""
        return clashes(self.axioms, self.types, self.out)

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """Return every triple about named things, asserted or inferred, rdf:type included.

        In `out`, rdf:type leads to the classes that no axiom names; the others are in `types`.
        """
        for node, held in self.out.items():
            for prop, objects in held.items():
                if not anonymous(prop):
                    yield from ((node, prop, obj) for obj in objects)
        for node, mask in self.types.items():
            yield from ((node, TYPE, name) for name in self.axioms.names(mask))


def chosen(classes: tuple[str, ...], mask: int) -> list[str]:
    """Return the classes whose bits are in a mask."""
    return list(compress(classes, f"{mask:b}"[::-1].encode().translate(_DIGIT)))


def close(axioms: Axioms, facts: Iterable[tuple[str, str, str]]) -> Closure:
    """Return everything that follows from facts and axioms."""
    return Closure(axioms, expand(axioms, facts))
