"""Which cases of long lists each run takes: samples whose seed and sizes are data (`tests/proved.yaml`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

FILE = Path(__file__).parents[1] / "proved.yaml"
# What a run takes: all; what `make test`, `make prove` and `make soak` do, which together are all.
ALL, TESTED, PROVED, LEFT = WAYS = ("all", "tested", "proved", "left")


# What stands in a file all of whose tests are marked.
_ALL_MARKED = re.compile(r"^pytestmark = pytest\.mark\.(slow|soak)\b", re.MULTILINE)


def has_none(file: Path, way: str) -> bool:
    """Tell from the text of a file of tests that a run takes none of them: it need not be imported."""
    if way not in (TESTED, PROVED) or not file.name.startswith("test_"):
        return False
    text = file.read_text("utf-8")
    if way == TESTED:
        return _ALL_MARKED.search(text) is not None
    return "slow" not in text and "sampled_cases" not in text


def taken(cases: Sequence[tuple[str, bool]], way: str, table: dict[str, Any]) -> set[int]:
    """Return the places of the cases that a run takes; each is its name, and whether it is slow."""
    quick = [n for n, (_, slow) in enumerate(cases) if not slow]
    slow = [n for n, (_, slow) in enumerate(cases) if slow]
    names = [name for name, _ in cases]
    if way == ALL:
        return {*quick, *slow}
    if way == TESTED:
        return _sample(quick, names, table["tested"], table)
    proved = _sample(slow, names, table["proved"], table)
    if way == PROVED:
        return proved
    return {*quick, *slow} - proved - _sample(quick, names, table["tested"], table)


def _sample(
    places: Sequence[int], names: Sequence[str], most: int, table: dict[str, Any]
) -> set[int]:
    """Return the places of all cases of short lists, and of so many of each long one."""
    lists: dict[str, list[int]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (names[place], place)):
        lists[names[place].partition("[")[0]].append(place)
    chosen = set[int]()
    for test, of in lists.items():
        number = table["others"].get(test, most)
        draw = Random(f"{table['seed']} {test}")  # noqa: S311 — a sample, not a secret
        chosen |= set(of if len(of) <= number else draw.sample(of, number))
    return chosen


def table() -> dict[str, Any]:
    """Return the seed and the sizes of the samples."""
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read
