"""Sentences by people who had not seen the product: most facts are read, and hardly any is misread."""

from __future__ import annotations

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
    ("name", "right", "misread"), [("strangers", 0.95, 0.005), ("strangers-later", 0.9, 0.01)]
)
def test_most_facts_are_read_and_hardly_any_is_misread(
    name: str, right: float, misread: float
) -> None:
    counted: Counter[str] = Counter()
    for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")):
        facts = read_sentence(case["text"]).facts
        for key, wanted in case.get("facts", {}).items():
            kind = (
                "unread" if key not in facts else "right" if same(facts[key], wanted) else "misread"
            )
            counted[kind] += 1
        for key, bad in case.get("never", {}).items():
            if key in facts and key not in case.get("facts", {}) and same(facts[key], bad):
                counted["misread"] += 1
    print(counted)
    assert counted["right"] >= right * counted.total()
    assert counted["misread"] <= misread * counted.total()
