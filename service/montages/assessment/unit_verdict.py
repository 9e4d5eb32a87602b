"""The verdict on an arrangement for one unit: open or closed, on what terms, after what (R34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from montages.assessment.completions import (
    Pair,
    all_clauses,
    changed,
    changes,
    completion,
    price,
    term_price,
    without,
)
from montages.knowledge import logic
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import NO_ANSWER, Answer, Answers, Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# So many changes are looked at to reopen an arrangement, and so many of those that do are told.
_LOOKED_AT, _TOLD = 8, 3


@dataclass(frozen=True)
class Term:
    """An answer that is wanted: a term to accept, a fact to verify, a choice to change."""

    criterion: str
    to: tuple[str, ...]
    ordinary: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the term as JSON."""
        return {"criterion": self.criterion, "to": list(self.to), "ordinary": self.ordinary}


@dataclass(frozen=True)
class Reopening:
    """Changes of stated choices, and the verdict that they lead to."""

    changes: tuple[Term, ...]
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        """Return the reopening as JSON."""
        changes = [{"criterion": c.criterion, "to": list(c.to)} for c in self.changes]
        return {"changes": changes, "verdict": self.verdict.value}


@dataclass(frozen=True)
class UnitVerdict:
    """A verdict with what it rests on; `presumed`: the criteria presumed by practice it is softened for."""

    verdict: Verdict
    terms: tuple[Term, ...] = ()
    to_verify: tuple[Term, ...] = ()
    reopens_to: tuple[Reopening, ...] = ()
    closed_by: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()
    provisional: bool = False

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Return what sorts verdicts, best first: facts to verify, then terms that are not ordinary."""
        terms = sum(not term.ordinary for term in self.terms)
        return (self.verdict.rank, len(self.to_verify), terms, len(self.closed_by))


NOT_IN_FORCE = UnitVerdict(Verdict.CLOSED)


def unit_verdict(
    slug: str, answers: Answers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> UnitVerdict:
    """Return the verdict on an arrangement for the answers of a unit (R34, R35).

    An arrangement that only presumptions of practice close is to verify: `presumed` names them.
    """
    found = _verdict(slug, answers, rules, asserted, True)
    presumed = tuple(
        name for name in deciding(slug, rules) if answers.get(name, NO_ANSWER).state == "default"
    )
    if not presumed:
        return found
    bare = _verdict(slug, logic.without_assumptions(answers, rules), rules, asserted, True)
    if bare.verdict == found.verdict:
        return found
    if found.verdict.open or not bare.verdict.open:
        return replace(found, provisional=True)
    return replace(
        found,
        verdict=Verdict.TO_VERIFY,
        terms=bare.terms,
        to_verify=bare.to_verify,
        presumed=presumed,
        provisional=True,
    )


def _verdict(
    slug: str, answers: Answers, rules: Rules, asserted: frozenset[str], reopening: bool
) -> UnitVerdict:
    """Return the verdict for answers as they are; worked out once for those it can rest on.

    Without `reopening`, no change of choices is searched for.
    """
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    read = {name: answers[name] for name in deciding(slug, rules) if name in answers}
    key = (slug, asserted, reopening, tuple(read.items()))
    verdicts = _verdicts(rules)
    found = verdicts.get(key)
    return found or verdicts.add(key, _worked_out(slug, read, rules, asserted, reopening))


@cache
def _verdicts(rules: Rules) -> CountedCache[Any, UnitVerdict]:
    return CountedCache(16384)


@cache
def gates_of(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return what decides a verdict: the gates of an arrangement, and its duties that one may not refuse."""
    return tuple(r for r in rules.effective(slug) if r.hard or r.closes_if)


