"""Which cases of long proofs `make prove` runs: a sample, whose seed and size are data (tests/proved.yaml)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "proved.yaml"
# Of the cases of each test marked `slow`: all, the sample, or what the sample leaves.
ALL, PROVED, LEFT = "all", "proved", "left"


def proved(names: Iterable[str], table: dict[str, Any]) -> set[str]:
    """Return the names of the cases that are proved: all of a short list, so many of a long one."""
    lists: dict[str, list[str]] = defaultdict(list)
    for name in names:
        lists[name.partition("[")[0]].append(name)
    chosen = set[str]()
    for test, cases in lists.items():
        most = table["more"].get(test, table["most"])
        draw = Random(f"{table['seed']} {test}")  # noqa: S311 — a sample, not a secret
        chosen |= set(cases if len(cases) <= most else draw.sample(sorted(cases), most))
    return chosen


def table() -> dict[str, Any]:
    """Return the seed and the sizes of the samples."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read
