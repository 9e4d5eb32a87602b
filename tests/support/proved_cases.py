"""Which cases of long proofs `make prove` runs: a sample; its seed and sizes are data (tests/proved.yaml)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "proved.yaml"
# Of the cases of each test marked `slow`: all, the sample, or what the sample leaves.
ALL, PROVED, LEFT = "all", "proved", "left"


def proved(names: Sequence[str], table: dict[str, Any]) -> set[int]:
    """Return the places of the cases that are proved: all of a short list, so many of a long one."""
    lists: dict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(names)), key=names.__getitem__):
        lists[names[place].partition("[")[0]].append(place)
    chosen = set[int]()
    for test, places in lists.items():
        most = table["more"].get(test, table["most"])
        draw = Random(f"{table['seed']} {test}")  # noqa: S311 — a sample, not a secret
        chosen |= set(places if len(places) <= most else draw.sample(places, most))
    return chosen


def table() -> dict[str, Any]:
    """Return the seed and the sizes of the samples."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read
