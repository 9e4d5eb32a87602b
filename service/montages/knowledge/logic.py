"""Where outcomes and statuses are decided: Kleene's logic over the rulebook, in plain Python (R3, R5, R11).

Everything in Python that decides calls `outcome_of`, `status_of` and `worst`, on truth values or on
bit masks. The published axioms and queries say the same a second time, and the verifier of proofs
a third, on purpose: the tests compare the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Self

from rdflib import URIRef

from montages.knowledge.law import Clause, Condition, Requirement
from montages.knowledge.periods import Rules
from montages.names import MTG
from montages.one_line import OneLine


class _Term(StrEnum):
    """A term of a closed list; its value is the slug that JSON and tables of our own use."""

    iri: URIRef
    rank: int

    def __new__(cls, slug: str, individual: str) -> Self:
        """Take the slug, and the name of the individual of the ontology that stands for the term.

        `rank` is the place of the term in its list, from 0.
        """
        term = str.__new__(cls, slug)
        term._value_, term.iri, term.rank = slug, MTG[individual], len(cls.__members__)
        return term


class Outcome(_Term):
    """What a requirement gives for a unit, in the order in which checks are listed (R14)."""

    VIOLATED = "violated", "Violated"
    CONTRADICTED = "contradicted", "Contradicted"
    UNDETERMINED = "undetermined", "Undetermined"
    SATISFIED = "satisfied", "Satisfied"
    NOT_APPLICABLE = "not-applicable", "NotApplicable"


class Status(_Term):
    """What the hard requirements of an arrangement in force give together, best first (R5)."""

    ELIGIBLE = "eligible", "Eligible"
    UNDETERMINED = "undetermined", "UndeterminedStatus"
    CONFLICT = "conflict", "Conflict"
    INELIGIBLE = "ineligible", "Ineligible"


class Verdict(_Term):
    """What a status is worth to the buyer, best first (R34).

    `open`: the arrangement may still be taken, as the answers stand.
    """

    open: bool

    FITS = "fits", "Fits"
    FITS_ON_TERMS = "fits-on-terms", "FitsOnTerms"
    TO_VERIFY = "to-verify", "ToVerify"
    CLOSED_BY_CHOICE = "closed-by-choice", "ClosedByChoice"
    CLOSED = "closed", "Closed"

    def __init__(self, slug: str, individual: str) -> None:
        """Take the slug and the name of the individual, as each term does."""
        self.open = slug in ("fits", "fits-on-terms", "to-verify")


class ProcedureVerdict(_Term):
    """What a procedure is for a purchase, best first: enough, allowed, to verify, closed (R37)."""

    SUFFICIENT = "sufficient", "Sufficient"
    ALLOWED = "allowed", "Allowed"
    TO_VERIFY = "to-verify", "ProcedureToVerify"
    CLOSED = "closed", "ProcedureClosed"


class DutyState(_Term):
    """Where a duty stands: to do, perhaps to do, done (R37b)."""

    DUE = "due", "Due"
    MAYBE = "maybe", "MaybeDue"
    DONE = "done", "Done"


# Below and elsewhere outcomes and statuses travel as their slugs: plain text is quick to hash, and is
# what the disk cache, JSON and YAML take. What is not in force at a date is never derived.
NOT_IN_FORCE = "not-in-force"
STATUSES = (*(status.value for status in Status), NOT_IN_FORCE)
STATUS_RANK = {slug: rank for rank, slug in enumerate(STATUSES)}
OUTCOME_RANK = {outcome.value: outcome.rank for outcome in Outcome}
OUTCOME_IRIS = {outcome.value: str(outcome.iri) for outcome in Outcome}
STATUS_IRIS = {status.value: str(status.iri) for status in Status}
SLUGS = {term.iri: term.value for term in (*Outcome, *Status)}


def outcome_of(satisfied: bool | int, violated: bool | int, idle: bool | int) -> str:
    """Return the outcome of a requirement from what was concluded of it (R3).

    Each argument is a truth value or a masked bit. An idle requirement, one condition of which is
    refuted, is satisfied too.
    """
    if violated:
        return "contradicted" if satisfied else "violated"
    if idle:
        return "not-applicable"
    return "satisfied" if satisfied else "undetermined"


def status_of(violated: bool | int, contradicted: bool | int, undetermined: bool | int) -> str:
    """Return the status of an arrangement from whether some hard requirement came out so (R5).

    Each argument is a truth value, or the bits of the hard requirements with that outcome.
    """
    if violated:
        return "ineligible"
    if contradicted:
        return "conflict"
    return "undetermined" if undetermined else "eligible"


def worst(statuses: Iterable[str]) -> str:
    """Return the status of a project from those of its units."""
    return max(statuses, key=STATUS_RANK.__getitem__)


@dataclass(frozen=True)
class Answer(OneLine):
    """The answer of a unit to a criterion; no value means that it is not known."""

    values: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    state: str = "not-asked"
    number: Decimal | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.values, self.excluded, self.state, self.number))


NO_ANSWER = Answer()


Answers = Mapping[str, Answer]


def met(clause: Clause, answers: Answers, rules: Rules) -> bool:
    """Tell whether a stated value meets a clause."""
    return bool(
        answers.get(clause.criterion, NO_ANSWER).values & (rules.accepted(clause) or frozenset())
    )


def refuted(clause: Clause, answers: Answers, rules: Rules) -> bool:
    """Tell whether a stated value refutes a clause; absence never does (R8)."""
    answer = answers.get(clause.criterion, NO_ANSWER)
    if rules.criteria[clause.criterion].multiple:
        return clause.accepts <= answer.excluded
    return bool(answer.values & rules.rejected(clause))


def holds(condition: Condition, answers: Answers, rules: Rules) -> bool:
    """Tell whether stated values meet every clause of a condition."""
    return all(met(clause, answers, rules) for clause in condition.clauses)


def fails(condition: Condition, answers: Answers, rules: Rules) -> bool:
    """Tell whether stated values refute a clause of a condition."""
    return any(refuted(clause, answers, rules) for clause in condition.clauses)


def outcome(
    requirement: Requirement, answers: Answers, rules: Rules, asserted: Iterable[str] = ()
) -> str:
    """Return satisfied, violated, not-applicable, contradicted or undetermined (R3)."""
    idle = any(fails(c, answers, rules) for c in requirement.when)
    satisfied = (
        idle
        or met(requirement.own, answers, rules)
        or any(holds(c, answers, rules) for c in requirement.unless)
        or (requirement.hard and requirement.slug in asserted)
    )
    violated = (
        refuted(requirement.own, answers, rules)
        and all(fails(c, answers, rules) for c in requirement.unless)
        and all(holds(c, answers, rules) for c in requirement.when)
    )
    return outcome_of(satisfied, violated, idle)


def duty_state(duty: Requirement, answers: Answers, rules: Rules) -> DutyState | None:
    """Return where a duty stands, None where it is not due (R37b).

    A choice that nobody stated is the ordinary one, which is accepted without being told (R33); a fact that
    is not yet to be asked about is none that a duty waits for.
    """
    if any(
        fails(c, answers, rules) or _unusual(c, answers, rules) or _unasked(c, answers, rules)
        for c in duty.when
    ):
        return None
    if any(holds(c, answers, rules) for c in duty.unless):
        return None
    if met(duty.own, answers, rules):
        return DutyState.DONE
    due = all(holds(c, answers, rules) for c in duty.when)
    return DutyState.DUE if due else DutyState.MAYBE


def _unasked(condition: Condition, answers: Answers, rules: Rules) -> bool:
    """Tell whether a condition waits for an answer that is asked only after another, which is not given."""
    return any(
        not answers.get(clause.criterion, NO_ANSWER).values
        and not all(holds(c, answers, rules) for c in rules.criteria[clause.criterion].asked_when)
        for clause in condition.clauses
    )


def _unusual(condition: Condition, answers: Answers, rules: Rules) -> bool:
    """Tell whether a condition wants a choice that nobody stated to be another than the ordinary one."""
    for clause in condition.clauses:
        question = rules.criteria[clause.criterion]
        ordinary = {value.slug for value in question.values if value.ordinary}
        unstated = not answers.get(question.slug, NO_ANSWER).values
        if question.nature == "choice" and unstated and ordinary and not ordinary & clause.accepts:
            return True
    return False


def status(slug: str, answers: Answers, rules: Rules, asserted: Iterable[str] = ()) -> str:
    """Return the status of an arrangement for one unit's answers (R5)."""
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    outcomes = {outcome(r, answers, rules, asserted) for r in rules.effective(slug) if r.hard}
    return status_of("violated" in outcomes, "contradicted" in outcomes, "undetermined" in outcomes)
