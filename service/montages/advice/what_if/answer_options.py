"""The ways of answering what gates read: as it is, otherwise, or at all; what each says, and its price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from montages.advice.what_if.choice_sets import ServingAnswer
from montages.advice.what_if.closing_effects import Followers
from montages.assessment.verdict.answer_changes import Pair, coherent
from montages.assessment.verdict.gate_formula import Saying, alike, open_pairs
from montages.assessment.verdict.verdict_gates import all_clauses, is_term
from montages.knowledge.logic import Answers
from montages.knowledge.model import Clause, Requirement
from montages.knowledge.periods import Rules

# What an answer costs; each outweighs any number of those after it.
FACT, CHANGE, TERM, ORDINARY = 10**9, 10**6, 10**3, 1


@dataclass(frozen=True, eq=False)
class AnswerOption:
    """One way of answering a criterion: what it says with what follows, and what it costs."""

    answer: ServingAnswer
    saying: Saying
    price: int


def stays_of(
    changeable: Sequence[str], answers: Answers, free: Followers
) -> Iterator[tuple[str, Saying]]:
    """Yield each choice that may be left as it is, with what it says so, and what follows from that."""
    for name in changeable:
        stated = tuple((name, value) for value in sorted(answers[name].values))
        yield name, (*stated, *free.get(name, {}).get(None, ()))
    for name, rows in free.items():
        if name not in changeable:
            yield name, rows[None]


def others_of(
    changeable: Sequence[str],
    gates: Sequence[Requirement],
    answers: Answers,
    fixed: Answers,
    rules: Rules,
    free: Followers,
) -> Iterator[AnswerOption]:
    """Yield the answers to stated choices that gates tell apart from those stated."""
    clauses = [clause for gate in gates for clause in all_clauses(gate)]
    for name in changeable:
        for values in _groups(name, clauses, rules, free):
            serving = tuple(v for v in values if coherent((name, v), fixed, rules))
            if serving and not answers[name].values <= set(values):
                answer = ServingAnswer(name, serving)
                yield AnswerOption(answer, _saying(answer.pair, free), CHANGE)


def _groups(
    name: str, clauses: Sequence[Clause], rules: Rules, free: Followers
) -> tuple[tuple[str, ...], ...]:
    """Return the values of a choice, those together that nothing tells apart."""
    if name in free:
        return tuple((value.slug,) for value in rules.criteria[name].values)
    return alike(name, clauses, rules)


def open_answers(
    changeable: Sequence[str],
    gates: Sequence[Requirement],
    fixed: Answers,
    rules: Rules,
    asserted: frozenset[str],
    free: Followers,
) -> Iterator[AnswerOption]:
    """Yield the answers that may still be given to what gates read."""
    wanted = [gate for gate in gates if gate.slug not in asserted]
    clauses = [clause for gate in wanted for clause in all_clauses(gate)]
    for pair in open_pairs(wanted, fixed, rules):
        name, value = pair
        if name not in changeable and name not in free:
            values = next(v for v in alike(name, clauses, rules) if value in v)
            serving = tuple(v for v in values if coherent((name, v), fixed, rules))
            yield AnswerOption(
                ServingAnswer(name, serving or (value,)), (pair,), _price(pair, rules)
            )
    for name in free:
        if name not in changeable:
            for each in rules.criteria[name].values:
                pair = (name, each.slug)
                if coherent(pair, fixed, rules):
                    answer = ServingAnswer(name, (each.slug,))
                    yield AnswerOption(answer, _saying(pair, free), _price(pair, rules))


def _saying(pair: Pair, free: Followers) -> Saying:
    return (pair, *free.get(pair[0], {}).get(pair[1], ()))


def _price(pair: Pair, rules: Rules) -> int:
    name, value = pair
    if not is_term(name, rules):
        return FACT
    return ORDINARY if rules.criteria[name].value(value).ordinary else TERM
