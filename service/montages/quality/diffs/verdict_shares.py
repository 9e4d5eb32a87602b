"""How many descriptions have another verdict under the rules of another day, and the shortest one (D6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from montages.knowledge.compiled.decision_diagram import leaf
from montages.knowledge.compiled.diagram_variables import answer_variables, criteria_in_order
from montages.knowledge.compiled.gate_diagrams import GateDiagrams
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules
from montages.quality.checks.counted_verdicts import CountedVerdicts, Stated


@dataclass(frozen=True)
class VerdictShare:
    """A set-up whose verdict moves between two days: for how many descriptions of all, and the shortest."""

    arrangement: Arrangement
    moved: int
    total: int
    smallest: Stated
    before: Verdict
    after: Verdict

    @property
    def share(self) -> float:
        """Return the share of coherent descriptions whose verdict moves; no share of real projects."""
        return self.moved / self.total

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the share as JSON: whole numbers of so many digits travel as text."""
        return {
            "arrangement": self.arrangement.slug,
            "label": self.arrangement.label[lang],
            "moved": str(self.moved),
            "descriptions": str(self.total),
            "share": self.share,
            "smallest": {name: list(values) for name, values in self.smallest.items()},
            "before": self.before.value,
            "after": self.after.value,
        }


@dataclass(frozen=True)
class VerdictShares:
    """The set-ups whose verdicts move between two days, with the rules by which descriptions are told."""

    rules: Rules
    moving: tuple[VerdictShare, ...]


def verdict_shares(before: Rules, after: Rules) -> VerdictShares:
    """Return the set-ups whose verdict moves between the rules of two periods, those that move most first."""
    one, other = (_with_cuts(rules, before, after) for rules in (before, after))
    names = criteria_in_order(one)
    names += [name for name in criteria_in_order(other) if name not in names]
    first = VerdictCompiler(GateDiagrams(one, answer_variables(names, one)))
    second = VerdictCompiler(GateDiagrams(other, answer_variables(names, other)), first.diagram)
    shares = sorted(_shares(first, second), key=lambda share: -share.moved)
    return VerdictShares(one, tuple(shares))


def _shares(first: VerdictCompiler, second: VerdictCompiler) -> Iterator[VerdictShare]:
    counted, later = CountedVerdicts(first, first.read | second.read), CountedVerdicts(second)
    for arrangement in first.rules.proposed():
        old, new = (of.verdicts.get(arrangement.slug, leaf(0)) for of in (counted, later))
        moving = counted.where(lambda a, b: a != b, old, new)
        smallest = counted.smallest(moving)
        if smallest is not None:
            places = (counted.value(node, smallest) for node in (old, new))
            yield VerdictShare(
                arrangement,
                counted.count(moving),
                counted.total,
                smallest,
                *(VERDICTS[place] for place in places),
            )


def _with_cuts(rules: Rules, *others: Rules) -> Rules:
    """Return rules in which numbers are cut into the ranges of all: their descriptions are the same."""
    cuts: dict[str, set[tuple[str, Decimal]]] = {}
    for each in others:
        for name, bounds in each.bounds.items():
            cuts.setdefault(name, set()).update(bounds)
    return Rules(rules.book, rules.period, {name: frozenset(of) for name, of in cuts.items()})
