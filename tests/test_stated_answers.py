"""R34: the verdict alone is that of the whole one; answers changed as states are those changed one by one."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest

from montages.assessment.naming import naming
from montages.assessment.nearby_naming import NearbyNaming
from montages.assessment.qualification import said_bits
from montages.assessment.verdict.answers import StatedAnswers, changed, stated
from montages.assessment.verdict.judgement import sole_verdict, unit_verdict
from montages.knowledge import entailment
from montages.knowledge.logic import Answers
from sampling import RULES
from verdict_samples import PROPOSED, Sample, sample

READ = [each.name for each in fields(StatedAnswers) if not each.name.startswith("write")]
CHOICES = [c for c in RULES.criteria.values() if c.nature == "choice" and not c.multiple]


def assuming(unit: Sample, number: int) -> Answers:
    """Return the answers of a unit, every third of which is only presumed by practice in some units."""
    names = [*unit.answers][number % 3 :: 3] if number % 2 else ()
    return unit.answers | {name: replace(unit.answers[name], state="default") for name in names}


def compared(first: int, count: int) -> int:
    """Compare the verdicts on several arrangements for some units, as they are and once choices change."""
    seen = set()
    for number in range(first, first + count):
        unit, draw = sample(number), Random(number)  # noqa: S311 — a sample, not a secret
        before = stated(assuming(unit, number), RULES)
        pairs = tuple((c.slug, draw.choice(c.values).slug) for c in draw.sample(CHOICES, 2))
        for answers in (before, before.changed_to(pairs)):
            for slug in (unit.near, *draw.sample(PROPOSED, 3)):
                wanted = unit_verdict(slug, answers, RULES, unit.asserted).verdict
                assert sole_verdict(slug, answers, RULES, unit.asserted) is wanted, (slug, number)
                seen.add(wanted)
    return len(seen)


def test_the_verdict_alone_is_that_of_the_whole_one() -> None:
    assert compared(0, 40) == 5


@pytest.mark.slow
def test_the_verdict_alone_is_that_of_the_whole_one_for_many_more() -> None:
    assert compared(1000, 400) == 5


def test_answers_changed_as_states_are_those_changed_one_by_one() -> None:
    for number in range(60):
        unit, draw = sample(number), Random(number)  # noqa: S311 — a sample, not a secret
        before = stated(assuming(unit, number), RULES)
        pairs = tuple((c.slug, draw.choice(c.values).slug) for c in draw.sample(CHOICES, 2))
        bare = entailment.without_assumptions(before.answers, RULES)
        for one, answers in (
            (before.changed_to(pairs), changed(before.answers, pairs, RULES)),
            (before.bare, bare),
        ):
            other = stated(answers, RULES)
            assert one.answers == answers, number
            for name in READ:
                assert getattr(one, name) == getattr(other, name), (number, name)


def test_answers_near_to_others_name_what_they_name_by_themselves() -> None:
    moving = 0
    for number in range(60):
        unit, draw = sample(number), Random(number)  # noqa: S311 — a sample, not a secret
        before = stated(assuming(unit, number), RULES)
        given = said_bits(before.answers, RULES)
        nearby = NearbyNaming(before, given, frozenset())
        assert nearby.now == naming(before, given, frozenset())
        for criterion in draw.sample([*RULES.criteria.values()], 12):
            pair = (criterion.slug, draw.choice(criterion.values).slug)
            after = before.changed_to([pair])
            bits = said_bits(after.answers, RULES)
            named = naming(after, bits, frozenset())
            assert nearby.after(after, bits, pair[0]) == named, (number, pair)
            moving += named != nearby.now
            assert named == nearby.now or criterion.slug in nearby.criteria, (number, pair)
    assert moving > 20
