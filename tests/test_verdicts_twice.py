"""R34: a second solver, clingo, reaches the same verdicts and changes, on units of any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

import pytest

from description_files import parse_file
from montages.assessment.verdict.judgement import verdict_of
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.description.description import Description
from montages.description.parsing.parse import panel_description
from montages.engine.fast.fast_engine import FastEngine
from montages.knowledge.files import library
from montages.knowledge.logic import Answers
from montages.knowledge.panel import panel
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import by_threshold
from sampled_cases import proved_cases
from sampling import RULES
from verdict_clingo import concerned, judge
from verdict_oracle import Judgement, Oracle
from verdict_samples import PROPOSED, sample

DAY = date(2026, 11, 25)
DRAWN, BATCH, CHUNKS = 5000, 250, 8
# Of those drawn, so many are proved each time; the rest before an issue is closed.
PROVED = 500
# How many changes that reopen are given.
GIVEN = 3


def compared(units: Iterable[tuple[str, Answers, frozenset[str]]], rules: Rules) -> int:
    """Compare verdicts on arrangements, once for answers that are alike; return how many."""
    seen = set()
    for slug, answers, asserted in units:
        if by_threshold(slug, rules)[1]:
            continue  # a threshold is not known that day: the verdict waits for it, a solver cannot
        oracle = Oracle(slug, rules, asserted)
        key = (slug, asserted, tuple(answers.get(name) for name in concerned(oracle)))
        if key not in seen:
            seen.add(key)
            same(
                oracle, answers, judge(oracle, answers), verdict_of(slug, answers, rules, asserted)
            )
    return len(seen)


def same(oracle: Oracle, answers: Answers, wanted: Judgement, verdict: UnitVerdict) -> None:
    where = (oracle.slug, answers)
    assert verdict.verdict == wanted.verdict, where
    if wanted.completion is not None and not wanted.disputed:
        terms = [term.ordinary for term in verdict.terms]
        costs = (len(verdict.to_verify), terms.count(False), terms.count(True))
        assert costs == wanted.completion.cost, where
        wanted_answers = (*verdict.to_verify, *verdict.terms)
        lists = [[(term.criterion, value) for value in term.to] for term in wanted_answers]
        assert any(oracle.completes(pairs, answers) for pairs in product(*lists)), where
    given = {frozenset(c.criterion for c in r.changes): r.verdict for r in verdict.reopens_to}
    assert given.items() <= wanted.reopens.items(), where
    assert list(map(len, given)) == sorted(map(len, wanted.reopens))[:GIVEN], where


@pytest.fixture(scope="module")
def described() -> dict[date, list[Description]]:
    """Return the cases of the panel and the real projects, by the day of the law they are judged at."""
    by_day: dict[date, list[Description]] = {}
    for case in panel():
        by_day.setdefault(case.as_of, []).append(panel_description(case))
    by_day.setdefault(DAY, []).extend(map(parse_file, library.projects().values()))
    return by_day


def units(rules: Rules, found: list[Description]) -> Iterator[tuple[str, Answers, frozenset[str]]]:
    for derivation in FastEngine().derive(found, rules):
        for unit in derivation.units:
            for arrangement in rules.proposed():
                yield arrangement.slug, unit.answers, unit.asserted


@pytest.mark.slow
@pytest.mark.parametrize("chunk", proved_cases(range(CHUNKS), 3))
def test_clingo_agrees_on_every_case_of_the_panel_and_every_real_project(
    chunk: int, described: dict[date, list[Description]]
) -> None:
    count = 0
    for day, descriptions in described.items():
        rules = rules_at(day)
        count += compared(units(rules, descriptions[chunk::CHUNKS]), rules)
    print(f"\n{count} verdicts alike")
    assert count > 100


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(n, marks=pytest.mark.slow if n < PROVED else pytest.mark.soak)
        for n in range(0, DRAWN, BATCH)
    ],
)
def test_clingo_agrees_on_profiles_drawn_at_random(first: int) -> None:
    """Of each profile are judged the arrangement it is drawn near to, and two others."""
    drawn = []
    for number in range(first, first + BATCH):
        unit = sample(number)
        place = PROPOSED.index(unit.near)
        near = (PROPOSED[(place + n) % len(PROPOSED)] for n in (0, 11, 23))
        drawn += [(slug, unit.answers, unit.asserted) for slug in near]
    assert compared(drawn, RULES) > 2 * BATCH
