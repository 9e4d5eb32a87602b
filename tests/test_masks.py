"""What explanations suppose by bit masks is what Kleene's logic says of the answers supposed (R11)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rdflib import URIRef

from montages.assessment.checks.unit_outcomes import Suppositions, impact, obstacles
from montages.bilingual import Text
from montages.engine.protocol import OutcomeBits
from montages.engine.units import Unit
from montages.knowledge import entailment, logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.law import Preference
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.periods import Rules
from montages.names import PROJECT
from montages.quality.checks.reachability import criteria_of, profiles, unit_answers
from sampling import RULES, expected, profile

KNOWN = masks(RULES)
Answers = Mapping[str, Answer]


def unit(answers: Answers, asserted: list[str], name: str = "p") -> Unit:
    iri = URIRef(f"{PROJECT}{name}#unit")
    said = dict(answers)
    return Unit(iri, name, Text("", ""), None, None, None, said, frozenset(asserted))


def sampled(number: int) -> Unit:
    """Return a unit of a sampled profile, every third with some answers that are only assumed."""
    answers, asserted = expected(profile(number))
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    if number % 3 == 0:
        assumed = {name for name in sorted(answers) if draw.random() < 0.4}
        answers = {
            name: replace(given, state="default") if name in assumed else given
            for name, given in answers.items()
        }
    return unit(answers, asserted, f"p{number}")


def all_supposed(of: Unit) -> Suppositions:
    outcomes = {
        r.slug: logic.outcome(r, of.answers, RULES, of.asserted) for r in RULES.requirements
    }
    return Suppositions(of, obstacles(OutcomeBits.of(outcomes, masks(RULES).position)), RULES)


def supposed(of: Unit, criterion: str, value: str) -> dict[str, Answer]:
    """Return the answers of a unit with one more; in place of one that is only assumed."""
    given = of.answer(criterion)
    answers = {**of.answers, criterion: NO_ANSWER if given.state == "default" else given}
    return entailment.supposing(answers, criterion, value, RULES)


def status(slug: str, of: Unit, answers: Answers) -> str:
    return logic.status(slug, answers, RULES, of.asserted)


@pytest.mark.parametrize("first", range(0, 500, 125))
def test_the_masks_give_every_requirement_the_outcome_of_kleene(first: int) -> None:
    for number in range(first, first + 125):
        of = sampled(number)
        answers = KNOWN.encode(of.answers)
        for requirement, masked in zip(RULES.requirements, KNOWN.requirements, strict=True):
            wanted = logic.outcome(requirement, of.answers, RULES, of.asserted)
            found = masked.outcome(answers, requirement.slug in of.asserted)
            assert found == wanted, (number, requirement.slug)


def test_the_masks_refuse_and_fold_by_every_requirement_as_kleene_does() -> None:
    for masked, requirement in zip(KNOWN.requirements, RULES.requirements, strict=True):
        folding = isinstance(requirement, Preference) and requirement.folds
        if not (requirement.closes_if or folding):
            continue
        given = set()
        for one in profiles(criteria_of([requirement], RULES), RULES):
            answers = unit_answers(one, RULES)
            bits = KNOWN.encode(answers)
            refused = logic.refused(requirement, answers, RULES)
            folded = folding and logic.folds(requirement, answers, RULES)
            assert masked.refused(bits) == refused, (requirement.slug, one)
            assert not folding or masked.folds(bits) == folded, (requirement.slug, one)
            given.add(refused or folded)
        assert given == {True, False}, requirement.slug


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 48, 12))
def test_every_answer_supposed_gives_every_arrangement_the_status_of_kleene(first: int) -> None:
    compared, changed, assumed = 0, 0, 0
    for number in range(first, first + 12):
        of = sampled(number)
        assumed += any(given.state == "default" for given in of.answers.values())
        suppose = all_supposed(of)
        now = {slug: status(slug, of, of.answers) for slug in RULES.arrangements}
        for criterion, value in KNOWN.answer_bits:
            answers = supposed(of, criterion, value)
            found = suppose.supposing(criterion, value)
            for slug in RULES.arrangements:
                wanted = status(slug, of, answers)
                assert found.status(KNOWN.hard[slug]) == wanted, (number, criterion, value, slug)
                changed += wanted != now[slug]
                compared += 1
    print(f"\n{compared} statuses supposed, {changed} of them others than now")
    assert changed > 1000
    assert assumed >= 3


def unsettled(of: Unit, name: str) -> bool:
    given, criterion = of.answer(name), RULES.criteria[name]
    if criterion.multiple:
        return any(v.slug not in given.values | given.excluded for v in criterion.values)
    return not given.values or given.state == "default"


@pytest.mark.slow
def test_what_an_answer_changes_is_told_where_it_is_open() -> None:
    told = 0
    for number in range(0, 60, 3):
        of = sampled(number)
        suppose, now = all_supposed(of), {s: status(s, of, of.answers) for s in RULES.arrangements}
        names = [name for name in RULES.criteria if unsettled(of, name)]
        for name in names[number // 3 % 2 :: 6]:
            wanted: dict[str, dict[str, dict[str, str]]] = {slug: {} for slug in now}
            for value in RULES.criteria[name].values:
                answers = supposed(of, name, value.slug)
                for slug, before in now.items():
                    if (after := status(slug, of, answers)) != before:
                        wanted[slug][value.slug] = {slug: after}
                        told += 1
            for slug, before in now.items():
                assert impact(suppose, slug, name, before) == wanted[slug], (number, name, slug)
                assert impact(None, slug, name, before) == {}
    assert told > 100


def test_all_that_stands_against_is_what_each_gate_says_by_itself() -> None:
    """A duty too that is about one criterion and refused by the answers to another."""
    names = [r.own for r in RULES.requirements if r.hard][:40]
    requirements = [
        replace(r, own=names[n % 40], when=(), unless=()) if r.closes_if else r
        for n, r in enumerate(RULES.requirements)
    ]
    changed = Rules(replace(RULES.book, requirements=tuple(requirements)), RULES.period)
    refusing = [
        {c.criterion: Answer(RULES.accepted(c) or frozenset()) for c in w.clauses}
        for r in RULES.requirements
        for w in r.closes_if
    ]
    for rules in (RULES, changed):
        known, duties = masks(rules), set[str]()
        for answers in (*refusing, *(sampled(number).answers for number in range(60))):
            bits = known.encode(answers)
            against = [r for r in rules.requirements if not r.soft and known.against(r, bits)]
            duties |= {r.slug for r in against if r.duty}
            assert known.all_against(bits) == sum(1 << known.position[r.slug] for r in against)
    assert duties


def test_an_answer_that_excludes_all_others_is_supposed_as_a_complete_list() -> None:
    several = [c for c in RULES.criteria.values() if any(v.excludes_others for v in c.values)]
    assert several
    for criterion in several:
        alone = next(v.slug for v in criterion.values if v.excludes_others)
        others = frozenset(v.slug for v in criterion.values) - {alone}
        said = {criterion.slug: Answer(frozenset(sorted(others)[:1]), frozenset(), "explicit")}
        step = KNOWN.effects[criterion.slug, alone]
        wanted = entailment.supposing(said, criterion.slug, alone, RULES)
        assert step.suppose(KNOWN.encode(said)) == KNOWN.encode(wanted)
        assert wanted[criterion.slug].excluded == others


def test_what_was_worked_out_for_some_answers_is_not_taken_for_others() -> None:
    """Effects are remembered by the answers they read: another unit's must not come back."""
    pairs = list(KNOWN.answer_bits)[::7]
    for number in (7, 8, 7, 9, 8):
        of = sampled(number)
        suppose = all_supposed(of)
        for criterion, value in pairs:
            wanted = status("mpgp", of, supposed(of, criterion, value))
            assert suppose.supposing(criterion, value).status(KNOWN.hard["mpgp"]) == wanted
