"""R19: the next question is one that can change the answer, or the verdicts asked about, and asking stops."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any

import pytest

from interviewing import answer_with, interviews, questions_until_settled, signed
from montages import load
from montages.advice.questions.answer_writing import with_answer, without_answer
from montages.advice.questions.interview import Interview, Question
from montages.advice.questions.question_words import answer_words
from montages.advice.questions.undecided import undecided
from montages.assessment.answer.ending import OpenQuestions
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.verdict.unknown_facts import named_arrangements
from montages.description.parsing.parse import panel_description
from montages.errors import Refused, UnknownName
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.logic import Answer
from montages.knowledge.panel import panel
from sampled_cases import proved_cases
from sampling import RULES, profile

DAY = date(2026, 6, 1)
FAST = load("fast")
COMMUNE = {
    "project": "Éclairage",
    "holder": {"type": "Commune"},
    "usages": ["street-lighting"],
    "layers": [{"layer": "objects"}],
}
WORKS = {"contract-object": "works", "estimated-value": 900_000}
SUPPLIES = {"contract-object": "supplies", "estimated-value": 150_000}
SERVICE = {"contract-object": "services", "operated-by": "contractor", "estimated-value": 300_000}
CONTRACTS = [a.slug for a in RULES.proposed() if a.kind == "contract"]


NAMED = named_arrangements(RULES)


def asked(tree: dict[str, Any], about: Sequence[str] = NAMED, **options: Any) -> Interview:
    """Return what to ask about the verdict of each arrangement, or of some."""
    return FAST.questions(tree, as_of=DAY, anyway=True, about=about, **options)


def asked_of_officer(tree: dict[str, Any]) -> Interview:
    """Return what to ask who looks for a contract."""
    return FAST.questions(tree, as_of=DAY, anyway=True)


def named_by(tree: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the contract that is named, and the channel or procedure that is its way."""
    answer = FAST.assess(tree, as_of=DAY, anyway=True).answer
    part = (answer.rows and answer.rows[0].part) or answer.parts.project
    now = OpenQuestions(answer.parts, part).now
    return now.contract, now.channel or now.procedure


def test_a_project_of_which_nothing_is_said_has_questions() -> None:
    interview = FAST.questions({}, as_of=DAY)
    assert not interview.done
    assert [part.key for part in interview.describe] == ["/holder/type", "/usages"]
    assert interview.questions[0].criterion.slug == "contract-object"
    assert not {"closed", "fits"} & {interview.standings[slug] for slug in CONTRACTS}


def test_assessing_and_asking_at_once_gives_what_each_gives() -> None:
    for tree in (COMMUNE, COMMUNE | {"answers": {"lots": "separable", "estimated-value": 20000}}):
        assessment, interview = FAST.assess_and_ask(tree, as_of=DAY)
        assert assessment.to_json() == FAST.assess(tree, as_of=DAY).to_json()
        assert interview.to_json() == FAST.questions(tree, as_of=DAY).to_json()
    with pytest.raises(Refused):
        FAST.assess_and_ask(COMMUNE | {"answers": {"estimated-value": -5}}, as_of=DAY)


def test_facts_that_settle_come_before_choices() -> None:
    wide = [q for q in asked(COMMUNE).questions if q.score and len(q.waits) > 2]
    kinds = [q.kind for q in wide if any(slug in CONTRACTS for slug in q.waits)]
    assert kinds == sorted(kinds, key=lambda kind: kind == "choice")
    assert "choice" in kinds


def test_a_choice_is_asked_only_where_an_open_set_up_waits_on_it() -> None:
    closed = asked(COMMUNE | {"answers": {"competence-held": "transferred"}})
    assert {slug for q in closed.questions for slug in q.waits} & set(CONTRACTS) <= {"adhesion"}


def test_where_the_lightest_procedure_is_enough_nothing_is_asked_about_another() -> None:
    small, large = (
        asked({**COMMUNE, "answers": {"contract-object": "supplies", "estimated-value": amount}})
        for amount in (20_000, 75_000)
    )
    assert "innovative-solution" not in {q.criterion.slug for q in small.questions}
    assert "innovative-solution" in {q.criterion.slug for q in large.questions}
    assert not {"achat-innovant", "dialogue-competitif"} & set(small.undecided)


