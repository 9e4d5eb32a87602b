"""What answers near to others name: what the others looked at is known, only what moved is looked at.

Answers are traced: they remember what was looked at in them. What reads them needs not know of it: it tests
bits and takes the states of variables, as always.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple, SupportsIndex, overload

from montages.assessment.naming import Look, Naming, Test, named_by, naming
from montages.assessment.verdict.answers import Moved, StatedAnswers
from montages.knowledge import entailment
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
            _TracedBits(answers.bits, self),
            _TracedStates(answers.states, self),
            answers.odd,
            answers.assumed,
            bare,
        )


class _TracedBits(int):
    """Bits of answers: what they are tested by is noted."""

    trace: Trace

    def __new__(cls, bits: int, trace: Trace) -> _TracedBits:
        """Return bits with the trace in which tests are noted."""
        traced = super().__new__(cls, bits)
        traced.trace = trace
        return traced

    def __and__(self, tests: int) -> int:
        self.trace.bits |= tests
        return int(self) & tests

    __rand__ = __and__

    def __or__(self, more: int) -> _TracedBits:
        return _TracedBits(int(self) | more, self.trace)


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


# A test, and what it is about.
_Key = tuple[Test, str]


class _Result(NamedTuple):
    """What a test gives, and what it looks at."""

    value: Any
    trace: Trace


@dataclass(frozen=True, eq=False)
class NearbyNaming:
    """What some answers name, and what answers near to them would.

    Where values are at odds, or gates are asserted by hand, more than bits and states is looked at: all anew.
    """

    states: StatedAnswers
    stated_bits: int
    asserted: frozenset[str]
    _known: dict[Moved, Collection[_Key]] = field(default_factory=dict, repr=False)

    @property
    def now(self) -> Naming:
        """Return what is named."""
        return self._named[0]

    @cached_property
    def criteria(self) -> frozenset[str]:
        """Return the criteria whose answers bear on what is named: all that naming it looks at."""
        rules = self.states.rules
        if self._looks_at_all:
            return frozenset(rules.criteria)
        traces = [result.trace for result in self._results.values()]
        bits = reduce(or_, (trace.bits for trace in traces))
        places = reduce(or_, (trace.places for trace in traces))
        return entailment.bearing_on(Trace(bits, places).criteria(rules), rules)

    def after(self, states: StatedAnswers, stated_bits: int, alone: str = "") -> Naming:
        """Return what other answers would name; `alone` is the criterion that they answer besides."""
        moved = None
        if not (self._looks_at_all or states.odd):
            moved = (alone and self.states.moved_by(alone)) or self.states.moved_to(states)
        if not moved:
            return naming(states, stated_bits, self.asserted)
        moved = Moved(moved.bits | (stated_bits ^ self.stated_bits), moved.places)
        look, results = Look(states, stated_bits, self.asserted), self._results
        in_play = self._in_play(moved)
        if all(test(look, about) == results[test, about].value for test, about in in_play):
            return self.now

        def ask(test: Test, about: str) -> Any:
            key = (test, about)
            stands = key in results and key not in in_play
            return results[key].value if stands else test(look, about)

        return named_by(ask, states.rules)

    @property
    def _looks_at_all(self) -> bool:
        return bool(self.states.odd or self.asserted)

    @property
    def _results(self) -> Mapping[_Key, _Result]:
        """Return what each test gives that decides what is named."""
        return self._named[1]

    @cached_property
    def _named(self) -> tuple[Naming, Mapping[_Key, _Result]]:
        if self._looks_at_all:
            return naming(self.states, self.stated_bits, self.asserted), {}
        results: dict[_Key, _Result] = {}

        def ask(test: Test, about: str) -> Any:
            trace = Trace()
            look = Look(trace.of(self.states), _TracedBits(self.stated_bits, trace), self.asserted)
            result = results[test, about] = _Result(test(look, about), trace)
            return result.value

        return named_by(ask, self.states.rules), results

    def _in_play(self, moved: Moved) -> Collection[_Key]:
        """Return the tests among these that look at what moved."""
        if moved not in self._known:
            self._known[moved] = {
                key: None
                for key, (_, trace) in self._results.items()
                if trace.bits & moved.bits or trace.places & moved.places
            }
        return self._known[moved]
