"""What an answer would change: the status an arrangement would take, for each value of a criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from montages.engine.protocol import OutcomeBits
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

# An answer → an arrangement → the status it would take.
Impact = Mapping[str, Mapping[str, str]]


class Obstacles(NamedTuple):
    """What stands against arrangements for a unit: a bit for each requirement that came out so."""

    against: int
    contradicted: int
    undetermined: int

    def status(self, hard: int) -> str:
        """Return the status of an arrangement with these hard requirements (R5)."""
        return logic.status_of(
            self.against & hard, self.contradicted & hard, self.undetermined & hard
        )


def obstacles(outcomes: OutcomeBits) -> Obstacles:
    """Return what the outcomes of a unit put against arrangements."""
    every = (1 << len(outcomes)) - 1
    return Obstacles(outcomes.against, outcomes.contradicted, every & ~outcomes.settled)


@dataclass(frozen=True, eq=False)
class Suppositions(OneLine):
    """Supposes answers of one unit, each once, and says what would then stand against arrangements."""

    unit: Unit
    now: Obstacles
    rules: Rules
    _known: dict[str, tuple[Obstacles, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _answers(self) -> int:
        return masks(self.rules).encode(self.unit.answers)

    def of(self, criterion: str) -> tuple[Obstacles, ...]:
        """Return what would stand if the unit answered a criterion, for each of its values in order."""
        if criterion not in self._known:
            values = self.rules.criteria[criterion].values
            self._known[criterion] = tuple(self.supposing(criterion, v.slug) for v in values)
        return self._known[criterion]

    def supposing(self, criterion: str, value: str) -> Obstacles:
        """Return what would stand if the unit answered a criterion with a value."""
        known, answers = masks(self.rules), self._answers
        if self.unit.answer(criterion).state == "default":
            answers &= ~known.of_criterion[criterion]
        effect = known.effects[criterion, value]
        found = effect.obstacles(answers, self.unit.asserted)
        return Obstacles(
            *(now & ~effect.requirements | new for now, new in zip(self.now, found, strict=True))
        )


def impact(of: Suppositions | None, slug: str, criterion: str, before: str) -> Impact:
    """Return {answer: {arrangement: new status}} for the answers that change its status.

    `of` are the suppositions of a unit for which the criterion is still open, None where it is settled.
    """
    if of is None:
        return {}
    hard, values = masks(of.rules).hard[slug], of.rules.criteria[criterion].values
    after = [obstacles.status(hard) for obstacles in of.of(criterion)]
    return {v.slug: {slug: new} for v, new in zip(values, after, strict=True) if new != before}
