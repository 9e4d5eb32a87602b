"""Profiles drawn at random whose answers go together: none contradicts another, nor is incoherent with it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

from montages.knowledge.implications import closed
from montages.knowledge.periods import Rules
from montages.quality.checks.answer_profiles import Profile

_SEED = 2024


def coherent_draw(criteria: Sequence[str], rules: Rules, number: int) -> Iterator[Profile]:
    """Yield so many complete, coherent profiles over some criteria, the same ones each time."""
    draw = random.Random(_SEED)  # noqa: S311 — a sample, not a secret
    while number:
        profile: Profile | None = {}
        for name in criteria:
            if profile is not None and name not in profile:
                possible = wider(profile, name, rules)
                profile = draw.choice(possible) if possible else None
        if profile is not None:
            number -= 1
            yield profile


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
    return closed([(name, value)])


@cache
def _incompatible(rules: Rules, name: str, value: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the answers that cannot go with one, as criteria and values."""
    return tuple(
        (other.criterion, other.accepts)
        for pair in rules.book.incoherences
        for one, other in (pair.between, pair.between[::-1])
        if one.criterion == name and value in one.accepts
    )
