"""Answers that remember what was looked at in them: whatever else is answered, what came out stays.

What reads answers needs not know of it: it tests bits and takes the states of variables, as always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import SupportsIndex, overload

from montages.assessment.verdict.answers import StatedAnswers
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.periods import Rules


@dataclass(eq=False)
class Trace:
    """What was looked at: the bits that were tested, and a bit for each place whose state was taken."""

    bits: int = 0
    places: int = 0

    def criteria(self, rules: Rules) -> frozenset[str]:
        """Return the criteria that were looked at."""
        variables = verdict_diagram(rules).variables
        tested = {name for name, bits in masks(rules).of_criterion.items() if bits & self.bits}
        taken = {v.criterion for n, v in enumerate(variables) if self.places >> n & 1}
        return frozenset(tested | taken)

    def of(self, answers: StatedAnswers) -> StatedAnswers:
        """Return answers that are traced, and so are those that rest on nothing assumed."""
        bare = (lambda: self.of(answers.bare)) if answers.assumed else None
        return StatedAnswers(
            answers.write,
            answers.rules,
            TracedBits(answers.bits, self),
            _TracedStates(answers.states, self),
            answers.odd,
            answers.assumed,
            bare,
        )


class TracedBits(int):
    """Bits of answers: what they are tested by is noted."""

    trace: Trace

    def __new__(cls, bits: int, trace: Trace) -> TracedBits:
        """Return bits with the trace in which tests are noted."""
        traced = super().__new__(cls, bits)
        traced.trace = trace
        return traced

    def __and__(self, tests: int) -> int:
        self.trace.bits |= tests
        return int(self) & tests

    __rand__ = __and__

    def __or__(self, more: int) -> TracedBits:
        return TracedBits(int(self) | more, self.trace)


class _TracedStates(Sequence[int]):
    """The states of variables: those that are taken are noted."""

    def __init__(self, states: Sequence[int], trace: Trace) -> None:
        self._states, self._trace = states, trace

    @overload
    def __getitem__(self, place: SupportsIndex) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...

    def __getitem__(self, place: SupportsIndex | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            for taken in range(len(self))[place]:
                self._trace.places |= 1 << taken
        else:
            self._trace.places |= 1 << int(place)
        return self._states[place]  # type: ignore[index]

    def __len__(self) -> int:
        return len(self._states)
