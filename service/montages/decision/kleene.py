"""A third path to the same answer: Kleene's logic over the rulebook, in plain Python (R11).

It shares no code with the compiled axioms or the queries. It answers the tests that compare paths,
and the explainer's question «what would this answer change?».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from montages.decision.answers import NOTHING, Given
from montages.knowledge.implications import implications
from montages.knowledge.model import Clause, Condition, Requirement
from montages.knowledge.periods import Rules

Answers = Mapping[str, Given]

_WORST_FIRST = {
    "not-in-force": 0, "ineligible": 1, "conflict": 2, "undetermined": 3, "eligible": 4,
}  # fmt: skip


def met(clause: Clause, answers: Answers, rules: Rules) -> bool:
    """Tell whether a stated value meets a clause."""
    return bool(
        answers.get(clause.criterion, NOTHING).values & (rules.accepted(clause) or frozenset())
    )


def refuted(clause: Clause, answers: Answers, rules: Rules) -> bool:
    """Tell whether a stated value refutes a clause; absence never does (R8)."""
    given = answers.get(clause.criterion, NOTHING)
    if rules.criteria[clause.criterion].multiple:
        return clause.accepts <= given.excluded
    return bool(given.values & rules.rejected(clause))


def _holds(condition: Condition, answers: Answers, rules: Rules) -> bool:
    return all(met(clause, answers, rules) for clause in condition.clauses)


def _fails(condition: Condition, answers: Answers, rules: Rules) -> bool:
    return any(refuted(clause, answers, rules) for clause in condition.clauses)


def outcome(
    requirement: Requirement, answers: Answers, rules: Rules, asserted: Iterable[str] = ()
) -> str:
    """Return satisfied, violated, not-applicable, contradicted or undetermined (R3)."""
    idle = any(_fails(c, answers, rules) for c in requirement.when)
    satisfied = (
        idle
        or met(requirement.own, answers, rules)
        or any(_holds(c, answers, rules) for c in requirement.unless)
        or (requirement.hard and requirement.slug in asserted)
    )
    violated = (
        refuted(requirement.own, answers, rules)
        and all(_fails(c, answers, rules) for c in requirement.unless)
        and all(_holds(c, answers, rules) for c in requirement.when)
    )
    if satisfied and violated:
        return "contradicted"
    if violated:
        return "violated"
    if idle:
        return "not-applicable"
    return "satisfied" if satisfied else "undetermined"


def status(slug: str, answers: Answers, rules: Rules, asserted: Iterable[str] = ()) -> str:
    """Return the status of an arrangement for one unit's answers (R5)."""
    if slug not in rules.arrangements:
        return "not-in-force"
    found = {outcome(r, answers, rules, asserted) for r in rules.effective(slug) if r.hard}
    if "violated" in found:
        return "ineligible"
    if "contradicted" in found:
        return "conflict"
    return "undetermined" if "undetermined" in found else "eligible"


def worst(statuses: Iterable[str]) -> str:
    """Return the status of a project from those of its units."""
    return min(statuses, key=_WORST_FIRST.__getitem__)


def supposing(answers: Answers, criterion: str, value: str, rules: Rules) -> dict[str, Given]:
    """Return the answers with one more, and with what that one implies."""
    out = dict(answers)
    todo = [(criterion, value)]
    while todo:
        name, chosen = todo.pop()
        found = rules.criteria[name]
        before = out.get(name, NOTHING)
        if chosen in before.values:
            continue
        excluded = before.excluded
        if found.multiple and found.value(chosen).excludes_others:
            excluded = frozenset(v.slug for v in found.values) - {chosen}
        out[name] = replace(
            before, values=before.values | {chosen}, excluded=excluded, state="explicit"
        )
        todo += implications().get((name, chosen), ())
    return out


def without_assumptions(answers: Answers, rules: Rules) -> dict[str, Given]:
    """Return the answers that do not rest on an assumed one."""
    implied: set[str] = set()
    for name, given in answers.items():
        if given.state == "default":
            for value in given.values:
                implied |= set(supposing({}, name, value, rules))
    return {
        name: given
        for name, given in answers.items()
        if given.state != "default" and not (name in implied and given.state == "derived")
    }


@cache
def asked_for(criterion: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria to ask so as to know one: itself, or those it is only ever derived from."""
    if rules.criteria[criterion].known != "Derived":
        return (criterion,)
    sources = {
        name
        for (name, _), implied in implications().items()
        if criterion in {other for other, _ in implied}
    }
    return tuple(sorted(sources)) or (criterion,)