def test_nothing_is_asked_about_a_procedure_of_contracts_that_are_closed() -> None:
    paid = {"contract-object": "supplies", "remuneration": "price"}
    waits = {slug for q in asked({**COMMUNE, "answers": paid}).questions for slug in q.waits}
    assert {"procedure-sans-publicite", "regie"} <= waits
    assert not {"concession", "concession-simplifiee", "concession-formalisee"} & waits


def test_what_an_answer_does_names_contracts_before_procedures() -> None:
    question = next(q for q in asked(COMMUNE).questions if q.criterion.slug == "exploitation-risk")
    (none,) = (c for c in question.changes if c.value.slug == "none")
    assert "concession-simplifiee" in none.closes
    assert "rocédure" not in answer_words(none, RULES.book.arrangements).fr


def test_a_question_says_why_what_each_answer_does_and_by_which_source() -> None:
    for lang in ("fr", "en"):
        for question in asked(COMMUNE, lang=lang).to_json()["questions"]:
            for key in ("question", "why", "help", "example", "label", "key"):
                assert question[key], (question["criterion"], key)
            assert question["sources"]
            assert all(answer["changes"] for answer in question["answers"])


def test_questions_on_the_project_come_first_then_what_a_prohibition_reads() -> None:
    names = [q.criterion.slug for q in asked_of_officer({"usages": ["video-protection"]}).questions]
    ranks = [RULES.criteria[name].asked_first for name in names]
    first = [rank for rank in ranks if rank]
    assert ranks[: len(first)] == sorted(first)
    assert "images-viewed" in names[len(first) :]


@pytest.mark.parametrize("answers", [WORKS, SUPPLIES, SERVICE])
def test_each_answer_says_what_would_be_named_instead(answers: dict[str, Any]) -> None:
    """A contract where it is another, else the way to it; nothing where the answer stays as it is."""
    tree, seen = COMMUNE | {"answers": answers}, set[bool]()
    now = named_by(tree)
    for question in asked_of_officer(tree).questions:
        for change in question.changes:
            contract, way = named_by(answer_with(tree, question, [change.value.slug], RULES))
            seen.add(change.names is None)
            if change.names is None:
                assert (contract, way) == now, (question.criterion.slug, change.value.slug)
            elif contract != now[0]:
                assert change.names == (contract or ""), (
                    question.criterion.slug,
                    change.value.slug,
                )
            else:
                assert change.names == (way or ""), (question.criterion.slug, change.value.slug)
    assert seen == {True, False}


def test_nothing_but_prohibitions_is_asked_where_the_amount_ends_the_questions() -> None:
    small = {"contract-object": "supplies", "estimated-value": 11_500, "competence-held": "yes"}
    assert asked_of_officer(COMMUNE | {"answers": small}).done
    filmed = COMMUNE | {"usages": ["video-protection"], "answers": small}
    assert [q.criterion.slug for q in asked_of_officer(filmed).questions] == ["images-viewed"]


@pytest.mark.parametrize("name", ["exploitation-risk", "remuneration", "body-offers-it"])
def test_of_a_plain_purchase_nothing_is_asked_that_nothing_suggests(name: str) -> None:
    bought = {"contract-object": "supplies", "estimated-value": 150_000, "competence-held": "yes"}
    asked_of_it = asked_of_officer(COMMUNE | {"answers": bought}).questions
    assert name not in {q.criterion.slug for q in asked_of_it}


def test_few_questions_are_asked_of_each_case_of_the_panel_whose_holder_knows_nothing_more() -> (
    None
):
    counts = []
    for case in panel()[::12]:
        tree = case.tree | {"project": "x"}
        number = 0
        while questions := asked_of_officer(tree).questions:
            tree, number = with_answer(tree, questions[0], []), number + 1
        counts.append(number)
    assert median(counts) <= 4
    assert max(counts) <= 12


