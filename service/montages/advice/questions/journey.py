"""The way through the questions of a project, the same at every door: what is put next, and when it ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from montages.advice.questions.interview import Interview, Question
from montages.advice.questions.parts_to_describe import DescribedPart
from montages.description.parsing.key_values import listing

# So many questions may follow from the answers to those that are known; no way is longer than the second.
_WAY, _MOST_QUESTIONS = 3, 12


@dataclass(frozen=True)
class Journey:
    """How far a project is on its way: `tree` is what it says, `passed` the parts that were passed over.

    `before` is how many questions were left, at most, when the last one was put; None before the first.
    """

    interview: Interview
    tree: Mapping[str, Any]
    passed: Collection[str] = ()
    before: int | None = None

    @property
    def left(self) -> int:
        """Return how many questions are left at most: no more than was said before one was answered.

        What a longer way would still ask stands on the result, with the answers that can change it.
        """
        known = len(self.interview.questions) + len(self.interview.describe)
        if self.before is None:
            return min(known + _WAY * bool(known), _MOST_QUESTIONS)
        return max(min(known, self.before - 1), 0)

    @property
    def next(self) -> DescribedPart | Question | None:
        """Return the next question, None at the end: what words in doubt open, who and what for, the rest."""
        if not self.left:
            return None
        first = next(iter(self.interview.questions), None)
        if first is not None and first.criterion.slug in self.interview.opened:
            return first
        passed = {*self.passed, *listing(self.tree.get("unknown"))}
        parts = (part for part in self.interview.describe if part.name not in passed)
        return next(parts, None) or first
