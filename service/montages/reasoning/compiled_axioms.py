"""The compiled axioms: bits, masks and records of properties, nothing of RDF left."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

_DIGIT = bytes.maketrans(b"01", b"\0\1")

Edges = dict[str, dict[str, dict[str, None]]]  # s → p → every o


class Join(NamedTuple):
    """What an edge s –p→ o says together with other edges, or with the classes of its object."""

    first_of: tuple[tuple[str, tuple[str, ...]], ...]  # (q, each r): p then q gives r
    second_of: tuple[tuple[str, tuple[str, ...]], ...]  # (q, each r): q then p gives r
    some: tuple[tuple[int, int], ...]  # (bit of o, mask for s)
    followed_back: bool  # someone looks these edges up by their object


class Property(NamedTuple):
    """What an edge s –p→ o says by itself, and what it takes part in."""

    by_value: dict[str, int]  # o → mask for s
    domain: int  # mask for s
    range: int  # mask for o
    supers: tuple[str, ...]  # q: s –q→ o
    inverses: tuple[str, ...]  # q: o –q→ s
    join: Join | None


class Consequences(NamedTuple):
    """What being in a class says about a node's edges and neighbours."""

    values: tuple[tuple[str, str], ...]  # (p, v): the node –p→ v
    some: tuple[tuple[str, int], ...]  # (p, mask): whoever –p→ the node is in the mask


class Intersections(NamedTuple):
    """Whoever has all the bits of a `need` has its `gain`; a need waits for one of its bits."""

    triggers: int  # every bit that a need waits for
    by_trigger: dict[int, tuple[tuple[int, int], ...]]  # the bit → (need, gain)


class ClosedFacts(NamedTuple):
    """Facts with all that follows from them: classes of nodes, edges, and some edges by their object."""

    types: dict[str, int]
    out: Edges
    into: dict[tuple[str, str], dict[str, None]]  # (p, o) → every s


@dataclass(frozen=True, eq=False)
class CompiledAxioms:
    """The compiled axioms: class `classes[i]` is bit `i` of every mask. Do not modify."""

    classes: tuple[str, ...]
    bit: dict[str, int]
    named: int  # the classes that have an IRI of their own
    up: dict[str, int]  # class → it and its superclasses
    properties: dict[str, Property]
    intersections: Intersections
    consequences: dict[int, Consequences]  # by the bit, as a mask
    active: int  # the bits that have consequences
    carried: frozenset[str]  # from which something may follow about a neighbour
    base: ClosedFacts = field(repr=False)  # the static facts, closed

    def names(self, mask: int) -> list[str]:
        """Return the IRIs of the classes in a mask, in the order of their bits."""
        digits = f"{mask & self.named:b}"[::-1].encode().translate(_DIGIT)
        return list(compress(self.classes, digits))
