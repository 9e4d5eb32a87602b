"""Sets of choices as data: what is answered otherwise or taken, the facts then left, what it costs (R21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from montages.assessment.verdict.answers import Pair
from montages.assessment.verdict.unit_verdict import Term


class ChoiceCost(NamedTuple):
    """What sorts sets of choices: those to go back on, facts to find out, terms taken, ordinary ones."""

    changes: int
    facts: int
    terms: int
    ordinary: int

    def plus(self, other: ChoiceCost) -> ChoiceCost:
        """Return the cost of both."""
        return ChoiceCost(*(one + more for one, more in zip(self, other, strict=True)))


@dataclass(frozen=True)
class ServingAnswer:
    """A criterion with the values one of which is wanted, the one that costs least first."""

    criterion: str
    values: tuple[str, ...]

    @property
    def pair(self) -> Pair:
        """Return the answer by the first value."""
        return self.criterion, self.values[0]


@dataclass(frozen=True)
class ChoiceSet:
    """Choices answered otherwise, or taken, and the facts then left to find out: a smallest list of them.

    Any combination of the values does.
    """

    choices: tuple[ServingAnswer, ...]
    facts: tuple[ServingAnswer, ...]
    cost: ChoiceCost

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the choices, each by its first value."""
        return tuple(choice.pair for choice in self.choices)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the criteria of the choices."""
        return tuple(choice.criterion for choice in self.choices)

    def joined(self, other: ChoiceSet) -> ChoiceSet:
        """Return both together."""
        return ChoiceSet(
            (*self.choices, *other.choices), (*self.facts, *other.facts), self.cost.plus(other.cost)
        )

    def without(self, choice: ServingAnswer) -> ChoiceSet:
        """Return the choices but one."""
        return replace(self, choices=tuple(other for other in self.choices if other != choice))

    def leaving(self, facts: Sequence[ServingAnswer]) -> ChoiceSet:
        """Return the choices with other facts left to find out."""
        return replace(self, facts=tuple(facts), cost=self.cost._replace(facts=len(facts)))

    def taking(self, terms: Sequence[Term]) -> ChoiceSet:
        """Return the choices with terms taken besides."""
        more = tuple(ServingAnswer(term.criterion, term.to) for term in terms)
        ordinary = sum(term.ordinary for term in terms)
        cost = self.cost.plus(ChoiceCost(0, 0, len(terms) - ordinary, ordinary))
        return replace(self, choices=(*self.choices, *more), cost=cost)


NO_CHOICE = ChoiceSet((), (), ChoiceCost(0, 0, 0, 0))


def without_larger(sets: list[ChoiceSet]) -> list[ChoiceSet]:
    """Return sets without those that hold another one that leaves no more facts to find out."""
    best: dict[frozenset[Pair], ChoiceSet] = {}
    for choice_set in sets:
        names = frozenset(choice_set.pairs)
        if names not in best or choice_set.cost.facts < best[names].cost.facts:
            best[names] = choice_set
    return [
        choice_set
        for names, choice_set in best.items()
        if not any(
            other < names and smaller.cost.facts <= choice_set.cost.facts
            for other, smaller in best.items()
        )
    ]


def merge_alike(sets: list[ChoiceSet]) -> list[ChoiceSet]:
    """Return sets of which those are one that differ in the values of one choice only."""
    merging = True
    while merging:
        merging = False
        for place in range(max((len(choice_set.choices) for choice_set in sets), default=0)):
            groups: dict[Any, list[ChoiceSet]] = {}
            for choice_set in sets:
                others = (*choice_set.choices[:place], *choice_set.choices[place + 1 :])
                name = (
                    choice_set.choices[place].criterion if place < len(choice_set.choices) else ""
                )
                groups.setdefault(
                    (name, others, choice_set.facts, choice_set.cost.changes), []
                ).append(choice_set)
            merging |= any(len(alike) > 1 for alike in groups.values())
            sets = [_one(alike, place) for alike in groups.values()]
    return sets


def _one(alike: Sequence[ChoiceSet], place: int) -> ChoiceSet:
    first = min(alike, key=lambda choice_set: choice_set.cost)
    if len(alike) == 1:
        return first
    rest = [choice_set for choice_set in alike if choice_set is not first]
    values = [value for choice_set in (first, *rest) for value in choice_set.choices[place].values]
    choice = ServingAnswer(first.choices[place].criterion, tuple(dict.fromkeys(values)))
    return replace(first, choices=(*first.choices[:place], choice, *first.choices[place + 1 :]))
