"""What answers make of every gate of a period at once: those they stand against, those they leave false."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from montages.assessment.verdict.masked_gates import CONTESTED, FALSE, MaskedGate, every_gate
from montages.knowledge.periods import Rules


class GateBits(NamedTuple):
    """The gates that answers stand against, those not made true, those both satisfied and violated."""

    against: int
    false: int
    contested: int

    @classmethod
    def of(cls, bits: int, rules: Rules) -> GateBits:
        """Return what answers make of every gate, none being asserted."""
        return cls(0, 0, 0)._standing(every_gate(rules), bits)

    def after(self, changed: int, bits: int, rules: Rules) -> GateBits:
        """Return the same once some bits have changed."""
        if not changed:
            return self
        reading, touched = _reading(changed, rules)
        rest = GateBits(*(bits & ~touched for bits in self))
        return rest._standing(reading, bits)

    def _standing(self, gates: Iterable[MaskedGate], answers: int) -> GateBits:
        """Return the same with some gates more."""
        against, false, contested = self
        for gate in gates:
            standing = gate.standing[answers & gate.direct]
            if standing:
                false |= gate.bit
                if standing != FALSE:
                    against |= gate.bit
                    if standing == CONTESTED:
                        contested |= gate.bit
        return GateBits(against, false, contested)


@lru_cache(maxsize=4096)
def _reading(bits: int, rules: Rules) -> tuple[tuple[MaskedGate, ...], int]:
    """Return the gates that are read off some bits, and their bits."""
    gates = tuple(gate for gate in every_gate(rules) if gate.direct & bits)
    return gates, sum(gate.bit for gate in gates)
