"""Clashes: what the axioms say nothing can be, and some node is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from montages.decision.rl.axioms import Axioms
    from montages.decision.rl.expand import Edges


class Clash(NamedTuple):
    """An inconsistency: the OWL 2 RL rule that finds it, the nodes, and the classes or properties."""

    rule: str
    nodes: tuple[str, ...]
    terms: tuple[str, ...]


def clashes(axioms: Axioms, types: dict[str, int], out: Edges) -> tuple[Clash, ...]:
    """Return the clashes among closed facts."""
    found = []
    for rule, mask, terms in axioms.empty_classes:
        found += [Clash(rule, (node,), terms) for node, has in types.items() if has & mask == mask]
    for rule, p, q in axioms.empty_properties:
        for s, held in out.items():
            for o in held.get(p, ()):
                if rule == "prp-irp":
                    clash = s == o
                elif rule == "prp-asyp":
                    clash = s in out.get(o, {}).get(p, ())
                else:
                    clash = o in held.get(q, ())
                if clash:
                    found.append(Clash(rule, (s, o), (p, q) if q else (p,)))
    return tuple(found)
