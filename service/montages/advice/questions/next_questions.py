"""The next questions of a project: facts that most wait on, then choices that decide, then the rest (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from montages.advice.advice_json import answer_key
from montages.advice.questions.interview import Interview, Question, ToConfirm, ToFindOut
from montages.advice.questions.parts_to_describe import parts_to_describe
from montages.advice.questions.refinements import refinements
from montages.advice.questions.undecided import to_settle
from montages.advice.questions.unit_questions import (
    AnswerChange,
    UnitQuestions,
    without_idle_questions,
)
from montages.advice.request import premises_of, set_ups_named
from montages.assessment.assess import checked
from montages.assessment.assessment import Assessment
from montages.assessment.premises import NoteToAsk, Premises
from montages.assessment.verdict.answers import coherent, stated, without
from montages.assessment.verdict.unknown_facts import named_arrangements, unknown_facts
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.engine.units import Unit
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.entailment import asking_order
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import deciding, is_term
from montages.names import MTG, slug

# Fewer set-ups than this are few: a question that they wait on comes after the choices that may close them.
_FEW = 3
_UNKNOWN = str(MTG.declaresUnknown)


def next_questions(
    description: Description,
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    about: Sequence[str] = (),
    anyway: bool = False,
) -> Interview:
    """Return what to ask next of a project, for some arrangements; contracts and procedures if none.

    Raises Refused with the findings of a description that does not conform, unless `anyway`; UnknownName for
    an arrangement that is not in the rules.
    """
    scope = _scope(about, rules_at(as_of))
    return _interview(premises_of(description, engine, as_of, anyway=anyway), scope, lang)


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
    return assessment, _interview(premises, _scope((), rules), lang)


def _scope(about: Sequence[str], rules: Rules) -> tuple[str, ...]:
    """Return the arrangements that questions are about; raises UnknownName for one that no rule knows."""
    proposed = {a.slug: a for a in rules.proposed() if a.slug in rules.arrangements}
    set_ups_named(about, proposed)
    return tuple(s for s in proposed if s in about) if about else named_arrangements(rules)


def _interview(premises: Premises, scope: tuple[str, ...], lang: str) -> Interview:
    """Return what to ask next of a project, for the arrangements in scope."""
    description, whole, rules = premises.description, premises.whole, premises.rules
    asked = UnitQuestions(without_idle_questions(whole, rules), rules, scope)
    unit = asked.unit
    without_presumed = stated(without(unit.answers, _presumed(unit, description)), rules)
    still = tuple(name for name in scope if to_settle(name, without_presumed, rules, unit.asserted))
    return Interview(
        project=premises.project,
        label=premises.label,
        as_of=premises.as_of,
        lang=lang,
        arrangements=rules.book.arrangements,
        describe=parts_to_describe(description.facts, str(premises.project)),
        questions=_questions(asked, premises.notes, rules),
        to_confirm=_to_confirm(still, premises),
        find_out=_find_out(whole, scope, rules),
        to_refine=refinements(asked, still, rules),
        undecided=still,
        standings={slug: verdict.value for slug, verdict in asked.standings.items()},
    )


def _presumed(unit: Unit, description: Description) -> list[str]:
    """Return what is presumed of a unit and may be contradicted: all but what is declared unknown."""
    facts = description.facts
    unknown = {slug(str(c)) for part in unit.parts for c in facts.objects(part, _UNKNOWN)}
    return [name for name in unit.presumed if name not in unknown]


def _questions(
    asked: UnitQuestions, notes: Sequence[NoteToAsk], rules: Rules
) -> tuple[Question, ...]:
    questions = [_question(name, asked, notes, rules) for name in asked.waiting]
    return tuple(sorted(questions, key=lambda question: _order(question, rules)))


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


def _to_confirm(still: tuple[str, ...], premises: Premises) -> ToConfirm | None:
    """Return what is presumed and bears on what is undecided, None if nothing is."""
    rules = premises.rules
    read = {
        name for arrangement in still for name in asking_order(deciding(arrangement, rules), rules)
    }
    read &= set(_presumed(premises.whole, premises.description))
    answers = [answer for answer in premises.presumed if answer.criterion.slug in read]
    return ToConfirm(tuple(answers), still) if answers else None


def _find_out(whole: Unit, scope: Sequence[str], rules: Rules) -> tuple[ToFindOut, ...]:
    """Return the facts that are said to be unknown and that verdicts wait for, those of most first."""
    facts = unknown_facts(whole, scope, rules)
    return tuple(ToFindOut(rules.criteria[name], waits) for name, waits in facts.items())
