"""D4: what a period names is one file, which small programs walk to what the service names."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crawling import client
from montages.errors import UnknownName
from montages.publish.verdicts.naming_file import INSTEAD, naming_file
from montages.publish.verdicts.verdict_cases import CASES, naming_cases
from montages.publish.verdicts.verdict_file import published_days, verdict_file
from montages.publish.verdicts.verdict_schema import NAMING_SCHEMA
from published_walkers import counted_by, python_walker
from sampling import RULES

FIRST = RULES.period.first
MOST_BYTES = 15 * 1024
# How a program of each language counts the cases that its walker gets right.
COUNTING = {
    "js": (
        "node",
        """
const fs = require("fs"), [, , walker, file, cases] = process.argv;
const { named } = require(walker).Montages, diagram = JSON.parse(fs.readFileSync(file));
const lines = fs.readFileSync(cases, "utf8").trim().split("\\n").map((line) => JSON.parse(line));
const right = (c) => String(named(diagram, c.stated, c.presumed, c.out)) === String(c.named);
console.log(lines.filter(right).length);
""",
    ),
    "R": (
        "Rscript",
        """
given <- commandArgs(TRUE); source(given[1]); diagram <- read_json(given[2])
right <- vapply(readLines(given[3]), function(line) {
  case <- parse_json(line)
  wanted <- vapply(case$named, function(one) if (is.null(one)) "" else one, "")
  identical(named(diagram, case$stated, case$presumed, case$out), wanted)
}, logical(1))
cat(sum(right), "\\n")
""",
    ),
}


@cache
def loaded(day: date = FIRST) -> dict[str, Any]:
    named: dict[str, Any] = json.loads(naming_file(day))
    return named


@cache
def cases() -> bytes:
    return naming_cases(FIRST)


@pytest.mark.parametrize(
    "day",
    [pytest.param(day, marks=[pytest.mark.slow] * (day != FIRST)) for day in published_days()],
    ids=str,
)
def test_the_file_of_each_period_conforms_to_its_schema_and_is_small(day: date) -> None:
    Draft202012Validator(NAMING_SCHEMA).validate(loaded(day))
    assert loaded(day)["period"]["first"] == str(day)
    assert len(gzip.compress(naming_file(day))) <= MOST_BYTES


def test_before_the_first_rule_nothing_is_named() -> None:
    with pytest.raises(UnknownName):
        naming_file(date(1999, 1, 1))


def test_the_labels_are_there_or_in_the_verdict_file() -> None:
    named, verdicts = loaded(), json.loads(verdict_file(FIRST))
    for lang in ("fr", "en"):
        labels, others = named["labels"][lang], verdicts["labels"][lang]
        criteria = {variable["criterion"] for variable in named["variables"]}
        assert criteria <= {*labels["criteria"], *others["criteria"]}
        assert {*named["awards"], *named["ways"]} <= {*others["arrangements"]}
        assert {*named["prohibitions"]} == {*labels["prohibitions"]}


def test_what_is_read_in_place_of_a_state_is_told_by_the_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "verdict-diagram.md").read_text(encoding="utf-8")
    for how, others in INSTEAD.items():
        chain = ", ".join(f"`{other}`" for other in (how, *others))
        assert chain in page or not others, chain


def drawn() -> Iterator[dict[str, Any]]:
    return map(json.loads, cases().splitlines())


@pytest.mark.slow
def test_a_walker_in_python_names_what_the_service_names() -> None:
    walker = python_walker()
    named = [
        [*walker["named"](loaded(), c["stated"], c["presumed"], c["out"])] == c["named"]
        for c in drawn()
    ]
    assert named == [True] * CASES


@pytest.mark.slow
@pytest.mark.parametrize("language", COUNTING)
def test_a_walker_in_another_language_names_it_too(language: str, tmp_path: Path) -> None:
    file = naming_file(FIRST)
    counted = counted_by(language, COUNTING[language], file, cases(), tmp_path)
    assert counted == CASES


@pytest.mark.slow
def test_the_cases_name_every_contract() -> None:
    named = {case["named"][0] for case in drawn()}
    assert named == {*loaded()["awards"], None}


@pytest.mark.slow
def test_the_service_publishes_the_file_of_the_day_and_of_periods_with_cases() -> None:
    answer = client().get("/dump/naming.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/vnd.montages.naming+json"
    assert answer.data == naming_file(date.today())
    assert client().get(f"/dump/naming-{FIRST}.json").data == naming_file(FIRST)
    sums = client().get("/dump/SHA256SUMS").get_data(as_text=True)
    (packed,) = (
        line.split()[-1] for line in sums.splitlines() if "naming" in line and "gz" in line
    )
    assert gzip.decompress(client().get(f"/dump/{packed}").data).count(b"\n") == CASES
