"""R23, R49: one answer: what it names is the first whole set-up, row by row and part by part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from montages import load
from montages.advice.compose.composition import Compositions
from montages.description.parsing.parse import panel_description
from montages.knowledge.files import library
from panel_cases import SLUGS, panel_case
from sampling import profile
from test_compose import in_parts

DAY = "2026-06-01"
FAST = load("fast")


def first_is_another(it: Compositions) -> bool:
    """Tell whether the first whole set-up is not what the answer names, read from what both publish."""
    rows = it.assessment.answer.to_json("fr")["rows"]
    if not rows:
        return bool(it.compositions) and it.assessment.answer.prohibition is not None
    if it.uncovered:  # no set-up is whole, and nothing is named for what none covers
        named_units = {unit for row in rows for unit in row["of"]["units"]}
        return bool(it.compositions) or not named_units.isdisjoint(it.uncovered)
    first = it.to_json("fr", brief=True)["compositions"][0]
    named = [(row["row"], row["contract"], row["verdict"], row["of"]["units"]) for row in rows]
    return named != [(p["row"], p["contract"], p["verdict"], p["units"]) for p in first["parts"]]


def described(each: Path | str) -> tuple[Any, Any]:
    """Return the description of a real project or of a case of the panel, and the day of its law."""
    if isinstance(each, Path):
        return str(each), DAY
    case = panel_case(each)
    return panel_description(case), case.as_of


def answers_and_set_ups_agree(first: int, step: int) -> None:
    differ = []
    for each in [*library.projects().values(), *SLUGS][first::step]:
        project, day = described(each)
        if first_is_another(FAST.compose(project, as_of=day, anyway=True)):
            differ.append(each)
    assert differ == []


@pytest.mark.slow
def test_what_the_answer_names_is_the_first_whole_set_up() -> None:
    answers_and_set_ups_agree(0, 9)


@pytest.mark.slow
def test_what_the_answer_names_is_the_first_whole_set_up_of_every_project_and_case() -> None:
    answers_and_set_ups_agree(0, 1)


@pytest.mark.slow
def test_and_of_projects_drawn_at_random_in_one_part_and_in_several() -> None:
    several = 0
    for number in range(0, 90, 6):
        for tree in (profile(number), in_parts(number)):
            it = FAST.compose(tree, as_of=DAY, anyway=True)
            assert not first_is_another(it), number
            several += len(it.assessment.answer.rows) > 1
    assert several > 3
