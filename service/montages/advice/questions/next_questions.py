"""The next questions of a project: what may change its answer, or the verdict of some arrangements (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from montages.advice.questions.interview import Interview, Question, ToFindOut
from montages.advice.questions.parts_to_describe import parts_to_describe
from montages.advice.questions.refinements import refinements
from montages.advice.questions.undecided import AnswerChange, UnitQuestions, without_idle_questions
from montages.advice.request import answer_key, premises_of, set_ups_named
from montages.assessment.answer.ending import Deciding
from montages.assessment.answer.unsure_words import UnsureWords
from montages.assessment.assess import checked
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.naming import forbidding_criteria
from montages.assessment.premises import NoteToAsk, Premises
from montages.assessment.verdict.answers import coherent
from montages.assessment.verdict.unknown_facts import named_arrangements, unanswered, unknown_facts
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.logic import NO_ANSWER, Answers
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import is_term

# Fewer set-ups than this are few: a question that they wait on comes after the choices that may close them.
_FEW = 3


def next_questions(
    description: Description,
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    about: Sequence[str] = (),
    anyway: bool = False,
) -> Interview:
    """Return what to ask next of a project: what may change the answer, or the verdict of some arrangements.

    Raises Refused with the findings of a description that does not conform, unless `anyway`; UnknownName for
    an arrangement that is not in the rules.
    """
    premises = premises_of(description, engine, as_of, anyway=anyway)
    if not about:
        return _interview(Conclusions(premises), lang)
    rules = premises.rules
    asked = _asked(premises, _scope(about, rules))
    questions = [_question(name, asked, premises.notes, rules) for name in asked.waiting]
    return _of(premises, asked, sorted(questions, key=lambda q: _order(q, rules)), lang)


def assess_and_ask(
    description: Description, engine: Engine, *, as_of: date, lang: str, anyway: bool
) -> tuple[Assessment, Interview]:
    """Return the assessment of a description and its next questions.

    Raises Refused with the findings of one that does not conform, unless `anyway`.
    """
    rules = rules_at(as_of)
    check = checked(description, engine, anyway)
    premises = Premises(description, engine.derive([description], rules)[0], rules, as_of)
    assessment = Assessment(premises, check, lang)
    return assessment, _interview(assessment.conclusions, lang)


def _scope(about: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """Return the arrangements that questions are about; raises UnknownName for one that no rule knows."""
    proposed = {a.slug: a for a in rules.proposed() if a.slug in rules.arrangements}
    set_ups_named(about, proposed)
    return tuple(s for s in proposed if s in about)


def _asked(premises: Premises, scope: tuple[str, ...]) -> UnitQuestions:
    rules = premises.rules
    return UnitQuestions(without_idle_questions(premises.whole, rules), rules, scope)


def _interview(conclusions: Conclusions, lang: str) -> Interview:
    """Return what to ask next of who looks for a contract: what may change what the answer names."""
    premises, rules = conclusions.premises, conclusions.premises.rules
    answers = premises.whole.answers
    questions = [
        _deciding_question(one, premises)
        for one in conclusions.answer.deciding
        if unanswered(one.criterion.slug, answers, rules)
    ]
    questions.sort(key=lambda question: _officer_order(question, rules))
    questions, opened = _opened_first(conclusions.answer.unsure, questions, answers)
    interview = _of(premises, _asked(premises, named_arrangements(rules)), questions, lang)
    return replace(interview, opened=opened)


def _opened_first(
    unsure: Iterable[UnsureWords], questions: Sequence[Question], answers: Answers
) -> tuple[list[Question], frozenset[str]]:
    """Return questions after those that words in doubt open, answered or not, but where nobody knows.

    With them, the criteria that are asked so.
    """
    asked = {question.criterion.slug: question for question in questions}
    opened = dict.fromkeys(
        one.criterion
        for one in unsure
        if one.criterion and answers.get(one.criterion, NO_ANSWER).state != "explicit-unknown"
    )
    first = [asked[slug] if slug in asked else Question.of(slug) for slug in opened]
    rest = (question for slug, question in asked.items() if slug not in opened)
    return [*first, *rest], frozenset(opened)


def _of(
    premises: Premises, asked: UnitQuestions, questions: Sequence[Question], lang: str
) -> Interview:
    description, rules = premises.description, premises.rules
    # What is said to be unknown and verdicts wait for, what most wait for first.
    facts = unknown_facts(premises.whole, tuple(asked.scope), rules)
    return Interview(
        project=premises.project,
        label=premises.label,
        as_of=premises.as_of,
        lang=lang,
        arrangements=rules.book.arrangements,
        describe=parts_to_describe(description.facts, str(premises.project)),
        questions=tuple(questions),
        find_out=tuple(ToFindOut(rules.criteria[name], waits) for name, waits in facts.items()),
        to_refine=refinements(asked, asked.undecided, rules),
        undecided=asked.undecided,
        standings={slug: verdict.value for slug, verdict in asked.standings.items()},
    )


def _officer_order(question: Question, rules: Rules) -> tuple[bool, int, bool, bool, float, int]:
    """Return what sorts the questions of who looks for a contract: those on the project, then the rest.

    Of the rest, what a prohibition reads comes first, then facts before choices, then what changes most.
    """
    asked = question.criterion
    return (
        not asked.asked_first,
        asked.asked_first,
        asked.slug not in forbidding_criteria(rules),
        question.kind == "choice",
        -question.score,
        asked.order,
    )


def _deciding_question(one: Deciding, premises: Premises) -> Question:
    criterion, rules = one.criterion, premises.rules
    answers, name = premises.whole.answers, criterion.slug
    changes = tuple(
        AnswerChange(value, names=one.names_instead(value))
        for value in criterion.values
        if coherent((name, value.slug), answers, rules)
    )
    waits = (change.names for change in changes if change.names)
    return Question(
        criterion=criterion,
        kind="choice" if is_term(name, rules) else "fact",
        key=answer_key(name),
        waits=tuple(dict.fromkeys(waits)),
        changes=changes,
        score=len(one.others) / len(changes),
        notes=tuple(note for note in premises.notes if note.note.criterion == name),
    )


def _order(question: Question, rules: Rules) -> tuple[bool, bool, bool, bool, int, float, int]:
    """Return what sorts questions: contracts before what goes with them, facts before choices.

    Last is what settles nothing at once, before it what few wait on: a choice may spare it. Then the question
    that most wait on comes first, of these the one that settles most, then the author's order.
    """
    arrangements = rules.book.arrangements
    contracts = [name for name in question.waits if arrangements[name].kind == "contract"]
    waits = len(contracts or question.waits)
    return (
        not contracts,
        not question.score,
        len(question.waits) < _FEW,
        question.kind == "choice",
        -waits,
        -question.score,
        question.criterion.order,
    )


def _question(
    name: str, asked: UnitQuestions, notes: Iterable[NoteToAsk], rules: Rules
) -> Question:
    criterion = rules.criteria[name]
    offered = [v for v in criterion.values if name != "holder" or v.slug in classes_of_holders()]
    values = [v for v in offered if coherent((name, v.slug), asked.unit.answers, rules)]
    changes = [AnswerChange(value, *asked.effect(name, value.slug)) for value in values or offered]
    settled = sum(len(change.closes) + len(change.fits) for change in changes)
    return Question(
        criterion=criterion,
        kind="choice" if is_term(name, rules) else "fact",
        key=answer_key(name),
        waits=asked.waiting[name],
        changes=tuple(changes),
        score=settled / len(changes) if changes else 0,
        notes=tuple(note for note in notes if note.note.criterion == name),
    )
