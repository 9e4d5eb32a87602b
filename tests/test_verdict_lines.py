"""A line of a batch with its verdicts is that of the whole assessment, byte for byte (R11, R30)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from batches import DAY, knowledge
from montages.assessment.status_line import status_line
from montages.description.description import Description
from montages.knowledge.files import library
from montages.knowledge.logic import Verdict
from montages.knowledge.panel import panel
from sampling import profile

FEW, SOME, MANY = 40, 110, 2_000
# A day under other rules, some thresholds of which are not known.
DAYS = (DAY, "2021-06-01")


def agreeing(description: Description, day: str = DAY, lang: str = "fr", **options: bool) -> str:
    """Compare the two lines of a description, and return the verdict of its answer."""
    engine, as_of = knowledge(), date.fromisoformat(day)
    assessment = engine.assess(description, as_of=as_of, anyway=True, **options)
    line = engine.status_line(description, as_of=as_of, lang=lang, anyway=True, **options)
    whole = status_line(assessment, lang)
    assert line.line() == whole.line(), description.project
    assert list(line.contracts()) == list(whole.contracts()), description.project
    return json.loads(line.line())["answer"]["verdict"] or "none"


def drawn(number: int) -> Description:
    return knowledge().read(json.dumps(profile(number)), "json")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_line_of_a_real_project_is_that_of_its_assessment(lang: str) -> None:
    for path in library.projects().values():
        agreeing(knowledge().read(path), lang=lang)


def test_the_line_of_a_drawn_profile_is_that_of_its_assessment() -> None:
    verdicts = {agreeing(drawn(number)) for number in range(FEW)}
    assert {"none", Verdict.TO_VERIFY.value, Verdict.FITS_ON_TERMS.value} <= verdicts


def test_a_status_that_rests_on_what_follows_from_a_presumption_is_provisional_in_both() -> None:
    """Who holds water is presumed to buy for its network, from which the class of the buyer follows."""
    tree = {"project": "x", "usages": ["water"], "answers": {"competence-held": "yes"}}
    agreeing(knowledge().read(json.dumps(tree), "json"))
    it = knowledge().assess(tree, as_of=DAY)
    assert it.verdict("procedure-negociation").provisional_status


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_so_it_is_on_any_day_and_where_nothing_is_presumed(day: str) -> None:
    for number in range(FEW, SOME):
        presumed = bool(number % 3)
        agreeing(drawn(number), day, ("fr", "en")[number % 2], presumptions=presumed)


@pytest.mark.slow
def test_the_lines_of_the_panel_are_those_of_their_assessments() -> None:
    for case in panel()[::4]:
        agreeing(knowledge().read(case.tree), case.as_of.isoformat())


@pytest.mark.soak
def test_many_lines_are_those_of_their_assessments() -> None:
    for number in range(SOME, MANY):
        agreeing(drawn(number))
