"""What was worked out once is kept from one project to the next: alike answers get alike verdicts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from montages.decision.assessment import Verdict
from montages.knowledge.periods import Rules

T = TypeVar("T")
# Beyond this many things, all are forgotten: what is often needed comes back at once.
_MOST = 4096


@dataclass(frozen=True, eq=False)
class Memory(Generic[T]):
    """Things by what they depend on; it holds a bounded number of them."""

    _known: dict[Hashable, T] = field(default_factory=dict, repr=False)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is known under a key, made now if nothing is."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[key] = make()
        return found


@cache
def memory(rules: Rules) -> Memory[Verdict]:
    """Return the verdicts of a period, of whatever project."""
    return Memory()
