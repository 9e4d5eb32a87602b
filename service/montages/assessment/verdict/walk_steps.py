"""The ways on from each state of a diagram, and what each costs (R34).

Of several ways the one that costs least is taken. A cost is a whole number: its price first, then the places
of what is changed and of what is answered in author order, so that no two sets of answers cost the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from montages.assessment.verdict.answers import Pair
from montages.knowledge.compiled.diagram_variables import ASKED, CHANGED, AnswerVariable, Way
from montages.knowledge.compiled.verdict_diagram import VerdictDiagram
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import FACT, is_term, price

# A change outweighs whatever is then still to be verified or accepted.
CHANGE = FACT * 1000
# Of changes alike in price, those to ordinary values come first: so many bits count the others.
_WIDTH = 8


class Step(NamedTuple):
    """One way on from a node: its place there, what it costs, the answer it gives and of what sort."""

    child: int
    cost: int
    pair: Pair | None = None
    change: bool = False
    fact: bool = False


# A criterion → its values, those together that nothing tells apart.
Alike = Callable[[str], Sequence[Sequence[str]]]
# The ways on from each state of each variable.
Steps = Sequence[Sequence[Sequence[Step]]]
# The ways on from each variable, by its place.
Ways = Mapping[int, Sequence[Step]]


@dataclass(frozen=True, eq=False)
class StepTables:
    """The ways on from each state: choices being kept, changes included, and without any new answer."""

    kept: Steps
    open: Steps
    idle: Steps
    by_answer: Mapping[tuple[Pair, bool], tuple[int, Step]]

    @classmethod
    def of(cls, variables: Sequence[AnswerVariable], rules: Rules) -> StepTables:
        """Return the ways of variables."""
        rank = _ranks(rules)
        kept, every, idle, by_answer = [], [], [], {}
        for place, variable in enumerate(variables):
            steps = [_step(n, way, variable, rank, rules) for n, way in enumerate(variable.ways, 1)]
            for step in steps:
                if step.pair is not None:
                    by_answer[step.pair, step.change] = place, step
            kept.append([[steps[way] for way in ways] for ways in variable.kept])
            every.append([[steps[way] for way in ways] for ways in variable.open])
            idle.append(
                [[steps[way] for way in ways if not steps[way].pair] for ways in variable.kept]
            )
        return cls(kept, every, idle, by_answer)


@cache
def _ranks(rules: Rules) -> dict[Pair, int]:
    """Return a bit for each answer, the first in author order the highest."""
    pairs = [(c.slug, v.slug) for c in rules.criteria.values() for v in c.values]
    return {pair: 1 << n for n, pair in enumerate(reversed(pairs))}


def _step(
    child: int, way: Way, variable: AnswerVariable, rank: Mapping[Pair, int], rules: Rules
) -> Step:
    pair = variable.pair(way) if way.how in (ASKED, CHANGED) else None
    if pair is None:
        return Step(child, 0)
    width = len(rank)
    unit = 1 << 2 * width + _WIDTH
    if way.how != CHANGED:
        cost = price(*pair, rules) * unit - rank[pair]
        return Step(child, cost, pair, fact=not is_term(pair[0], rules))
    unusual = not rules.criteria[pair[0]].value(pair[1]).ordinary
    return Step(child, CHANGE * unit + (unusual << 2 * width) - (rank[pair] << width), pair, True)


@lru_cache(maxsize=128)
def step_tables(diagram: VerdictDiagram, rules: Rules) -> StepTables:
    """Return the ways of the variables of a diagram, made once."""
    return StepTables.of(diagram.variables, rules)


def rank_of(pairs: Iterable[Pair], rules: Rules) -> int:
    """Return what sorts answers that cost the same: the higher, the earlier they come in author order."""
    rank = _ranks(rules)
    return sum(rank[pair] for pair in pairs)


def in_author_order(pairs: Iterable[Pair], rules: Rules) -> list[Pair]:
    """Return answers by the order of their criteria, and of their values."""
    rank = _ranks(rules)
    return sorted(pairs, key=lambda pair: -rank[pair])
