"""R34, R35: what holds of verdicts whatever the answers: what they say is so once one does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations, product

import pytest

from montages import Assessment, load
from montages.assessment.verdict.answers import Pair, changed
from montages.assessment.verdict.judgement import unit_verdict, verdict_of
from montages.assessment.verdict.unit_verdict import Term, UnitVerdict
from montages.knowledge import entailment, logic
from montages.knowledge.entailment import implications
from montages.knowledge.logic import Answer, Answers, Verdict
from montages.knowledge.panel import DAY as PANEL_DAY
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.verdict_gates import deciding, gates_of
from sampling import DAY, KEYS, NUMBERS, RULES, bucket
from verdict_oracle import stands_against
from verdict_samples import PROPOSED, Sample, sample

PROFILES, BATCH = 300, 50
FIRST = range(0, PROFILES, BATCH)


def verdicts(first: int) -> Iterator[tuple[str, Sample, UnitVerdict]]:
    """Yield the verdicts of some profiles on what they are drawn near to, and on another arrangement."""
    for number in range(first, first + BATCH):
        unit = sample(number)
        other = PROPOSED[(number * 7 + 3) % len(PROPOSED)]
        for slug in (unit.near, other):
            yield slug, unit, verdict_of(slug, unit.answers, RULES, unit.asserted)


def against(slug: str, answers: Answers, unit: Sample) -> bool:
    gates = gates_of(slug, RULES)
    return any(stands_against(gate, answers, RULES, unit.asserted) for gate in gates)


def ways(terms: Sequence[Term]) -> Iterator[tuple[Pair, ...]]:
    """Yield every way of answering what terms name with a value that they give."""
    yield from product(*([(term.criterion, value) for value in term.to] for term in terms))


@pytest.mark.parametrize("first", FIRST)
def test_terms_and_facts_make_an_arrangement_eligible_once_they_are_answered(first: int) -> None:
    applied = 0
    for slug, unit, verdict in verdicts(first):
        wanted = (*verdict.to_verify, *verdict.terms)
        if verdict.verdict.open and wanted:
            after = [changed(unit.answers, pairs, RULES) for pairs in ways(wanted)]
            # A value each may serve beside those that were chosen for the others, not beside all.
            assert any(eligible(slug, answers, unit) for answers in after), (slug, verdict)
            applied += 1
    assert applied > 10


def eligible(slug: str, answers: Answers, unit: Sample) -> bool:
    status = logic.status(slug, answers, RULES, unit.asserted)
    fits = verdict_of(slug, answers, RULES, unit.asserted).verdict is Verdict.FITS
    return status == "eligible" and fits


@pytest.mark.parametrize("first", FIRST)
def test_a_reopening_leaves_no_gate_violated_and_no_part_of_it_does(first: int) -> None:
    applied = 0
    for slug, unit, verdict in verdicts(first):
        for reopening in verdict.reopens_to:
            after = [changed(unit.answers, pairs, RULES) for pairs in ways(reopening.changes)]
            reached = {
                verdict_of(slug, answers, RULES, unit.asserted).verdict
                for answers in after
                if not against(slug, answers, unit) or reopening.verdict is Verdict.TO_VERIFY
            }
            assert reopening.verdict in reached, (slug, verdict)
            for size in range(len(reopening.changes)):
                for some in combinations(reopening.changes, size):
                    assert not any(opens(slug, pairs, unit) for pairs in otherwise(some)), slug
            applied += 1
    assert applied > 10


def opens(slug: str, pairs: Sequence[Pair], unit: Sample) -> bool:
    answers = changed(unit.answers, pairs, RULES)
    return verdict_of(slug, answers, RULES, unit.asserted).verdict.open


def otherwise(terms: Sequence[Term]) -> Iterator[tuple[Pair, ...]]:
    """Yield every way of answering some criteria."""
    values = {term.criterion: RULES.criteria[term.criterion].values for term in terms}
    yield from product(*([(name, v.slug) for v in of] for name, of in values.items()))


@pytest.mark.parametrize("first", FIRST)
def test_an_answer_that_no_gate_reads_changes_no_verdict(first: int) -> None:
    for slug, unit, verdict in verdicts(first):
        unread = [name for name in RULES.criteria if name not in deciding(slug, RULES)]
        beside = dict(unit.answers)
        for name in unread:
            value = RULES.criteria[name].values[0].slug
            beside[name] = Answer(frozenset({value}), state="explicit")
        other = verdict_of(slug, beside, RULES, unit.asserted)
        assert (other, other.reopens_to) == (verdict, verdict.reopens_to), slug


@pytest.mark.parametrize("first", FIRST)
def test_without_presumptions_nothing_to_verify_is_closed(first: int) -> None:
    """R35: presumptions of practice only ever settle what would be open without them."""
    for slug, unit, _ in verdicts(first):
        facts = [n for n in unit.answers if RULES.criteria[n].nature == "fact"]
        presumed = dict(unit.answers)
        for name in facts[:: 1 + first // BATCH % 3]:
            presumed[name] = replace(presumed[name], state="default")
        bare = entailment.without_assumptions(presumed, RULES)
        verdict = unit_verdict(slug, presumed, RULES, unit.asserted)
        without = unit_verdict(slug, bare, RULES, unit.asserted)
        if verdict.verdict is Verdict.TO_VERIFY:
            assert without.verdict.open, slug
        if without.verdict.open:
            assert verdict.verdict.open, slug


@cache
def alone() -> list[PanelCase]:
    """Return the cases of one unit and of no day of their own, to whose description answers are added."""
    of_one_unit = (
        c for c in panel() if len(c.tree.get("layers", ())) < 2 and "perimeters" not in c.tree
    )
    return [case for case in of_one_unit if case.as_of == PANEL_DAY]


# Answers that a description gives elsewhere than among its answers.
ELSEWHERE = {"holder", "layer", "management-mode", "yearly-value", "highest-value"}


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(5))
def test_what_a_verdict_asks_for_is_enough_when_the_description_says_it(chunk: int) -> None:
    """R21: through the whole way from the description, not through the search alone."""
    knowledge, said = load(), 0
    for case in alone()[chunk::20]:
        before = knowledge.assess(described(case, {}), as_of=DAY, anyway=True)
        asked = [r for r in before.conclusions.verdicts if r.terms or r.to_verify or r.reopens_to]
        for result in asked[::4]:
            reopening = next(iter(result.reopens_to), None)
            terms = reopening.changes if reopening else (*result.to_verify, *result.terms)
            wanted = reopening.verdict if reopening else Verdict.FITS
            if ELSEWHERE & {term.criterion for term in terms}:
                continue
            answers = {KEYS[t.criterion]: _said(t.criterion, t.to[0]) for t in terms}
            after = knowledge.assess(described(case, answers), as_of=DAY, anyway=True)
            # What sets a presumption aside, or makes one, decides another fact too.
            if presumed_of(before) - {t.criterion for t in terms} != presumed_of(after):
                continue
            slug = result.arrangement.slug
            assert after.conclusions.verdict(slug).verdict is wanted, (case.slug, slug, answers)
            said += 1
    assert said


def presumed_of(assessment: Assessment) -> set[str]:
    return {answer.presumption.criterion for answer in assessment.premises.presumed}


def _said(name: str, value: str) -> object:
    """Return a value as a description says it: a number of the bucket, a list, or the word."""
    if name in NUMBERS:
        return next(n for n in NUMBERS[name] if bucket(name, n) == value)
    return [value] if RULES.criteria[name].multiple else value


@pytest.mark.parametrize("chunk", range(2))
def test_an_answer_that_no_gate_of_anything_reads_changes_no_verdict_of_a_description(
    chunk: int,
) -> None:
    knowledge = load()
    read = {name for slug in PROPOSED for name in deciding(slug, RULES)}
    bearings = [presumption.bearing for presumption in RULES.presumptions]
    read |= {c.criterion for bearing in bearings for c in (*bearing.when, *bearing.unless)}
    unread = [c for c in RULES.criteria.values() if c.slug not in read | ELSEWHERE]
    beside = {
        KEYS[c.slug]: _said(c.slug, c.values[0].slug)
        for c in unread
        if c.answer_origin == "Asked"
        and not any((c.slug, v.slug) in implications() for v in c.values)
    }
    assert len(beside) > 4
    for case in alone()[chunk::10]:
        stated = case.tree.get("answers", {})
        answers = {key: value for key, value in beside.items() if key not in stated}
        one, other = (
            knowledge.assess(described(case, more), as_of=DAY, anyway=True)
            for more in ({}, answers)
        )
        assert verdicts_of(one) == verdicts_of(other), case.slug


def verdicts_of(assessment: Assessment) -> dict[str, UnitVerdict]:
    return {result.arrangement.slug: result.best for result in assessment.conclusions.verdicts}


def described(case: PanelCase, answers: dict[str, object]) -> dict[str, object]:
    """Return the description of a case with some answers more."""
    tree = {**case.tree, "project": case.slug, "id": case.slug}
    return tree | {"answers": {**case.tree.get("answers", {}), **answers}}


def test_two_amounts_of_one_interval_have_one_verdict() -> None:
    interval = RULES.buckets["estimated-value"][0].slug
    verdicts = [
        verdict_of(
            "procedure-adaptee",
            {"estimated-value": Answer(frozenset({interval}), state="explicit", number=number)},
            RULES,
            frozenset(),
        )
        for number in (Decimal(1_000), Decimal(2_000))
    ]
    assert verdicts[0] is verdicts[1]
