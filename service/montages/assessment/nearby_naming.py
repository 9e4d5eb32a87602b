"""What answers near to others name: what the others looked at is known, only what moved is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from montages.assessment.naming import Look, Naming, Test, named_by, naming
from montages.assessment.verdict.answers import Moved, StatedAnswers
from montages.assessment.verdict.traced_answers import Trace, TracedBits
from montages.knowledge import entailment
from montages.knowledge.files.caching import FunctionCache

# A test, and what it is about.
_Key = tuple[Test, str]


class _Result(NamedTuple):
    """What a test has given, and what it looked at."""

    value: Any
    trace: Trace

    def stands(self, moved: Moved) -> bool:
        """Tell whether nothing that moved was looked at."""
        return not (self.trace.bits & moved.bits or self.trace.places & moved.places)


@dataclass(frozen=True, eq=False)
class NearbyNaming:
    """What some answers name, and what answers near to them would.

    Where values are at odds, or gates are asserted by hand, more than bits and states is looked at: all anew.
    """

    states: StatedAnswers
    stated_bits: int
    asserted: frozenset[str]
    _results: dict[_Key, _Result] = field(default_factory=dict)

    @cached_property
    def now(self) -> Naming:
        """Return what is named."""
        if self._looks_at_all:
            return naming(self.states, self.stated_bits, self.asserted)
        return named_by(lambda test, about: self._result(test, about).value, self.states.rules)

    @cached_property
    def criteria(self) -> frozenset[str]:
        """Return the criteria whose answers bear on what is named: all that naming it looks at."""
        rules = self.states.rules
        if self._looks_at_all:
            return frozenset(rules.criteria)
        traces = [self._results[key].trace for key in self._decisive]
        whole = Trace(
            reduce(or_, (one.bits for one in traces)), reduce(or_, (one.places for one in traces))
        )
        return entailment.bearing_on(whole.criteria(rules), rules)

    def after(self, states: StatedAnswers, stated_bits: int, moved: Moved | None) -> Naming:
        """Return what other answers would name, where it is known what moved; None for all."""
        if self._looks_at_all or states.odd or moved is None:
            return naming(states, stated_bits, self.asserted)
        look, results = Look(states, stated_bits, self.asserted), self._results
        if all(
            test(look, about) == results[test, about].value for test, about in self._in_play[moved]
        ):
            return self.now

        def ask(test: Test, about: str) -> Any:
            result = self._result(test, about)
            return result.value if result.stands(moved) else test(look, about)

        return named_by(ask, states.rules)

    @property
    def _looks_at_all(self) -> bool:
        return bool(self.states.odd or self.asserted)

    @cached_property
    def _decisive(self) -> Sequence[_Key]:
        """Return the tests that decide what is named."""
        assert self.now
        return tuple(self._results)

    @cached_property
    def _in_play(self) -> FunctionCache[Moved, Sequence[_Key]]:
        """Return the tests among these that look at what moved."""
        return FunctionCache(
            lambda moved: [key for key in self._decisive if not self._results[key].stands(moved)]
        )

    def _result(self, test: Test, about: str) -> _Result:
        result = self._results.get((test, about))
        if result is None:
            trace = Trace()
            look = Look(trace.of(self.states), TracedBits(self.stated_bits, trace), self.asserted)
            result = self._results[test, about] = _Result(test(look, about), trace)
        return result
