"""The line of a batch says of a description what its whole assessment says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from agreeing import has_status_line, several_units
from montages import load
from montages.assessment.status_line import status_line
from montages.description.description import Description
from montages.engine.fast.fast_derivation import FastDerivation
from montages.engine.fast.period_tables import rule_tables
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.publish.json_text import json_line
from odd_descriptions import FORESEEN, HEAD
from sampling import RULES, profile

HERE, DAY = Path(__file__).parent, date(2026, 6, 1)

WRITTEN = [*library.projects().values(), *sorted(HERE.glob("cases/*/description.*"))]

FAST = load("fast")
DAYS = (DAY, date(2025, 6, 1), date(2021, 6, 1), date(2018, 6, 1))


def status_line_agrees(description: Description, day: date) -> bool:
    """Compare the status line with that of the whole assessment; tell whether the engine has its own."""
    found = FAST.status_line(description, as_of=day, anyway=True)
    wanted = status_line(FAST.assess(description, as_of=day, anyway=True))
    assert json.dumps(found.to_json()) == json.dumps(wanted.to_json()), description.project
    assert found.line() == wanted.line() == json_line(wanted.to_json())
    assert sorted(found.contracts()) == sorted(wanted.contracts())
    return has_status_line(description, rules_at(day))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0, 25),
        (25, 50),
        pytest.param(50, 200, marks=pytest.mark.slow),
        pytest.param(200, 500, marks=pytest.mark.soak),
    ],
)
def test_the_status_line_of_sampled_profiles_is_that_of_the_assessment(
    first: int, last: int
) -> None:
    found = [FAST.read(profile(number)) for number in range(first, last)]
    assert [d.slug for d in found if not status_line_agrees(d, DAY)] == []


@pytest.mark.parametrize(
    ("paths", "days"),
    [
        *((WRITTEN[chunk::4], DAYS[:1]) for chunk in range(4)),
        pytest.param(WRITTEN, DAYS[1:], marks=pytest.mark.slow),
    ],
    ids=("0", "1", "2", "3", "older"),
)
def test_the_status_line_of_what_we_have_is_that_of_the_assessment_under_any_rules(
    paths: list[Path], days: tuple[date, ...]
) -> None:
    own = sum(status_line_agrees(FAST.read(path), day) for path in paths for day in days)
    assert own > 0.7 * len(paths) * len(days)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0, 4),
        (4, 8),
        pytest.param(8, 32, marks=pytest.mark.slow),
        pytest.param(32, 80, marks=pytest.mark.soak),
    ],
)
def test_the_status_line_of_several_units_and_of_assumptions_is_that_of_the_assessment(
    first: int, last: int
) -> None:
    found = [several_units(number) for number in range(first, last)]
    own = [status_line_agrees(FAST.read(tree), DAY) for tree in found]
    # A whole assessment alone tells what rests on an assumption.
    assert own == [
        not any(tree.get("assumes", {}).values()) or assumed_in_vain(tree) for tree in found
    ]


def assumed_in_vain(tree: dict[str, object]) -> bool:
    description = FAST.read(tree)
    run = FastDerivation(description.facts, str(description.project), rule_tables(RULES))
    return all(fact.state != "default" for unit in run.units for fact in unit.facts)


@pytest.mark.parametrize(
    "case", ["an answer on no list", "two answers", "a number below all buckets"]
)
def test_the_status_line_of_what_does_not_conform_is_that_of_the_assessment(case: str) -> None:
    text = f"{HEAD}<p> a mtg:Project ; {FORESEEN[case].format('p')} ."
    status_line_agrees(FAST.read(text, "turtle"), DAY)


def test_an_answer_on_no_list_leaves_the_status_line_to_the_assessment() -> None:
    text = f"{HEAD}<p> a mtg:Project ; {FORESEEN['an answer on no list']} ."
    assert not has_status_line(FAST.read(text, "turtle"), RULES)