@pytest.mark.parametrize("number", range(6))
def test_no_answer_to_the_first_question_makes_more_undecided(number: int) -> None:
    tree = profile(number)
    before = asked(tree)
    for question in before.questions[:1]:
        values: list[list[str]] = [[], *([c.value.slug] for c in question.changes)]
        for chosen in values:
            after = asked(answer_with(tree, question, chosen, RULES))
            assert set(after.undecided) <= set(before.undecided), (question.criterion.slug, chosen)


@pytest.mark.slow
@pytest.mark.parametrize("number", proved_cases(range(6, 30), 6))
def test_no_answer_makes_more_undecided_in_other_profiles(number: int) -> None:
    test_no_answer_to_the_first_question_makes_more_undecided(number)


@pytest.mark.parametrize("number", [1, 5, 9, 14])
def test_where_asking_stops_no_later_answer_changes_a_verdict(number: int) -> None:
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    tree = profile(number)
    for _ in range(60):
        interview = asked(tree)
        if interview.questions:
            question = interview.questions[0]
            value = draw.choice(question.changes).value.slug if draw.random() < 0.8 else None
            tree = answer_with(tree, question, [value] if value else [], RULES)
        else:
            break
    assert interview.done
    assert not interview.undecided
    more = {"answers": {"expertise": "sufficient", "lots": "separable"} | tree["answers"]}
    assert asked(tree | more).standings == interview.standings


def test_who_never_knows_is_never_asked_twice_and_is_told_what_to_find_out() -> None:
    seen: list[str] = []
    for interview in interviews(FAST, COMMUNE, {}, DAY):
        if interview.questions:
            seen.append(interview.questions[0].criterion.slug)
    assert len(seen) == len(set(seen))
    assert interview.find_out[0].criterion.slug == "competence-held"
    assert not {"fits"} & {interview.standings[slug] for slug in CONTRACTS}
    assert all(fact.waits for fact in interview.find_out)
    for lang in ("fr", "en"):
        assert all(fact["where_to_turn"] for fact in interview.to_json(lang)["find_out"])


def test_an_answer_taken_back_is_asked_again() -> None:
    question = asked(COMMUNE).questions[0]
    assert without_answer(with_answer(COMMUNE, question, ["yes"]), question)["answers"] == {}
    assert without_answer(with_answer(COMMUNE, question, []), question)["unknown"] == []


def test_each_kind_of_holder_is_written_by_its_class() -> None:
    kinds = classes_of_kinds()
    assert set(kinds) >= {value.slug for value in RULES.criteria["holder"].values}


def test_an_answer_that_contradicts_another_is_not_offered() -> None:
    said = {"competence-or-service-open": "no"}
    interview = asked({"project": "x", "answers": said})
    question = next(q for q in interview.questions if q.criterion.slug == "competence-held")
    assert "transferred" not in {change.value.slug for change in question.changes}


def test_a_fact_in_dispute_is_not_asked_about_for_ever() -> None:
    said = {"competence-or-service-open": "no", "competence-held": "transferred"}
    tree = {"project": "x", "answers": said, "unknown": ["body-offers-it"]}
    interview = asked(tree, about=["adhesion"])
    assert interview.done
    assert not interview.undecided


def test_what_is_stated_of_a_part_and_contradicted_nowhere_is_not_asked() -> None:
    """R45: it counts for the project, which is asked as one."""
    tree = {
        "project": "x",
        "perimeters": {"nord": {"answers": {"competence-held": "yes"}}, "sud": {}},
        "layers": [{"layer": "objects", "perimeter": p} for p in ("nord", "sud")],
    }
    questions = asked(tree).questions
    assert questions
    assert all(q.criterion.slug != "competence-held" for q in questions)


@pytest.mark.slow
def test_both_engines_ask_the_same() -> None:
    reference = load("reference")
    for case in panel()[30:31]:
        description = panel_description(case)
        asks = [k.questions(description, as_of=case.as_of).to_json("fr") for k in (FAST, reference)]
        assert json.dumps(asks[0]) == json.dumps(asks[1])


