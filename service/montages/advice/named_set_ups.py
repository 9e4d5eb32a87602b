"""The set-ups that advice is asked about, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint

T = TypeVar("T")


def named(about: Sequence[str], possible: Mapping[str, T]) -> list[T]:
    """Return what some names stand for, each once; raises UnknownName with the nearest for another."""
    for name in about:
        if name not in possible:
            hint, listed = nearest_hint(name, possible), ", ".join(possible)
            raise UnknownName(
                f"Montage inconnu : {name}.{hint.fr} Connus : {listed}.",
                f"Unknown arrangement: {name}.{hint.en} Known: {listed}.",
            )
    return [possible[name] for name in dict.fromkeys(about)]
