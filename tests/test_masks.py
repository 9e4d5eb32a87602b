"""What bit masks say of answers is what Kleene's logic says (R11)."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rdflib import URIRef

import kleene
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.law import Preference
from montages.knowledge.logic import Answer
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
            refused = kleene.refused(requirement, answers, RULES)
            folded = folding and kleene.folds(requirement, answers, RULES)
            assert masked.refused(bits) == refused, (requirement.slug, one)
            assert not folding or masked.folds(bits) == folded, (requirement.slug, one)
            given.add(refused or folded)
        assert given == {True, False}, requirement.slug


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
