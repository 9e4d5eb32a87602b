"""Shares of the comparison of the three paths, each done in a process of its own."""

from __future__ import annotations

from exhaustive import Compared, comparison
from montages.engine.engines import engine_named
from sampling import RULES, compare, profile

# How many the engine reasons on together.
_BATCH = 50


def agreed(engine: str, first: int, last: int) -> int:
    """Compare profiles `first` up to `last`, not included; return how many outcomes and statuses agree."""
    compared = 0
    for start in range(first, last, _BATCH):
        trees = [profile(number) for number in range(start, min(start + _BATCH, last))]
        compared += compare(trees, engine_named(engine))
    return compared


def exhausted(arrangement: str, limit: int) -> Compared:
    """Compare the status of an arrangement over every profile of what it reads, where `limit` allows."""
    return comparison(RULES).arrangement(arrangement, limit)
