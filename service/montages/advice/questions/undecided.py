"""Whether answers still to be given can change the verdict on an arrangement: an exact search (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from montages.advice.questions.askable import (
    Choice,
    askable,
    bearing_on,
    choices,
    may_be_told,
    reachable,
    supposing,
)
from montages.assessment.verdict.judgement import verdict_of
from montages.assessment.verdict.verdict_gates import (
    by_threshold,
    deciding,
    holds,
    stands_against,
)
from montages.knowledge import logic
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import Answers, Verdict
from montages.knowledge.model import Clause, Requirement
from montages.knowledge.periods import Rules


def standing(slug: str, answers: Answers, rules: Rules, asserted: frozenset[str]) -> Verdict:
    """Return what answers that are only added to can change of a verdict: `closed` for both closed ones.

    What a stated choice closes, no other answer opens again: which of the two it is, is not asked for.
    """
    gates, waiting = by_threshold(slug, rules)
    against = [gate for gate in gates if stands_against(gate, answers, rules, asserted)]
    disputed = any(
        logic.outcome(gate, answers, rules, asserted) == "contradicted"
        for gate in against
        if gate.hard
    )
    if against and not disputed:
        return Verdict.CLOSED
    if not waiting and not against and all(holds(g, answers, rules, asserted) for g in gates):
        return Verdict.FITS
    verdict = verdict_of(slug, answers, rules, asserted).verdict
    return verdict if verdict.open else Verdict.CLOSED


def undecided(slug: str, answers: Answers, rules: Rules, asserted: frozenset[str]) -> bool:
    """Tell whether some answers, given one after the other as they are asked, would change a verdict."""
    if slug not in rules.arrangements:
        return False
    names = bearing_on(deciding(slug, rules), rules)
    read = tuple((name, answers[name]) for name in names if name in answers)
    key = (slug, asserted, read)
    known = _decision_cache(rules)
    found: bool | None = known.get(key)
    if found is None:
        found = known.add(key, _undecided(slug, dict(read), rules, asserted))
    return found


@cache
def _decision_cache(rules: Rules) -> CountedCache[Any, bool]:
    return CountedCache(16384)


def open_gates(
    slug: str, answers: Answers, rules: Rules, asserted: frozenset[str]
) -> tuple[Requirement, ...]:
    """Return the gates of an arrangement that answers do not make true yet."""
    gates = (gate for group in by_threshold(slug, rules) for gate in group)
    return tuple(gate for gate in gates if not holds(gate, answers, rules, asserted) or gate.duty)


def _undecided(slug: str, answers: Answers, rules: Rules, asserted: frozenset[str]) -> bool:
    now = standing(slug, answers, rules, asserted)
    if now in (Verdict.FITS, Verdict.CLOSED):
        return False
    gates = open_gates(slug, answers, rules, asserted)
    for gate in gates:
        if stands_against(gate, answers, rules, asserted):
            continue  # in dispute: what is added leaves it so
        if _may_close(gate, answers, rules) and any(
            stands_against(gate, after, rules, asserted)
            for after in _completions((gate,), answers, rules)
        ):
            return True
    # What is to be verified stays so on the way where it does at the end: no answer undoes a gate that holds.
    whole = now is Verdict.TO_VERIFY
    return any(
        standing(slug, after, rules, asserted) is not now
        for after in _completions(gates, answers, rules, whole=whole)
    )


def waited_for(gate: Requirement, answers: Answers, rules: Rules) -> tuple[Clause, ...]:
    """Return the clauses of a gate that are open, and that it still depends on."""
    groups = [each.clauses for each in (*gate.when, *gate.unless, *gate.closes_if)]
    alive = [g for g in groups if not any(logic.refuted(c, answers, rules) for c in g)]
    clauses = [c for group in alive for c in group]
    clauses += [] if gate.duty else [gate.own]
    return tuple(
        c
        for c in dict.fromkeys(clauses)
        if not logic.met(c, answers, rules) and not logic.refuted(c, answers, rules)
    )


def _may_close(gate: Requirement, answers: Answers, rules: Rules) -> bool:
    """Tell whether what a gate would be violated by may each be answered, taken one by one."""
    if gate.duty:
        return True
    groups = (
        *(any(_may_fail(c, answers, rules) for c in each.clauses) for each in gate.unless),
        *(_may_hold(c, answers, rules) for each in gate.when for c in each.clauses),
    )
    return _may_fail(gate.own, answers, rules) and all(groups)


def _may_fail(clause: Clause, answers: Answers, rules: Rules) -> bool:
    if logic.refuted(clause, answers, rules):
        return True
    if rules.criteria[clause.criterion].multiple:
        return reachable(clause.criterion, answers, rules)
    return may_be_told(clause.criterion, rules.rejected(clause), answers, rules)


def _may_hold(clause: Clause, answers: Answers, rules: Rules) -> bool:
    accepted = rules.accepted(clause) or frozenset()
    return logic.met(clause, answers, rules) or may_be_told(
        clause.criterion, accepted, answers, rules
    )


def _completions(
    gates: tuple[Requirement, ...], answers: Answers, rules: Rules, *, whole: bool = False
) -> Iterator[Answers]:
    """Yield the answers that may come about by asking what gates still wait for, the fullest first.

    Where they are to be `whole`, none of those that are asked is left out.
    """
    clauses = tuple(dict.fromkeys(c for gate in gates for c in waited_for(gate, answers, rules)))
    names = bearing_on(tuple(dict.fromkeys(c.criterion for c in clauses)), rules)
    open_names = [name for name in names if reachable(name, answers, rules)]
    wanted = {gate.own.criterion: rules.rejected(gate.own) for gate in gates}
    return _ways(open_names, clauses, wanted, answers, rules, whole)


def _ways(
    names: list[str],
    clauses: tuple[Clause, ...],
    wanted: dict[str, frozenset[str]],
    answers: Answers,
    rules: Rules,
    whole: bool,
) -> Iterator[Answers]:
    """Yield answers with each way of answering some questions, those that are wanted first."""
    if not names:
        yield answers
        return
    name, others = names[0], names[1:]
    ordered: list[Choice] = []
    if askable(name, answers, rules):
        ordered = sorted(
            choices(name, clauses, answers, rules),
            key=lambda choice: choice[0][1] not in wanted.get(name, ()),
        )
    for choice in ordered:
        after = supposing(answers, choice, rules)
        yield from _ways(others, clauses, wanted, after, rules, whole)
    if not (whole and ordered):
        yield from _ways(others, clauses, wanted, answers, rules, whole)
