"""Which criteria may still be asked of a unit, now or after others, and how answers to them are supposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache

from montages.assessment.verdict.answer_changes import Pair, coherent
from montages.assessment.verdict.gate_formula import alike
from montages.assessment.verdict.unknown_facts import unanswered
from montages.engine.units import Unit
from montages.knowledge import logic, suppositions
from montages.knowledge.implications import implications
from montages.knowledge.logic import Answer, Answers
from montages.knowledge.model import Clause
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


def reachable(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion may be asked now, or once what it is asked after is answered."""
    if not unanswered(name, answers, rules):
        return False
    clauses = (c for condition in rules.criteria[name].asked_when for c in condition.clauses)
    return all(
        logic.met(clause, answers, rules)
        or any(reachable(n, answers, rules) for n in _sources(clause.criterion, rules))
        for clause in clauses
    )


def may_be_told(name: str, values: frozenset[str], answers: Answers, rules: Rules) -> bool:
    """Tell whether answers still to be given may give a criterion one of some values, or imply it."""
    return any(reachable(source, answers, rules) for source in _telling(name, values, rules))


@cache
def _telling(name: str, values: frozenset[str], rules: Rules) -> tuple[str, ...]:
    """Return the criteria of which some answer gives a criterion one of some values."""
    implying = {
        source
        for (source, _), pairs in implications().items()
        if any(other == name and value in values for other, value in pairs)
    }
    return tuple(c for c in rules.criteria if (c in implying or c == name) and values)


@cache
def _sources(name: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers tell one: itself, and those that imply an answer to it."""
    implying = {source for (source, _), pairs in implications().items() if name in dict(pairs)}
    return (name, *(c for c in rules.criteria if c in implying and c != name))


@cache
def bearing_on(names: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers bear on some: they, those that tell them, those asked before.

    What is asked after another comes after it.
    """
    found = dict.fromkeys(names)
    todo = list(names)
    for name in todo:
        before = [c.criterion for w in rules.criteria[name].asked_when for c in w.clauses]
        new = [n for n in (*_sources(name, rules), *before) if n not in found]
        found |= dict.fromkeys(new)
        todo += new
    return tuple(sorted(found, key=lambda n: (_depth(n, rules), rules.criteria[n].order)))


@cache
def _depth(name: str, rules: Rules) -> int:
    """Return how many questions come before one, at most."""
    before = [
        source
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
        for source in _sources(clause.criterion, rules)
        if source != name
    ]
    return 1 + max((_depth(source, rules) for source in before), default=-1)


def supposing(answers: Answers, choice: Choice, rules: Rules) -> dict[str, Answer]:
    """Return answers with one more, and with what it implies; a list of several is supposed complete."""
    out = dict(answers)
    for name, value in choice:
        out = suppositions.supposing(out, name, value, rules)
    name = choice[0][0]
    if rules.criteria[name].multiple:
        left = frozenset(v.slug for v in rules.criteria[name].values) - out[name].values
        out[name] = Answer(out[name].values, left, "explicit")
    return out


def choices(
    name: str, clauses: tuple[Clause, ...], answers: Answers, rules: Rules
) -> Iterator[Choice]:
    """Yield the answers to a criterion that clauses tell apart, those that go with what is stated."""
    for choice in _choices(name, clauses, rules):
        if all(coherent(pair, answers, rules) for pair in choice):
            yield choice


@cache
def _choices(name: str, clauses: tuple[Clause, ...], rules: Rules) -> tuple[Choice, ...]:
    told_apart = (*clauses, *_asked_after(name, rules))
    firsts = [values[0] for values in alike(name, told_apart, rules)]
    if not rules.criteria[name].multiple:
        return tuple(((name, value),) for value in firsts)
    alone = [v for v in firsts if rules.criteria[name].value(v).excludes_others]
    together = [v for v in firsts if v not in alone]
    return tuple(
        tuple((name, value) for value in values)
        for values in (*((v,) for v in alone), *_subsets(together))
    )


@cache
def _asked_after(name: str, rules: Rules) -> tuple[Clause, ...]:
    """Return the clauses on a criterion that say whether another question is put."""
    return tuple(
        clause
        for question in rules.criteria.values()
        for condition in question.asked_when
        for clause in condition.clauses
        if clause.criterion == name
    )


def _subsets(values: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield every choice among values but that of none."""
    subsets: Iterable[tuple[str, ...]] = [()]
    for value in values:
        subsets = [*subsets, *((*subset, value) for subset in subsets)]
    return (subset for subset in subsets if subset)
