"""D1: the diagram of a period is the same each time, whoever makes it, and however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from inspect import unwrap

import pytest

from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.arrangement_diagram import walk_of
from montages.assessment.verdict.judgement import as_answered, unit_verdict
from montages.knowledge.compiled import verdict_diagram as diagrams
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import by_threshold
from sampling import RULES
from verdict_samples import PROPOSED

FIRST = RULES.period.first


@pytest.mark.slow
def test_the_nodes_are_the_same_each_time() -> None:
    one, other = (unwrap(diagrams.written_diagram)(FIRST) for _ in range(2))
    assert one == other


def test_rules_that_are_not_the_shipped_ones_have_a_diagram_of_their_own() -> None:
    answers = {"realisation-included": Answer(frozenset({"no"}), state="explicit")}
    assert as_answered("mpgp", stated(answers, RULES), RULES) is Verdict.CLOSED_BY_CHOICE
    book = replace(
        RULES.book,
        requirements=tuple(r for r in RULES.book.requirements if r.slug != "mpgp-realisation"),
    )
    without = Rules(book, RULES.period)
    assert as_answered("mpgp", stated(answers, without), without).open


@pytest.mark.slow
def test_groups_of_gates_compiled_by_many_threads_at_once_are_those_of_one() -> None:
    """The parts of a what-if are compiled when they are asked for, in a service of several threads."""
    groups = [by_threshold(slug, RULES)[0][n:] for slug in PROPOSED[::4] for n in range(4)]
    groups = [group for group in groups if group]
    nothing = stated({}, RULES)

    def asked(rules: Rules) -> list[object]:
        found = (walk_of(group, stated({}, rules), frozenset()).least() for group in groups)
        return [each and each.asked for each in found]

    wanted = [walk_of(group, nothing, frozenset()).least() for group in groups]
    fresh = Rules(RULES.book, RULES.period)
    with ThreadPoolExecutor(8) as pool:
        several = list(pool.map(asked, [fresh] * 8))
    assert several == [[each and each.asked for each in wanted]] * 8


def test_a_value_on_no_list_counts_for_nothing() -> None:
    for answer in ("explicit", "derived", "default"):
        odd = {"remuneration": Answer(frozenset({"gold"}), state=answer)}
        assert unit_verdict("mpgp", odd, RULES) == unit_verdict("mpgp", {}, RULES)


def test_a_gate_asserted_by_hand_hides_no_value_that_opens() -> None:
    """It was told closed: what tells values apart left the asserted gate out."""
    slug = "accord-cadre-marches-subsequents"
    verdict = unit_verdict(slug, {}, RULES, frozenset({f"{slug}-execution"}))
    assert verdict.verdict.open
    execution = next(term for term in verdict.terms if term.criterion == "execution")
    assert set(execution.to) == {"marches-subsequents", "mixed"}


@pytest.mark.slow
def test_a_verdict_does_not_depend_on_those_asked_for_before() -> None:
    """What is derived from a fact in dispute goes with it; what is stated stays."""
    two = Answer(frozenset({"yes-member", "no"}), state="explicit")
    stated_too, derived = (
        {"body-offers-it": two, "competence-or-service-open": Answer(frozenset({"yes"}), state=how)}
        for how in ("explicit", "derived")
    )
    alone = unit_verdict("adhesion", derived, Rules(RULES.book, RULES.period))
    before = Rules(RULES.book, RULES.period)
    unit_verdict("adhesion", stated_too, before)
    assert unit_verdict("adhesion", derived, before) == alone
