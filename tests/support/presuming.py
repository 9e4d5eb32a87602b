"""What a description lets one presume, told from the words of R35 alone: no engine, no query.

Of each answer, the presumptions that bear on a unit must all say one thing and cover each of its usages;
law alone if it can, else law and practice together, unless the answer is declared unknown. Where these
do not decide, what is meant for doubt is presumed of any usage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import RDFS

from montages.knowledge.entailment import implications
from montages.knowledge.files import library
from montages.knowledge.law import Clause
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.model import Presumption
from montages.knowledge.periods import Rules
from montages.names import MTG


@dataclass(frozen=True)
class UnitSaid:
    """What a description says of one unit: its stated answers, holder, layer, usages, unknown criteria."""

    answers: Mapping[str, Answer]
    holder: str | None = None
    layer: str | None = None
    usages: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


def presumed(said: UnitSaid, rules: Rules) -> dict[str, tuple[str, str]]:
    """Return criterion → (the answer presumed, derived or default)."""
    bearing = [p for p in rules.presumptions if _bears(p, said)]
    out = {}
    for name in {p.criterion for p in bearing}:
        if _answered(name, said):
            continue
        of_doubt = [p for p in bearing if p.criterion == name and p.basis == "doubt"]
        mine = [p for p in bearing if p.criterion == name and p.basis != "doubt"]
        lawful = [p for p in mine if p.basis == "law"]
        agreed = len({p.value for p in mine}) == 1
        if agreed and lawful and _covered(lawful, said.usages):
            out[name] = (mine[0].value, "derived")
        elif name in said.unknown:
            continue
        elif agreed and _covered(mine, said.usages):
            out[name] = (mine[0].value, "default")
        elif len({p.value for p in of_doubt}) == 1:
            out[name] = (of_doubt[0].value, "default")
    return out


def _bears(presumption: Presumption, said: UnitSaid) -> bool:
    of = presumption.bearing
    return (
        (not of.holders or bool(set(of.holders) & _kinds(said.holder)))
        and (not of.usages or bool(set(of.usages) & said.usages))
        and (not of.layers or said.layer in of.layers)
        and all(_said(c, said) for c in of.when)
        and not any(_said(c, said) for c in of.unless)
    )


def _said(clause: Clause, said: UnitSaid) -> bool:
    answer = said.answers.get(clause.criterion, NO_ANSWER)
    return bool(answer.values & clause.accepts) and answer.state == "explicit"


def _kinds(holder: str | None) -> set[str]:
    if holder is None:
        return set()
    above = library.ontology().transitive_objects(MTG[holder], RDFS.subClassOf)
    return {str(cls).rpartition("/")[2] for cls in above}


def _answered(name: str, said: UnitSaid) -> bool:
    """Tell whether a criterion is answered, or an answer implies one to it."""
    if said.answers.get(name, NO_ANSWER).values:
        return True
    given = {(other, value) for other, answer in said.answers.items() for value in answer.values}
    return any(pair in given for pair, to in implications().items() if name in {n for n, _ in to})


def _covered(presumptions: list[Presumption], usages: frozenset[str]) -> bool:
    named = {usage for p in presumptions for usage in p.bearing.usages}
    return usages <= named or any(not p.bearing.usages for p in presumptions)


def said_of(tree: Mapping[str, Any], answers: Mapping[str, Answer]) -> UnitSaid:
    """Return what a description of at most one layer and no perimeter says of its unit."""
    (layer,) = tree.get("layers") or [None]
    return UnitSaid(
        answers=answers,
        holder=tree.get("holder", {}).get("type"),
        layer=layer["layer"] if layer else None,
        usages=frozenset(tree.get("usages", ())),
        unknown=frozenset(tree.get("unknown", ())),
    )
