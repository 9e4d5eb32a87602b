"""Which criteria may still be asked of a unit, and how answers to them are supposed."""

from __future__ import annotations

from dataclasses import replace

from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.unknown_facts import unanswered
from montages.engine.units import Unit
from montages.knowledge import entailment, logic
from montages.knowledge.logic import Answer, Answers
from montages.knowledge.periods import Rules

# Answers to one criterion that go together: one value, or several of a list.
Choice = tuple[Pair, ...]


def without_idle_questions(unit: Unit, rules: Rules) -> Unit:
    """Return a unit of which nothing is asked about a use that it does not state, as if it were unknown."""
    idle = [
        name
        for name, criterion in rules.criteria.items()
        if criterion.usage
        and criterion.usage not in unit.usages
        and unanswered(name, unit.answers, rules)
    ]
    unknown = dict.fromkeys(idle, Answer(state="explicit-unknown"))
    return replace(unit, answers=unit.answers | unknown) if idle else unit


def askable(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion may be asked now: it is unanswered, and what it is asked after holds."""
    return unanswered(name, answers, rules) and all(
        logic.met(clause, answers, rules)
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
    )


def supposing(answers: Answers, choice: Choice, rules: Rules) -> dict[str, Answer]:
    """Return answers with one more, and with what it implies; a list of several is supposed complete."""
    out = dict(answers)
    for name, value in choice:
        out = entailment.supposing(out, name, value, rules)
    name = choice[0][0]
    if rules.criteria[name].multiple:
        left = frozenset(v.slug for v in rules.criteria[name].values) - out[name].values
        out[name] = Answer(out[name].values, left, "explicit")
    return out
