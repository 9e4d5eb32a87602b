"""Sentences by people who had not seen the product: most facts are read, and hardly any is misread."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from montages.description.reader import read_sentence

FOLDER = Path(__file__).parent / "reader"


def same(value: Any, wanted: Any) -> bool:
    """Tell whether a value read is the one wanted: held by a list, near a number, a kind by its name."""
    if isinstance(wanted, list):
        return set(map(str, wanted)) <= set(map(str, value if isinstance(value, list) else [value]))
    if isinstance(wanted, int | float) and isinstance(value, int | float):
        return abs(value - wanted) <= max(1, 0.02 * wanted)
    values = value if isinstance(value, list) else [value]
    plain = str(wanted).replace("-", "").lower()
    return any(str(one).replace("-", "").lower() == plain for one in values)


@pytest.mark.parametrize(
    ("name", "right", "misread"),
    [
        ("strangers.yaml", 0.95, 0.005),
        ("strangers-later.yaml", 0.9, 0.01),
        ("kept-aside.yaml.gz", 0.85, 0.025),
        ("kept-aside-en.yaml.gz", 0.75, 0.045),
    ],
)
def test_most_facts_are_read_and_hardly_any_is_misread(
    name: str, right: float, misread: float
) -> None:
    counted: Counter[str] = Counter()
    opened = gzip.open if name.endswith(".gz") else open
    with opened(FOLDER / name, "rt", encoding="utf-8") as lines:
        cases = yaml.safe_load(lines)
    for case in cases:
        facts = read_sentence(case["text"]).facts
        for key, wanted in case.get("facts", {}).items():
            kind = (
                "unread" if key not in facts else "right" if same(facts[key], wanted) else "misread"
            )
            counted[kind] += 1
        for key, bad in case.get("never", {}).items():
            if key in facts and key not in case.get("facts", {}) and same(facts[key], bad):
                counted["misread"] += 1
    assert counted["right"] >= right * counted.total()
    assert counted["misread"] <= misread * counted.total()
