"""The verdict on an arrangement for the answers of a unit, worked out once for answers alike (R34, R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from montages.assessment.verdict.judge import REOPENINGS, judge
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE, UnitVerdict
from montages.assessment.verdict.verdict_gates import all_clauses, deciding, gates_of
from montages.knowledge import suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import Answers, Verdict
from montages.knowledge.periods import Rules


def unit_verdict(
    slug: str,
    answers: Answers | StatedAnswers,
    rules: Rules,
    asserted: frozenset[str] = frozenset(),
    *,
    changes: int = REOPENINGS,
) -> UnitVerdict:
    """Return the verdict on an arrangement for the answers of a unit (R34, R35).

    An arrangement that only presumptions of practice close is to verify: `presumed` names them. Of the
    changes that reopen a closed one so many are told; with 0, only whether there are any.
    """
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    if not isinstance(answers, StatedAnswers):
        answers = stated(answers, rules)
    as_answered = verdict_of(slug, answers, rules, asserted, changes)
    if not answers.default & _reading(slug, rules).bits:
        return as_answered
    bare = verdict_of(slug, answers.bare, rules, asserted, changes)
    if bare.verdict == as_answered.verdict:
        return as_answered
    if as_answered.verdict.open or not bare.verdict.open:
        return replace(as_answered, provisional=True)
    presumed = [n for n in deciding(slug, rules) if _assumed(n, answers)]
    read = _read_by(as_answered.closed_by, slug, rules)
    return replace(
        as_answered,
        verdict=Verdict.TO_VERIFY,
        terms=bare.terms,
        to_verify=bare.to_verify,
        presumed=tuple(n for n in presumed if n in read),
        provisional=True,
    )


def _assumed(name: str, answers: StatedAnswers) -> bool:
    return name in answers.answers and answers.answers[name].state == "default"


def _read_by(gates: Sequence[str], slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria that some gates of an arrangement rest on."""
    read = [c for g in gates_of(slug, rules) if g.slug in gates for c in all_clauses(g)]
    return suppositions.read_by(tuple(read), rules)


class _VerdictKey(NamedTuple):
    """All that a verdict depends on: amounts of one range share a verdict."""

    slug: str
    asserted: frozenset[str]
    bits: int
    explicit: int
    derived: int
    changes: int


@dataclass(frozen=True)
class _Reading:
    """What decides the verdict on an arrangement: criteria as bits, the choices among them, and gates."""

    bits: int
    choices: int
    gates: frozenset[str]


@cache
def _reading(slug: str, rules: Rules) -> _Reading:
    of = masks(rules).of_criterion
    names = deciding(slug, rules)
    choices = (n for n in names if rules.criteria[n].nature == "choice")
    return _Reading(
        sum(of[name] for name in names),
        sum(of[name] for name in choices),
        frozenset(gate.slug for gate in gates_of(slug, rules)),
    )


def best_verdict(verdicts: Sequence[UnitVerdict], *, worst: bool = False) -> UnitVerdict:
    """Return the verdict on the unit that an arrangement does best for, or worst; the first of equals."""
    return (max if worst else min)(verdicts, key=lambda verdict: verdict.rank)


def verdict_of(
    slug: str,
    answers: Answers | StatedAnswers,
    rules: Rules,
    asserted: frozenset[str],
    changes: int = REOPENINGS,
) -> UnitVerdict:
    """Return the verdict for answers as they are, presumed ones included; worked out once."""
    if not isinstance(answers, StatedAnswers):
        answers = stated(answers, rules)
    reading = _reading(slug, rules)
    bits = reading.bits
    asserted &= reading.gates
    key = _VerdictKey(
        slug,
        asserted,
        answers.bits & bits,
        answers.explicit & reading.choices,
        answers.derived & bits,
        changes,
    )
    verdicts = _verdicts(rules)
    verdict = verdicts.get(key)
    if verdict is None:
        verdict = verdicts.add(
            key, judge(slug, rules, asserted).verdict(answers.cut(bits), changes)
        )
    return verdict


@cache
def _verdicts(rules: Rules) -> CountedCache[_VerdictKey, UnitVerdict]:
    return CountedCache(16384)