@cache
def deciding(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria that may decide the verdict on an arrangement."""
    clauses = tuple(clause for gate in gates_of(slug, rules) for clause in all_clauses(gate))
    return logic.read_by(clauses, rules)


def _worked_out(
    slug: str, answers: Answers, rules: Rules, asserted: frozenset[str], reopening: bool
) -> UnitVerdict:
    gates = gates_of(slug, rules)
    disputed = _disputed_facts(gates, answers, rules, asserted)
    if disputed:
        rest = _verdict(slug, without(answers, disputed), rules, asserted, reopening)
        if rest.verdict.open:
            told = {term.criterion for term in rest.to_verify}
            stated = [_stated(name, answers, rules) for name in disputed if name not in told]
            return replace(rest, verdict=Verdict.TO_VERIFY, to_verify=(*stated, *rest.to_verify))
        return rest
    against = [gate for gate in gates if _against(gate, answers, rules, asserted)]
    if against:
        return _closed(slug, against, answers, rules, asserted, reopening)
    wanted = [gate for gate in gates if gate.slug not in asserted]
    undecided = [gate for gate in wanted if gate.hard and not _true(gate, answers, rules)]
    if not undecided:
        return UnitVerdict(Verdict.FITS)
    terms = completion(wanted, answers, rules, term_price)
    if terms is not None:
        of_terms = _terms(terms, wanted, answers, rules)
        return UnitVerdict(Verdict.FITS_ON_TERMS, terms=of_terms)
    needs = completion(wanted, answers, rules, price)
    if needs is None:
        return UnitVerdict(Verdict.CLOSED, closed_by=tuple(gate.slug for gate in undecided))
    of_needs = _terms(needs, wanted, answers, rules)
    return UnitVerdict(
        Verdict.TO_VERIFY,
        terms=tuple(t for t in of_needs if _is_term(t.criterion, rules)),
        to_verify=tuple(t for t in of_needs if not _is_term(t.criterion, rules)),
    )


def _is_term(name: str, rules: Rules) -> bool:
    return rules.criteria[name].nature in ("choice", "step")


def _true(gate: Requirement, answers: Answers, rules: Rules) -> bool:
    return logic.outcome(gate, answers, rules) in ("satisfied", "not-applicable")


def _against(gate: Requirement, answers: Answers, rules: Rules, asserted: frozenset[str]) -> bool:
    """Tell whether answers stand against a gate, or refuse a duty."""
    if gate.duty:
        return logic.refused(gate, answers, rules)
    return logic.outcome(gate, answers, rules, asserted) in ("violated", "contradicted")


def _disputed_facts(
    gates: Iterable[Requirement], answers: Answers, rules: Rules, asserted: frozenset[str]
) -> list[str]:
    """Return the facts on which a gate is in conflict: answered twice, or against what is asserted."""
    disputed: dict[str, None] = {}
    for gate in gates:
        if gate.hard and logic.outcome(gate, answers, rules, asserted) == "contradicted":
            for clause in gate.clauses():
                name = clause.criterion
                if _is_term(name, rules) or rules.criteria[name].multiple:
                    continue
                twice = len(answers.get(name, NO_ANSWER).values) > 1
                refutes = gate.slug in asserted and clause == gate.own
                if twice or refutes:
                    disputed[name] = None
    return list(disputed)


def _stated(name: str, answers: Answers, rules: Rules) -> Term:
    values = answers[name].values
    return Term(name, tuple(v.slug for v in rules.criteria[name].values if v.slug in values))


def _closed(
    slug: str,
    against: Sequence[Requirement],
    answers: Answers,
    rules: Rules,
    asserted: frozenset[str],
    reopening: bool,
) -> UnitVerdict:
    """Return the verdict on an arrangement that answers stand against: what reopens it, if anything does."""
    gates = gates_of(slug, rules)
    reasons = sorted(against, key=lambda gate: _is_term(gate.own.criterion, rules))
    closed_by = tuple(gate.slug for gate in reasons)
    reopenings: list[Reopening] = []
    if not reopening:
        return UnitVerdict(Verdict.CLOSED, closed_by=closed_by)
    for pairs in changes(gates, answers, rules, _LOOKED_AT):
        after = _verdict(slug, changed(answers, pairs, rules), rules, asserted, False).verdict
        if after.open:
            reopenings.append(
                Reopening(_alternatives(pairs, slug, answers, rules, asserted, after), after)
            )
        if len(reopenings) == _TOLD:
            break
    verdict = Verdict.CLOSED_BY_CHOICE if reopenings else Verdict.CLOSED
    return UnitVerdict(verdict, reopens_to=tuple(reopenings), closed_by=closed_by)


def _alternatives(
    pairs: Sequence[Pair],
    slug: str,
    answers: Answers,
    rules: Rules,
    asserted: frozenset[str],
    after: Verdict,
) -> tuple[Term, ...]:
    """Return each change with every value that leads as far, the others as they are."""
    terms = []
    for n, (name, chosen) in enumerate(pairs):
        serving = []
        for value in rules.criteria[name].values:
            if {value.slug} == answers[name].values:
                continue
            tried = (*pairs[:n], (name, value.slug), *pairs[n + 1 :])
            other = changed(answers, tried, rules)
            if (
                value.slug == chosen
                or _verdict(slug, other, rules, asserted, False).verdict == after
            ):
                serving.append(value.slug)
        terms.append(Term(name, tuple(serving)))
    return tuple(terms)


def _terms(
    pairs: Sequence[Pair], gates: Sequence[Requirement], answers: Answers, rules: Rules
) -> tuple[Term, ...]:
    """Return the answers wanted, each with every value that serves as well, the others as they are."""
    terms = []
    for n, (name, chosen) in enumerate(pairs):
        rest = changed(answers, (*pairs[:n], *pairs[n + 1 :]), rules)
        serving = [
            value
            for value in rules.criteria[name].values
            if value.slug == chosen or _serves(name, value.slug, rest, gates, answers, rules)
        ]
        ordinary = any(value.ordinary for value in serving)
        terms.append(Term(name, tuple(value.slug for value in serving), ordinary))
    order = rules.criteria
    return tuple(sorted(terms, key=lambda term: order[term.criterion].order))


def _serves(
    name: str,
    value: str,
    rest: Answers,
    gates: Sequence[Requirement],
    answers: Answers,
    rules: Rules,
) -> bool:
    """Tell whether an answer makes every gate true with the rest, and goes with what is stated."""
    after = logic.supposing(rest, name, value, rules)
    single = all(
        len(after[n].values) <= 1 or (n in answers and after[n] == answers[n])
        for n in after
        if not rules.criteria[n].multiple
    )
    excluded = value in answers.get(name, Answer()).excluded
    return (
        single
        and not excluded
        and all(
            _true(gate, after, rules) if gate.hard else not logic.refused(gate, after, rules)
            for gate in gates
        )
    )
