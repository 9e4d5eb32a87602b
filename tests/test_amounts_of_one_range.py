"""R11: verdicts on amounts of one range are worked out once, and say each its own amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from agreeing import forget, written
from montages import load
from sampled_cases import proved_cases
from sampling import profile

DAY = "2026-06-01"
FAST = load("fast")


def alone(tree: dict[str, Any]) -> bytes:
    """Return the assessment of a description as if none was made before."""
    forget()
    return written(FAST.assess(tree, as_of=DAY, anyway=True))


def with_amount(tree: dict[str, Any], amount: int) -> dict[str, Any]:
    return tree | {"answers": tree.get("answers", {}) | {"estimated-value": amount}}


def profiles(first: int, count: int) -> list[dict[str, Any]]:
    drawn = (profile(number) for number in range(first, first + 20 * count))
    amounts = [tree for tree in drawn if "yearly-value" not in tree["answers"]]
    return amounts[:count]


def same_after_another(tree: dict[str, Any], amounts: tuple[int, int]) -> None:
    expected = [alone(with_amount(tree, amount)) for amount in amounts]
    forget()
    found = [
        written(FAST.assess(with_amount(tree, amount), as_of=DAY, anyway=True))
        for amount in amounts
    ]
    assert found == expected
    assert found[0] != found[1]


PAIRS = ((61_000, 61_001), (5_404_001, 7_000_000), (20_000, 20_500), (59_999, 60_000))


@pytest.mark.slow
@pytest.mark.parametrize("amounts", PAIRS)
def test_an_assessment_says_its_own_amount_whatever_was_assessed_before(
    amounts: tuple[int, int],
) -> None:
    for tree in profiles(0, 3):
        same_after_another(tree, amounts)


@pytest.mark.slow
@pytest.mark.parametrize("amounts", proved_cases([(pair,) for pair in PAIRS], 2))
def test_so_do_many(amounts: tuple[int, int]) -> None:
    for tree in profiles(500, 60):
        same_after_another(tree, amounts)


def test_the_check_shows_the_amount_of_its_own_description() -> None:
    for amount in (61_000, 61_001):
        it = FAST.assess(with_amount({"project": "x"}, amount), as_of=DAY)
        shown = {
            c.number for v in it.conclusions.verdicts for c in v.checks if c.number is not None
        }
        assert shown == {Decimal(amount)}
