"""Units drawn at random: coherent answers near to what some arrangement wants, with gaps and a few faults."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from montages.knowledge import entailment
from montages.knowledge.entailment import closure
from montages.knowledge.logic import Answer
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import deciding
from montages.quality.checks.reachability import Profile
from sampling import RULES

PROPOSED = [a.slug for a in RULES.proposed() if a.slug in RULES.arrangements]


@dataclass(frozen=True)
class Sample:
    """The answers of a unit, what is asserted of it, and the arrangement it is drawn near to."""

    near: str
    answers: dict[str, Answer]
    asserted: frozenset[str] = frozenset()


def sample(number: int, rules: Rules = RULES) -> Sample:
    """Return the unit of a number."""
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    near = PROPOSED[number % len(PROPOSED)]
    answers = _answers(_kept(_profile(near, draw, rules), near, draw, rules), rules)
    asserted = frozenset[str]()
    gates = [r.slug for r in rules.effective(near) if r.hard]
    if gates and draw.random() < 0.1:
        _answer_twice(answers, draw.choice(deciding(near, rules)), draw, rules)
    if gates and draw.random() < 0.1:
        asserted = frozenset({draw.choice(gates)})
    return Sample(near, answers, asserted)


def _profile(near: str, draw: random.Random, rules: Rules) -> Profile:
    """Draw a complete, coherent profile, most answers of which the arrangement accepts."""
    wanted = {r.own.criterion: rules.accepted(r.own) for r in rules.effective(near) if r.hard}
    read = {name for slug in PROPOSED for name in deciding(slug, rules)}
    nearness = draw.choice((0.6, 0.85, 1.0))
    while True:
        profile: Profile = {}
        for name in (n for n in rules.criteria if n in read):
            possible = wider(profile, name, rules) if name not in profile else []
            good = [p for p in possible if p[name] & (wanted.get(name) or frozenset())]
            if possible:
                profile = draw.choice(good if good and draw.random() < nearness else possible)
        if read <= profile.keys():
            return profile


def _kept(profile: Profile, near: str, draw: random.Random, rules: Rules) -> Profile:
    """Leave out what is never asked, a few answers that the arrangement reads, and some others."""
    asked = [n for n in profile if rules.criteria[n].answer_origin != "Derived"]
    reads = [n for n in asked if n in deciding(near, rules)]
    gaps = set(draw.sample(reads, min(len(reads), draw.choice((0, 1, 2, 3, 4, 6)))))
    gaps |= {n for n in asked if n not in reads and draw.random() < 0.3}
    return {name: profile[name] for name in asked if name not in gaps}


def _answers(profile: Profile, rules: Rules) -> dict[str, Answer]:
    """Return a profile as answers, with what each implies; a list is complete where a value stands alone."""
    answers: dict[str, Answer] = {}
    for name, values in profile.items():
        for value in values:
            answers = entailment.supposing(answers, name, value, rules)
    return {
        name: answer if name in profile else replace(answer, state="derived")
        for name, answer in answers.items()
    }


def _answer_twice(answers: dict[str, Answer], name: str, draw: random.Random, rules: Rules) -> None:
    if name in answers and not rules.criteria[name].multiple:
        values = answers[name].values | {draw.choice(rules.criteria[name].values).slug}
        answers[name] = replace(answers[name], values=values)


def samples(numbers: Iterable[int]) -> list[Sample]:
    """Return the units of some numbers."""
    return [sample(number) for number in numbers]


def wider(profile: Profile, name: str, rules: Rules) -> list[Profile]:
    """Return a profile with one more criterion answered, for each value that goes with the rest."""
    answered = [_with(profile, name, value.slug, rules) for value in rules.criteria[name].values]
    return [one for one in answered if one is not None]


def _with(profile: Profile, name: str, value: str, rules: Rules) -> Profile | None:
    """Return a profile with one more answer and what it implies, None where they cannot go together."""
    out = dict(profile)
    for criterion, values in _implied(name, value).items():
        out[criterion] = out.get(criterion, frozenset()) | values
        question = rules.criteria[criterion]
        if len(out[criterion]) > 1 and (
            not question.multiple or any(question.value(v).excludes_others for v in out[criterion])
        ):
            return None
        beside = (_incompatible(rules, criterion, v) for v in values)
        if any(others & out.get(other, frozenset()) for pairs in beside for other, others in pairs):
            return None
    return out


@cache
def _implied(name: str, value: str) -> dict[str, frozenset[str]]:
    return closure([(name, value)])


@cache
def _incompatible(rules: Rules, name: str, value: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the answers that cannot go with one, as criteria and values."""
    return tuple(
        (other.criterion, other.accepts)
        for pair in rules.book.incoherences
        for one, other in (pair.between, pair.between[::-1])
        if one.criterion == name and value in one.accepts
    )
