"""The line of a batch says of a description, by name, what its whole assessment says (R11, R30)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from agreeing import several_units
from montages import load
from montages.assessment.assessment_line import AssessmentLine
from montages.description.description import Description
from montages.knowledge.files import library
from montages.knowledge.logic import Verdict
from montages.knowledge.model import SECTIONS
from montages.knowledge.panel import panel
from odd_descriptions import FORESEEN, HEAD
from sampling import profile

# Days under other rules too, some thresholds of which are not known.
DAYS = (date(2026, 6, 1), date(2021, 6, 1), date(2028, 3, 1))
# How an answer ends is worked out question by question: a line of a batch has no word of it.
ENDING = ("ending", "deciding", "provisos")
FAST = load("fast")


def agrees(description: Description, day: date = DAYS[0], lang: str = "fr", **options: bool) -> str:
    """Compare the line of a description with its whole JSON, and return the verdict of its answer."""
    it = FAST.assess(description, as_of=day, lang=lang, anyway=True, **options)
    line, whole = AssessmentLine(it.conclusions, lang).to_json(), it.to_json()
    assert line["answer"] == {k: v for k, v in whole["answer"].items() if k not in ENDING}
    assert (line["project"], line["as_of"]) == (whole["project"], whole["as_of"])
    units = {unit["id"]: unit for unit in whole["units"]}
    for section in dict.fromkeys(SECTIONS.values()):
        entries = {entry["contract"]: entry for entry in whole[section]}
        assert [entry["contract"] for entry in line[section]] == list(entries), section
        for entry in line[section]:
            slug, told = entry["contract"], entries[entry["contract"]]
            assert_told(entry, told)
            for name, of_unit in entry.get("units", {}).items():
                differing = units[name][section].get(slug, {})
                assert of_unit == (told | differing)["verdict"]
    return str(line["answer"]["verdict"])


def assert_told(entry: dict[str, Any], told: dict[str, Any]) -> None:
    """Check an entry of a line against that of a whole assessment."""
    assert entry["verdict"] == told["verdict"]
    assert entry["summary"] == told["summary"]
    assert entry["terms"] == [term for term in told["terms"] if not term["ordinary"]]
    assert entry["to_verify"] == told["to_verify"]
    assert entry.get("folded", False) == (told["folded"] is not None)
    assert entry.get("procedure") == told.get("procedure")
    for name in ("closed_by", "disputed"):
        assert entry.get(name, []) == told[name]
    assert entry.get("provisional", False) == told["provisional"]
    assert entry.get("in_force", True) == told["in_force"]


def drawn(number: int) -> Description:
    return FAST.read(text=json.dumps(profile(number)), syntax="json")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_line_of_a_real_project_says_what_its_assessment_does(lang: str) -> None:
    for path in library.projects().values():
        agrees(FAST.read(path), lang=lang)


@pytest.mark.parametrize(
    ("first", "last"), [(0, 40), pytest.param(40, 600, marks=pytest.mark.slow)]
)
def test_the_line_of_a_drawn_profile_says_what_its_assessment_does(first: int, last: int) -> None:
    verdicts = {
        agrees(drawn(n), DAYS[n % 3], ("fr", "en")[n % 2], presumptions=bool(n % 5))
        for n in range(first, last)
    }
    assert {Verdict.CLOSED_BY_CHOICE, Verdict.TO_VERIFY, Verdict.FITS_ON_TERMS} <= verdicts


@pytest.mark.parametrize(
    ("first", "last"), [(0, 12), pytest.param(12, 120, marks=pytest.mark.slow)]
)
def test_the_line_of_several_units_says_what_their_assessment_does(first: int, last: int) -> None:
    for number in range(first, last):
        agrees(FAST.read(several_units(number)), DAYS[number % 3])


@pytest.mark.parametrize("case", FORESEEN)
def test_the_line_of_an_odd_description_says_what_its_assessment_does(case: str) -> None:
    agrees(
        FAST.read(text=f"{HEAD}<p> a mtg:Project ; {FORESEEN[case].format('p')} .", syntax="turtle")
    )


@pytest.mark.slow
def test_the_lines_of_the_panel_say_what_their_assessments_do() -> None:
    for case in panel()[::4]:
        agrees(FAST.read(case.tree), case.as_of)


def test_a_verdict_that_rests_on_what_follows_from_a_presumption_is_provisional_in_both() -> None:
    """Who runs its water is presumed to buy for its network, from which the class of the buyer follows."""
    answers = {"competence-held": "yes", "operated-by": "own-staff"}
    tree = {"project": "x", "usages": ["water"], "answers": answers}
    it = FAST.assess(tree, as_of=DAYS[0])
    assert it.conclusions.verdict("procedure-negociation").provisional
    entries = AssessmentLine(it.conclusions, "fr").to_json()[SECTIONS["procedure"]]
    assert next(e for e in entries if e["contract"] == "procedure-negociation")["provisional"]
