"""R41 to R52: one answer, the same however a project is said, and moved only for a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from montages.knowledge.panel import panel
from montages.rulebook_tests.panel_results import panel_description
from mutations import DAY, FAST, RULES, first, named, projects, said_otherwise
from sampling import profile


def faults(rule: str, first_of: int, step: int, drawn: int = 0) -> list[object]:
    every = list(projects(drawn))[first_of::step]
    return [fault for it in every for fault in RULES[rule](it)]


@pytest.mark.parametrize("rule", RULES)
def test_of_the_panel_and_real_projects(rule: str) -> None:
    assert faults(rule, sum(map(ord, rule)) % 9, 9) == []


@pytest.mark.slow(120)
@pytest.mark.parametrize("rule", RULES)
def test_of_all_of_them_and_of_some_drawn(rule: str) -> None:
    assert faults(rule, 0, 1, 60) == []


@pytest.mark.soak
@pytest.mark.parametrize("rule", RULES)
def test_of_many_drawn(rule: str) -> None:
    assert faults(rule, 0, 1, 2_000) == []


def test_order_spelling_and_name_change_nothing() -> None:
    cases = panel()[::7]
    assert len(cases) > 40
    for case in cases:
        it = FAST.assess(panel_description(case), as_of=case.as_of, anyway=True)
        for other in said_otherwise(dict(case.tree), case.as_of):
            assert named(other) == named(it), case.slug


def test_the_named_answer_is_the_first_set_up() -> None:
    """R49: the same contracts for the same units."""
    compared = Counter[bool]()
    for it in list(projects())[::9]:
        composed = FAST.compose(it.premises.description, as_of=it.premises.as_of, anyway=True)
        covered = {unit.id for row in it.answer.rows for unit in row.part.units}
        if it.answer.rows and len(covered) == len(it.conclusions.units):
            told = {(row.row.slug, tuple(u.id for u in row.part.units)) for row in it.answer.rows}
            assert composed.compositions[0].told == told, it.premises.project
        compared[bool(it.answer.rows)] += 1
    assert compared[True] > 25


def test_what_programs_read_as_first_is_what_the_sentence_names() -> None:
    for number in range(0, 400, 10):
        it = FAST.assess(profile(number), as_of=DAY, anyway=True)
        for brief in (False, True):
            answer = it.to_json("fr", brief=brief)["answer"]
            rows = [row["row"] for row in answer["rows"]]
            assert rows == [row for row, _ in named(it)]
        if rows:
            assert it.rows[0].slug == first(it)
