"""Answers with one more, or without those assumed, and which criteria bear on which, by implication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from montages.knowledge.implications import implications
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.model import Clause
from montages.knowledge.periods import Rules


def supposing(answers: Answers, criterion: str, value: str, rules: Rules) -> dict[str, Answer]:
    """Return the answers with one more, and with what that one implies."""
    out = dict(answers)
    todo = [(criterion, value)]
    while todo:
        name, chosen = todo.pop()
        definition = rules.criteria[name]
        before = out.get(name, NO_ANSWER)
        if chosen in before.values:
            continue
        excluded = before.excluded
        if definition.multiple and definition.value(chosen).excludes_others:
            excluded = frozenset(v.slug for v in definition.values) - {chosen}
        out[name] = replace(
            before, values=before.values | {chosen}, excluded=excluded, state="explicit"
        )
        todo += implications().get((name, chosen), ())
    return out


def without_assumptions(answers: Answers, rules: Rules) -> dict[str, Answer]:
    """Return the answers that do not rest on an assumed one."""
    implied: set[str] = set()
    for name, answer in answers.items():
        if answer.state == "default":
            for value in answer.values:
                implied |= _names_implied(name, value, rules)
    return {
        name: answer
        for name, answer in answers.items()
        if answer.state != "default" and not (name in implied and answer.state == "derived")
    }


@cache
def _names_implied(criterion: str, value: str, rules: Rules) -> frozenset[str]:
    if all(value != each.slug for each in rules.criteria[criterion].values):
        return frozenset()  # on no list: nothing follows from it
    return frozenset(supposing({}, criterion, value, rules))


@cache
def asked_for(criterion: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria to ask so as to know one: itself, or those it is only ever derived from."""
    if rules.criteria[criterion].answer_origin != "Derived":
        return (criterion,)
    sources = {
        name
        for (name, _), implied in implications().items()
        if criterion in {other for other, _ in implied}
    }
    return tuple(sorted(sources)) or (criterion,)


def is_asked(criterion: str, rules: Rules) -> bool:
    """Tell whether a criterion is asked itself, and not only derived from others."""
    return criterion in asked_for(criterion, rules)


@cache
def read_by(clauses: tuple[Clause, ...], rules: Rules) -> tuple[str, ...]:
    """Return every criterion that may decide clauses: theirs, those to ask for them, and all those imply."""
    todo = [clause.criterion for clause in clauses]
    todo += [source for name in todo for source in asked_for(name, rules)]
    names = set(todo)
    for name in todo:
        new = _implied_by(name) - names
        names |= new
        todo += new
    return tuple(sorted(names))


def bearing_on(names: Iterable[str], rules: Rules) -> frozenset[str]:
    """Return some criteria, and all those an answer to which answers any of them."""
    bearing = frozenset(names)
    while more := {c for c in rules.criteria if c not in bearing and _implied_by(c) & bearing}:
        bearing |= more
    return bearing


@cache
def _implied_by(criterion: str) -> frozenset[str]:
    """Return the criteria that some answer to one answers too."""
    return frozenset(
        other
        for (name, _), implied in implications().items()
        if name == criterion
        for other, _ in implied
    )
