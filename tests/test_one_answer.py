"""R41 to R52: one answer, the same however a project is said, and moved only for a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from montages.description.parsing.parse import panel_description
from montages.knowledge.panel import panel
from mutations import DAY, FAST, RULES, first, named, projects, said_otherwise
from sampling import profile

PARTS = 12


def faults(first_of: int, step: int, drawn: int = 0) -> dict[str, list[object]]:
    """Return how each rule fails, each project being assessed once for all of them."""
    failed: dict[str, list[object]] = {}
    for it in projects(drawn, first_of, step):
        for name, rule in RULES.items():
            failed.setdefault(name, []).extend(rule(it))
    return {name: found for name, found in failed.items() if found}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_of_the_panel_and_real_projects(part: int) -> None:
    assert faults(part, 72) == {}


@pytest.mark.slow(seconds=10)
@pytest.mark.parametrize("part", range(PARTS))
def test_of_all_of_them_and_of_some_drawn(part: int) -> None:
    assert faults(part, PARTS, 60) == {}


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_of_many_drawn(part: int) -> None:
    assert faults(part, PARTS, 2_000) == {}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_order_spelling_and_name_change_nothing(part: int) -> None:
    cases = panel()[part * 7 :: 21]
    assert len(cases) > 15
    for case in cases:
        it = FAST.assess(panel_description(case), as_of=case.as_of, anyway=True)
        for other in said_otherwise(dict(case.tree), case.as_of):
            assert named(other) == named(it), case.slug


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_the_named_answer_is_the_first_set_up(part: int) -> None:
    """R49: the same contracts for the same units."""
    compared = Counter[bool]()
    for it in projects(first_of=part * 9, step=27):
        composed = FAST.compose(it.premises.description, as_of=it.premises.as_of, anyway=True)
        covered = {unit.id for row in it.answer.rows for unit in row.part.units}
        if it.answer.rows and len(covered) == len(it.conclusions.units):
            told = {(row.row.slug, tuple(u.id for u in row.part.units)) for row in it.answer.rows}
            assert composed.compositions[0].told == told, it.premises.project
        compared[bool(it.answer.rows)] += 1
    assert compared[True] > 8


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_what_programs_read_as_first_is_what_the_sentence_names(part: int) -> None:
    for number in range(part * 10, 400, 40):
        it = FAST.assess(profile(number), as_of=DAY, anyway=True)
        for brief in (False, True):
            answer = it.to_json("fr", brief=brief)["answer"]
            rows = [row["row"] for row in answer["rows"]]
            assert rows == [row for row, _ in named(it)]
        if rows:
            assert it.rows[0].slug == first(it)
