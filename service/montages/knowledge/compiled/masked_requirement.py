"""A requirement over bits: Kleene's logic in a few operations on whole numbers.

`knowledge.logic` says the same in plain words, and the tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from montages.knowledge.logic import outcome_of


@dataclass(frozen=True)
class MaskedClause:
    """A clause: met if a bit of `met` is there, refuted if a bit of `refuting` is, or all of `all_out`."""

    met: int
    refuting: int
    all_out: int | None

    def holds(self, answers: int) -> bool:
        """Tell whether a stated value meets the clause."""
        return bool(answers & self.met)

    def fails(self, answers: int) -> bool:
        """Tell whether a stated value refutes the clause."""
        if self.all_out is None:
            return bool(answers & self.refuting)
        return answers & self.all_out == self.all_out


MaskedCondition = tuple[MaskedClause, ...]


@dataclass(frozen=True)
class MaskedRequirement:
    """A requirement: its own test, and those of its conditions."""

    own: MaskedClause
    when: tuple[MaskedCondition, ...]
    unless: tuple[MaskedCondition, ...]
    closes_if: tuple[MaskedCondition, ...]
    hard: bool
    folds_unstated: bool

    def outcome(self, answers: int, asserted: bool) -> str:
        """Return satisfied, violated, not-applicable, contradicted or undetermined (`logic.outcome`)."""
        satisfied = self.satisfied(answers) or (self.hard and asserted)
        return outcome_of(satisfied, self.violated(answers), self._idle(answers))

    def satisfied(self, answers: int) -> bool:
        """Tell whether answers make it true, whatever else they say of it."""
        return self.own.holds(answers) or self._idle(answers) or self._excepted(answers)

    def violated(self, answers: int) -> bool:
        """Tell whether answers violate it, whatever else they say of it."""
        return (
            self.own.fails(answers)
            and all(_fails(condition, answers) for condition in self.unless)
            and self._due(answers)
        )

    def refused(self, answers: int) -> bool:
        """Tell whether answers refuse the duty that it is (`logic.refused`)."""
        return (
            any(_holds(condition, answers) for condition in self.closes_if)
            and not self._idle(answers)
            and not self._excepted(answers)
        )

    def folds(self, answers: int) -> bool:
        """Tell whether answers fold by it, where it is a preference that folds (`logic.folds`)."""
        own = self.own
        unmet = not own.holds(answers) if self.folds_unstated else own.fails(answers)
        return unmet and not self._excepted(answers) and self._due(answers)

    def _due(self, answers: int) -> bool:
        """Tell whether all conditions hold."""
        return all(_holds(condition, answers) for condition in self.when)

    def _idle(self, answers: int) -> bool:
        """Tell whether a condition is refuted."""
        return any(_fails(condition, answers) for condition in self.when)

    def _excepted(self, answers: int) -> bool:
        """Tell whether an exception holds."""
        return any(_holds(condition, answers) for condition in self.unless)


def _holds(condition: MaskedCondition, answers: int) -> bool:
    return all(answers & test.met for test in condition)


def _fails(condition: MaskedCondition, answers: int) -> bool:
    return any(test.fails(answers) for test in condition)
