"""How an answer ends: where it says that no other answer changes it, no pair of answers does either."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from montages import load
from montages.assessment.answer.ending import Ending, OpenQuestions
from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.naming import Naming, naming
from montages.assessment.qualification import said_bits
from montages.assessment.verdict.answers import Pair, coherent, stated
from montages.description.parsing.parse import panel_description
from panel_cases import SLUGS, panel_case

# No answer changes what is named by itself; two of them together do.
BY_PAIRS = ("length-finance-software-twelve-years", "car-parks-own-staff-nobody-opposite")
PAIRS = 200


def answer_to(slug: str) -> ShortAnswer:
    case = panel_case(slug)
    description = panel_description(case)
    return load("fast").assess(description, as_of=case.as_of, anyway=True).answer


def named_after(questions: OpenQuestions, pairs: Sequence[Pair]) -> Naming:
    part = questions.part
    answers = questions.suppositions.answers(pairs)
    return naming(stated(answers, part.rules), said_bits(answers, part.rules), part.unit.asserted)


def refuted_by(questions: OpenQuestions, draw: Random) -> list[list[Pair]]:
    """Return pairs of answers to open questions, of those drawn, that name something else."""
    rules, refuting = questions.part.rules, []
    criteria = list(questions.open_among(rules.criteria))
    for _ in range(PAIRS if len(criteria) > 1 else 0):
        pairs = [(c.slug, draw.choice(c.values).slug) for c in draw.sample(criteria, 2)]
        one = questions.suppositions.answers(pairs[:1])
        if coherent(pairs[0], questions.part.unit.answers, rules) and coherent(
            pairs[1], one, rules
        ):
            after = named_after(questions, pairs)
            if after != questions.now and not (after.forbidden and questions.now.forbidden):
                refuting.append(pairs)
    return refuting


@pytest.mark.parametrize("slug", BY_PAIRS)
def test_what_two_answers_change_is_said_of_each_question_by_itself(slug: str) -> None:
    answer = answer_to(slug)
    assert answer.ending is Ending.NOTHING_CHANGES
    assert answer.may_change_together
    assert "à elle seule" in answer.ending_sentence.fr
    assert "by itself" in answer.ending_sentence.en


@pytest.mark.parametrize(
    "every", [24, pytest.param(5, marks=pytest.mark.slow), pytest.param(1, marks=pytest.mark.soak)]
)
def test_where_nothing_changes_an_answer_no_pair_of_answers_does(every: int) -> None:
    draw, ends = Random(every), 0  # noqa: S311 — a sample, not a secret
    for slug in SLUGS[::every]:
        answer = answer_to(slug)
        if answer.ending is Ending.NOTHING_CHANGES and not answer.may_change_together:
            ends += 1
            assert "seule" not in answer.ending_sentence.fr
            for part in answer._named_parts:
                assert refuted_by(OpenQuestions(answer.parts, part), draw) == [], slug
    assert ends > 0