def test_only_what_is_asked_about_is_decided() -> None:
    interview = asked(COMMUNE, about=["adhesion"])
    assert set(interview.standings) == {"adhesion"}
    assert {slug for q in interview.questions for slug in q.waits} == {"adhesion"}


def test_bad_input_is_refused_as_everywhere() -> None:
    with pytest.raises(UnknownName, match="sortilege"):
        asked(COMMUNE, about=["sortilege"])
    with pytest.raises(Refused):
        FAST.questions(COMMUNE | {"answers": {"estimated-value": -1}}, as_of=DAY)


@pytest.mark.slow
def test_few_questions_settle_the_verdict_of_the_contract_signed() -> None:
    cases = list(signed())[::16]
    counts = [questions_until_settled(FAST, c.tree, slug, c.as_of) for c, slug in cases]
    assert median(counts) <= 8
    assert max(counts) <= 15


def test_what_only_matters_for_a_use_is_not_asked_without_it() -> None:
    tree = {
        "id": "x",
        "usages": ["water-metering"],
        "layers": [{"layer": "objects", "mode": "own"}],
    }
    filmed = tree | {"usages": ["video-protection"]}
    asked = [
        {q.criterion.slug for q in FAST.questions(t, as_of=DAY).questions} for t in (tree, filmed)
    ]
    assert "images-viewed" not in asked[0]
    assert "images-viewed" in asked[1]


def preferences(verdict: ArrangementVerdict) -> list[str]:
    return [check.outcome for check in verdict.checks if check.requirement.soft]


def refines_only(tree: dict[str, Any]) -> int:
    """Hold that what refines changes no verdict, and moves some preference; return how many there are."""
    before = asked(tree)
    verdicts = FAST.assess(tree, as_of=DAY, anyway=True).conclusions.verdicts
    soft = {v.arrangement.slug: preferences(v) for v in verdicts}
    for each in before.to_refine:
        assert each.criterion.slug not in {q.criterion.slug for q in before.questions}
        assert set(each.refines) <= set(CONTRACTS)
        assert all(before.standings[slug] != "closed" for slug in each.refines)
        moved = False
        question = Question(each.criterion, each.kind, each.key, (), (), 0)
        for value in each.criterion.values:
            answered = answer_with(tree, question, [value.slug], RULES)
            after = asked(answered)
            assert after.standings == before.standings, (each.criterion.slug, value.slug)
            assert set(after.undecided) == set(before.undecided)
            assert each.criterion.slug not in {it.criterion.slug for it in after.to_refine}
            result = FAST.assess(answered, as_of=DAY, anyway=True)
            moved |= any(
                preferences(v) != soft[v.arrangement.slug] for v in result.conclusions.verdicts
            )
        assert moved, each.criterion.slug
    return len(before.to_refine)


SETTLED = {
    "project": "Réglé",
    "holder": {"type": "Commune"},
    "answers": {
        "competence-held": "yes", "contract-object": "supplies", "estimated-value": 20000,
        "network-activity": "none", "body-offers-it": "no",
    },
}  # fmt: skip


def test_what_refines_the_ranking_changes_no_verdict() -> None:
    interview, tree = asked(SETTLED), SETTLED
    while interview.questions:
        tree = with_answer(tree, interview.questions[0], [])
        interview = asked(tree)
    assert refines_only(tree) > 1
    told = interview.to_json("en", brief=True)["to_refine"]
    assert [each["criterion"] for each in told] == [r.criterion.slug for r in interview.to_refine]
    assert all(each["question"] and each["why"] and each["weight"] for each in told)


@pytest.mark.slow
def test_nor_does_it_in_projects_of_the_panel() -> None:
    assert sum(refines_only({**case.tree}) for case in panel()[::24]) > 1


def test_what_is_only_derived_is_never_thought_to_be_asked() -> None:
    """A network is told by its layer: where none is described, nobody is asked whether there is one."""
    unsuccessful = {"ami-unsuccessful": Answer(frozenset({"no"}), state="explicit")}
    slug = "reseau-utilisateurs-finals"
    assert undecided(slug, unsuccessful, RULES, frozenset()) is False
