"""Gates that no open answer ties together are apart: each part is searched by itself, and once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from montages.assessment.verdict.masked_gates import MaskedGate


@dataclass(frozen=True, eq=False)
class GatePart:
    """Gates that answers still open tie together, in the order of the rules: a name, what decides them."""

    gates: tuple[MaskedGate, ...]
    bits: int
    reads: int


def gate_parts(
    seeds: Iterable[MaskedGate], gates: tuple[MaskedGate, ...], linking: int
) -> list[GatePart]:
    """Return the parts that some gates are in; what `linking` leaves out is settled, and ties nothing."""
    part_of = _part_of(gates, linking & all_read(gates))
    return list(dict.fromkeys(part_of[seed.bit] for seed in seeds))


@lru_cache(maxsize=1024)
def all_read(gates: tuple[MaskedGate, ...]) -> int:
    """Return all that may decide some gates."""
    reads = 0
    for gate in gates:
        reads |= gate.reads
    return reads


@lru_cache(maxsize=1024)  # some 4 kB each
def _part_of(gates: tuple[MaskedGate, ...], linking: int) -> Mapping[int, GatePart]:
    """Return the part that each gate is in, by its bit."""
    groups: list[tuple[int, list[MaskedGate]]] = []
    for gate in gates:
        tied, members, apart = gate.reads & linking, [gate], []
        for others, more in groups:
            if others & tied:
                tied, members = tied | others, more + members
            else:
                apart.append((others, more))
        groups = [*apart, (tied, members)]
    parts = (_part(sorted(members, key=lambda gate: gate.bit)) for _, members in groups)
    return {gate.bit: part for part in parts for gate in part.gates}


def _part(gates: Sequence[MaskedGate]) -> GatePart:
    bits = reads = 0
    for gate in gates:
        bits |= gate.bit
        reads |= gate.reads
    return GatePart(tuple(gates), bits, reads)
