"""What supposing one answer does, over bits: to the other answers, and to what requirements give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from montages.knowledge.compiled.masked_requirement import MaskedRequirement
from montages.knowledge.files.caching import FunctionCache


class SupposedAnswer(NamedTuple):
    """One answer supposed: its bit, what it clears and adds on a list with left-out values, what follows."""

    answer: tuple[str, str]
    bit: int
    cleared: int
    added: int
    implied: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class AnswerEffect:
    """What supposing one answer does: to the answers, and to the hard requirements that read it."""

    steps: tuple[SupposedAnswer, ...]
    read: int
    readers: tuple[tuple[int, MaskedRequirement, str], ...]

    @cached_property
    def requirements(self) -> int:
        """Return the bits of the requirements that may come out otherwise."""
        return sum(bit for bit, _, _ in self.readers)

    def obstacles(self, answers: int, asserted: frozenset[str]) -> tuple[int, int, int]:
        """Return which of these requirements come out violated, contradicted and undetermined."""
        if asserted:
            return self._obstacles(answers, asserted)
        return self._unasserted[answers & self.read]

    @cached_property
    def _unasserted(self) -> FunctionCache[int, tuple[int, int, int]]:
        return FunctionCache(self._obstacles)

    def _obstacles(
        self, answers: int, asserted: frozenset[str] = frozenset()
    ) -> tuple[int, int, int]:
        supposed = self.suppose(answers)
        bits = {"violated": 0, "contradicted": 0, "undetermined": 0}
        for bit, requirement, slug in self.readers:
            outcome = requirement.outcome(supposed, slug in asserted)
            if outcome in bits:
                bits[outcome] |= bit
        return bits["violated"], bits["contradicted"], bits["undetermined"]

    def suppose(self, answers: int) -> int:
        """Return answers with one more and what it implies; one already there implies nothing new."""
        reached = {self.steps[0].answer}
        for step in self.steps:
            if step.answer in reached and not answers & step.bit:
                answers = (answers | step.bit) & ~step.cleared | step.added
                reached.update(step.implied)
        return answers
