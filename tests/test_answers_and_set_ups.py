"""R4c, R23: one order: what the answer names first is in the best whole set-up."""

from __future__ import annotations

from typing import Any

import pytest

from montages import load
from montages.advice.compose.composition import Compositions
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.rulebook_tests.panel_results import panel_description

DAY = "2026-06-01"
FAST = load("fast")


def named_first_elsewhere(it: Compositions) -> bool:
    """Tell whether the contract that the answer names first is in no part of the best whole set-up."""
    first = it.assessment.answer.first
    if first is None or not it.compositions:
        return False
    return first.slug not in {part.row for part in it.compositions[0].parts}


def answers_and_set_ups_agree(first: int, step: int) -> None:
    descriptions: list[Any] = [(str(path), DAY) for path in library.projects().values()]
    descriptions += [(panel_description(case), case.as_of) for case in panel()]
    differ = [
        described
        for described, day in descriptions[first::step]
        if named_first_elsewhere(FAST.compose(described, as_of=day, anyway=True))
    ]
    assert differ == []


def test_what_the_answer_names_first_is_in_the_best_whole_set_up() -> None:
    answers_and_set_ups_agree(0, 9)


@pytest.mark.slow
def test_what_the_answer_names_first_is_in_the_best_whole_set_up_of_every_project_and_case() -> (
    None
):
    answers_and_set_ups_agree(0, 1)


def test_a_mission_that_the_law_has_apart_does_not_put_a_global_contract_first() -> None:
    (case,) = (case for case in panel() if case.slug == "spl-private-shareholder")
    best = FAST.compose(panel_description(case), as_of=case.as_of).compositions[0]
    assert [part.row for part in best.parts] == ["marche-simple"]
    assert best.parts[0].apart
