"""The verdict on an arrangement for the answers of a unit, worked out once for answers alike (R34, R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from montages.assessment.verdict.judge import Judge
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE, UnitVerdict
from montages.assessment.verdict.verdict_gates import all_clauses, deciding, gates_of
from montages.knowledge import suppositions
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import NO_ANSWER, Answer, Answers, Verdict
from montages.knowledge.periods import Rules


def unit_verdict(
    slug: str, answers: Answers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> UnitVerdict:
    """Return the verdict on an arrangement for the answers of a unit (R34, R35).

    An arrangement that only presumptions of practice close is to verify: `presumed` names them.
    """
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    as_answered = verdict_of(slug, answers, rules, asserted)
    presumed = tuple(
        name for name in deciding(slug, rules) if answers.get(name, NO_ANSWER).state == "default"
    )
    if not presumed:
        return as_answered
    bare = verdict_of(slug, suppositions.without_assumptions(answers, rules), rules, asserted)
    if bare.verdict == as_answered.verdict:
        return as_answered
    if as_answered.verdict.open or not bare.verdict.open:
        return replace(as_answered, provisional=True)
    return replace(
        as_answered,
        verdict=Verdict.TO_VERIFY,
        terms=bare.terms,
        to_verify=bare.to_verify,
        presumed=tuple(n for n in presumed if n in _read_by(as_answered.closed_by, slug, rules)),
        provisional=True,
    )


def _read_by(gates: Sequence[str], slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria that some gates of an arrangement rest on."""
    read = [c for g in gates_of(slug, rules) if g.slug in gates for c in all_clauses(g)]
    return suppositions.read_by(tuple(read), rules)


def verdict_of(slug: str, answers: Answers, rules: Rules, asserted: frozenset[str]) -> UnitVerdict:
    """Return the verdict for answers as they are, presumed ones included; worked out once.

    Gates read the values that numbers fall into: amounts of one range share a verdict.
    """
    read = {name: _in_values(answers[name]) for name in deciding(slug, rules) if name in answers}
    key = (slug, asserted, tuple(read.items()))
    verdicts = _verdicts(rules)
    verdict = verdicts.get(key)
    return verdict or verdicts.add(key, Judge(slug, rules, asserted).verdict(read))


def _in_values(answer: Answer) -> Answer:
    return answer if answer.number is None else replace(answer, number=None)


@cache
def _verdicts(rules: Rules) -> CountedCache[Any, UnitVerdict]:
    return CountedCache(16384)
