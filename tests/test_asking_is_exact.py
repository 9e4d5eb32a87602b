"""R19: asking goes on exactly while an answer can change a verdict, held against brute force."""

from __future__ import annotations

import random
from typing import Any

import pytest

from interviewing import later_answers, may_change, reachable
from montages.advice.questions.undecided import undecided
from montages.knowledge.entailment import asking_order
from montages.knowledge.verdict_gates import deciding
from sampling import RULES

CONTRACTS = [a.slug for a in RULES.proposed() if a.kind == "contract"]


def few_left(number: int, most: int) -> tuple[str, dict[str, Any], list[str]] | None:
    """Return an arrangement, answers drawn and the few criteria left to ask that bear on it, if few are."""
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    slug = draw.choice(CONTRACTS)
    names = asking_order(deciding(slug, RULES), RULES)
    answers: dict[str, Any] = {}
    for name in draw.sample(names, len(names)):
        left = [n for n in names if reachable(n, answers, RULES)]
        if len(left) <= most:
            break
        after = list(later_answers(answers, [name], RULES))
        answers = dict(draw.choice(after[1:] or after))
    left = [n for n in names if reachable(n, answers, RULES)]
    return (slug, answers, left) if 0 < len(left) <= most else None


def asking_is_exact(numbers: range, most: int) -> dict[bool, int]:
    """Hold the search against brute force for drawn answers; return how often each came out."""
    counts = {True: 0, False: 0}
    for number in numbers:
        drawn = few_left(number, most)
        if drawn is None or "dialogue-case" in drawn[2]:  # its lists are too many to try all
            continue
        slug, answers, left = drawn
        expected = may_change(slug, answers, left, RULES)
        assert undecided(slug, answers, RULES, frozenset()) == expected, (slug, answers, left)
        counts[expected] += 1
    return counts


def test_asking_goes_on_exactly_while_an_answer_can_change_a_verdict() -> None:
    counts = asking_is_exact(range(110), most=2)
    assert min(counts.values()) > 5, counts


@pytest.mark.slow
def test_asking_is_exact_where_more_is_left() -> None:
    counts = asking_is_exact(range(60, 160), most=3)
    assert min(counts.values()) > 10, counts
