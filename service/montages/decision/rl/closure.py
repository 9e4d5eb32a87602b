"""What follows from facts, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from montages.decision.rl.clashes import Clash, clashes
from montages.decision.rl.expand import Edges, expand
from montages.decision.rl.rules import anonymous
from montages.decision.rl.vocabulary import TYPE

if TYPE_CHECKING:
    from montages.decision.rl.axioms import Axioms

_DIGIT = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, eq=False)
class Closure:
    """What follows from some facts, with the facts and the static facts of the axioms. Do not modify."""

    axioms: Axioms = field(repr=False)
    types: dict[str, int]  # node → all its classes, as bits
    out: Edges  # node → property → objects; see `triples` for rdf:type
    clashes: tuple[Clash, ...]

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
    base, run = axioms.base, expand(axioms, facts)
    types, out = base.types | run.types, base.out | run.out
    return Closure(axioms, types, out, clashes(axioms, types, out))
