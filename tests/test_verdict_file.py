"""D4: the verdicts of a period are one file, which small programs walk to the verdicts of the service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crawling import client
from montages.errors import UnknownName
from montages.knowledge.compiled.diagram_variables import DECLARED, UNKNOWN
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.periods import rules_at
from montages.publish.linked_data import dump_files
from montages.publish.linked_data.documents import documents, served_dataset
from montages.publish.linked_data.formats import VERDICTS
from montages.publish.verdicts.verdict_cases import CASES, verdict_cases
from montages.publish.verdicts.verdict_file import published_days, verdict_file
from montages.publish.verdicts.verdict_schema import VERDICTS_SCHEMA
from published_walkers import WALKERS, counted_by, python_walker
from sampling import RULES

FIRST = RULES.period.first
# How a program of each language counts the cases that its walker gets right.
COUNTING = {
    "js": (
        "node",
        """
const fs = require("fs"), [, , walker, file, cases] = process.argv;
const { verdicts } = require(walker).Montages, diagram = JSON.parse(fs.readFileSync(file));
const lines = fs.readFileSync(cases, "utf8").trim().split("\\n").map((line) => JSON.parse(line));
console.log(lines.filter((c) => verdicts(diagram, c.stated, c.presumed, c.out) === c.verdicts).length);
""",
    ),
    "R": (
        "Rscript",
        """
given <- commandArgs(TRUE); source(given[1]); diagram <- read_json(given[2])
right <- vapply(readLines(given[3]), function(line) {
  case <- parse_json(line)
  verdicts(diagram, case$stated, case$presumed, case$out) == case$verdicts
}, logical(1))
cat(sum(right), "\\n")
""",
    ),
}


def loaded(day: date = FIRST) -> dict[str, Any]:
    diagram: dict[str, Any] = json.loads(verdict_file(day))
    return diagram


def cases() -> Iterator[dict[str, Any]]:
    return map(json.loads, verdict_cases(FIRST).splitlines())


def slow_but(days: Iterable[date]) -> list[Any]:
    """Return periods as parameters, slow but for the one that the tests are about."""
    return [pytest.param(day, marks=[pytest.mark.slow] * (day != FIRST)) for day in sorted(days)]


@pytest.mark.parametrize("day", slow_but(published_days()), ids=str)
def test_the_file_of_each_period_conforms_to_its_schema(day: date) -> None:
    diagram = loaded(day)
    Draft202012Validator(VERDICTS_SCHEMA).validate(diagram)
    assert diagram["period"]["first"] == str(day)


def test_before_the_first_rule_there_is_no_file() -> None:
    with pytest.raises(UnknownName):
        verdict_file(date(1999, 1, 1))


@pytest.mark.parametrize("day", slow_but({*published_days()[::4], FIRST}), ids=str)
def test_what_is_declared_unknown_has_the_verdicts_of_what_is_not_stated(day: date) -> None:
    diagram, seen = verdict_diagram(rules_at(day)), set()

    def hold(tree: Any) -> None:
        if isinstance(tree, tuple) and id(tree) not in seen:
            seen.add(id(tree))
            names = [how for how, _ in diagram.variables[tree[0]].states]
            assert tree[1 + names.index(DECLARED)] is tree[1 + names.index(UNKNOWN)]
            for child in tree[1:]:
                hold(child)

    for tree in diagram.verdicts.values():
        hold(tree)


@pytest.mark.slow
def test_a_walker_in_python_reaches_every_verdict() -> None:
    walker, diagram = python_walker(), loaded()
    told = [
        walker["verdicts"](diagram, c["stated"], c["presumed"], c["out"]) == c["verdicts"]
        for c in cases()
    ]
    assert told == [True] * CASES


@pytest.mark.slow
@pytest.mark.parametrize("language", COUNTING)
def test_a_walker_in_another_language_reaches_every_verdict(language: str, tmp_path: Path) -> None:
    file, drawn = verdict_file(FIRST), verdict_cases(FIRST)
    assert counted_by(language, COUNTING[language], file, drawn, tmp_path) == CASES


def test_a_walker_takes_sixty_lines_at_most() -> None:
    for path in WALKERS.glob("verdicts.*"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path


def test_the_cases_reach_every_verdict_of_a_contract() -> None:
    reached = {c["verdicts"] for c in cases()}
    names = list(loaded()["arrangements"])
    contracts = [a.slug for a in RULES.proposed() if a.kind == "contract" and a.slug in names]
    for slug in contracts:
        assert len({digits[names.index(slug)] for digits in reached}) >= 3, slug


@pytest.mark.slow
def test_the_service_publishes_the_file_with_its_media_type_and_its_cases() -> None:
    answer = client().get(f"/dump/verdicts-{FIRST}.json")
    assert answer.status_code == 200
    assert answer.content_type == "application/vnd.montages.verdicts+json"
    assert answer.data == verdict_file(FIRST)
    sums = client().get("/dump/SHA256SUMS").get_data(as_text=True)
    assert f"verdicts-{FIRST}.json" in sums
    assert len(re.findall(r"  verdicts-[\d-]+-cases\.jsonl$", sums, re.MULTILINE)) == 1
    with client().get("/static/walkers/verdicts.R") as walker:
        assert walker.status_code == 200


@pytest.mark.slow(seconds=60)
def test_the_verdicts_of_every_period_are_among_the_dumps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests publish few periods (conftest.py): here all of them, as the service does."""
    monkeypatch.setattr(dump_files, "published_days", published_days)
    every = dump_files.Dumps(documents(served_dataset(date.today())))
    files = [file for file in every.files.values() if file.form is VERDICTS]
    assert [file.name for file in files] == [f"verdicts-{day}" for day in published_days()]
    for file in files:
        body = dump_files._bodies(every, file.name)[file.path]
        assert json.loads(body)["period"]["first"] in file.name
