"""The verdict on an arrangement for the answers of a unit, worked out once for answers alike (R34, R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Any

from montages.assessment.verdict.diagram_walks import asserted_of, diagram_of, reads_of, walked
from montages.assessment.verdict.judged_arrangement import JudgedArrangement, disputed_facts
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE, UnitVerdict
from montages.knowledge import suppositions
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import Answers, Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, deciding, gates_of

# Of the changes that reopen an arrangement, so many are given.
REOPENINGS = 3


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
    changes that reopen a closed one so many are told.
    """
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    answers = stated(answers, rules)
    as_answered = verdict_of(slug, answers, rules, asserted, changes)
    if answers.assumed.isdisjoint(reads_of(slug, rules)):
        return as_answered
    bare = verdict_of(slug, answers.bare, rules, asserted, changes)
    if bare.verdict == as_answered.verdict:
        return as_answered
    if as_answered.verdict.open or not bare.verdict.open:
        return replace(as_answered, provisional=True)
    read = _read_by(as_answered.closed_by, slug, rules)
    return replace(
        as_answered,
        verdict=Verdict.TO_VERIFY,
        terms=bare.terms,
        to_verify=bare.to_verify,
        presumed=tuple(n for n in deciding(slug, rules) if n in answers.assumed and n in read),
        provisional=True,
    )


def sole_verdict(
    slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict of `unit_verdict` without what it rests on: one walk, or two."""
    verdict = as_answered(slug, answers, rules, asserted)
    if verdict.open or answers.assumed.isdisjoint(reads_of(slug, rules)):
        return verdict
    bare = as_answered(slug, answers.bare, rules, asserted)
    return Verdict.TO_VERIFY if bare.open else verdict


def as_answered(
    slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict for answers as they are, presumed ones included, without what it rests on."""
    if not answers.odd and not asserted:
        return VERDICTS[walked(verdict_diagram(rules).verdicts[slug], answers.states)]
    if disputed_facts(slug, answers, asserted):
        return verdict_of(slug, answers, rules, asserted, 0).verdict
    diagram = diagram_of(slug, answers)
    by_hand = asserted_of(slug, rules, asserted)
    return VERDICTS[walked(diagram.verdict(slug, by_hand), answers.states)]


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
    answers = stated(answers, rules)
    asserted = asserted_of(slug, rules, asserted)
    key = changes, *_key(slug, answers, asserted)
    verdicts = _verdicts(rules)
    verdict = verdicts.get(key)
    if verdict is None:
        judged = JudgedArrangement(slug, rules, answers, asserted, changes)
        verdict = verdicts.add(key, judged.verdict())
    return verdict


def _key(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> tuple[Any, ...]:
    """Return all that a verdict depends on: amounts of one range share a verdict.

    Where a fact may be in dispute, what follows from it goes with it: what is derived counts then too.
    """
    states = _states_read(slug, answers.rules)(answers.states)
    if not answers.odd and not asserted:
        return slug, states
    reads = reads_of(slug, answers.rules)
    odd = frozenset((n, a) for n, a in answers.odd.items() if n in reads)
    derived = frozenset(
        n for n, a in answers.answers.items() if a.state == "derived" and n in reads
    )
    return slug, states, asserted, odd, derived


@cache
def _states_read(slug: str, rules: Rules) -> Any:
    """Return what picks the states that decide the verdict on an arrangement."""
    names = deciding(slug, rules)
    variables = verdict_diagram(rules).variables
    places = [n for n, variable in enumerate(variables) if variable.criterion in names]
    return itemgetter(*places) if places else lambda states: ()


@cache
def _verdicts(rules: Rules) -> CountedCache[Any, UnitVerdict]:
    return CountedCache(16384)


def _read_by(gates: Sequence[str], slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria that some gates of an arrangement rest on."""
    read = [c for g in gates_of(slug, rules) if g.slug in gates for c in all_clauses(g)]
    return suppositions.read_by(tuple(read), rules)
