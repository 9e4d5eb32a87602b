"""The questions open for a unit: what waits on each, whether an answer can still change a verdict (R19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from montages.assessment.verdict.answers import StatedAnswers, stated, without
from montages.assessment.verdict.arrangement_diagram import asserted_of, diagram_of, walked
from montages.assessment.verdict.judgement import as_answered, disputed_facts
from montages.assessment.verdict.unknown_facts import unanswered
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Clause, Requirement
from montages.knowledge.logic import Answer, Answers, Verdict
from montages.knowledge.model import Value
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import folding_preferences, gates_of
from montages.one_line import OneLine

# The bits of what answers may lead to: one for each open verdict, the first for both closed ones.
_REACHED = (Verdict.CLOSED, *(verdict for verdict in VERDICTS if verdict.open))
_UNKNOWN = Answer(state="explicit-unknown")


def standing(
    slug: str, answers: Answers | StatedAnswers, rules: Rules, asserted: frozenset[str]
) -> Verdict:
    """Return the verdict for answers that are only added to: both closed ones are told as `closed`.

    What a stated choice closes, no other answer opens again: which of the two it is, is not asked for.
    """
    verdict = as_answered(slug, stated(answers, rules), rules, asserted)
    return verdict if verdict.open else Verdict.CLOSED


def undecided(
    slug: str, answers: Answers | StatedAnswers, rules: Rules, asserted: frozenset[str]
) -> bool:
    """Tell whether some answers, given one after the other as they are asked, would change a verdict."""
    if slug not in rules.arrangements:
        return False
    answers = stated(answers, rules)
    now = standing(slug, answers, rules, asserted)
    if now in (Verdict.FITS, Verdict.CLOSED):
        return False
    facts = disputed_facts(slug, answers, asserted)
    if facts:
        # What is in dispute stays so: to verify as long as the rest is open, whatever is added.
        given = without(answers.answers, facts) | dict.fromkeys(facts, _UNKNOWN)
        return bool(_reached(slug, stated(given, rules), asserted) & 1)
    reached = _reached(slug, answers, asserted)
    return any(reached >> n & 1 for n, verdict in enumerate(_REACHED) if verdict is not now)


def _reached(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> int:
    """Return the verdicts that answers may lead to, as bits."""
    by_hand = asserted_of(slug, answers.rules, asserted)
    return walked(diagram_of(slug, answers).may_reach(slug, by_hand), answers.states)


def open_gates(
    slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str]
) -> tuple[Requirement, ...]:
    """Return the gates of an arrangement that answers do not make true yet."""
    known, gates = masks(rules), gates_of(slug, rules)
    return tuple(g for g in gates if g.duty or not known.holds(g, answers.bits, asserted))


def waited_for(gate: Requirement, answers: Answers, rules: Rules) -> tuple[Clause, ...]:
    """Return the clauses of a gate that are open, and that it still depends on."""
    groups = [condition.clauses for condition in (*gate.when, *gate.unless, *gate.closes_if)]
    alive = [g for g in groups if not any(logic.refuted(c, answers, rules) for c in g)]
    clauses = [c for group in alive for c in group]
    clauses += [] if gate.duty else [gate.own]
    return tuple(
        c
        for c in dict.fromkeys(clauses)
        if not logic.met(c, answers, rules) and not logic.refuted(c, answers, rules)
    )


def to_settle(slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str]) -> bool:
    """Tell whether an answer may change the verdict on a set-up, and somebody needs to know it."""
    if not undecided(slug, answers, rules, asserted) or _unspoken(slug, answers.answers, rules):
        return False
    if rules.book.arrangements[slug].kind != "procedure":
        return True
    enough = any(
        standing(other, answers, rules, asserted) is Verdict.FITS
        for other in _making_needless(slug, rules)
    )
    return not enough and any(
        standing(contract, answers, rules, asserted) is not Verdict.CLOSED
        for contract in _awarded_by(slug, rules)
    )


def askable(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion may be asked now: it is unanswered, and what it is asked after holds."""
    return unanswered(name, answers, rules) and all(
        logic.met(clause, answers, rules)
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
    )


def _unspoken(slug: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a contract is folded until something is said that is not to be asked about yet."""
    return any(
        fold.folds_unstated
        and unanswered(fold.own.criterion, answers, rules)
        and not askable(fold.own.criterion, answers, rules)
        for fold in folding_preferences(slug, rules)
    )


@cache
def _making_needless(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the procedures that make one needless where they are enough."""
    return tuple(a.slug for a in rules.proposed() if slug in a.makes_needless)


@cache
def _awarded_by(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the contracts that a procedure awards, and those that buy by one of them."""
    awarded = set(rules.book.arrangements[slug].applies_to)
    return tuple(
        a.slug
        for a in rules.proposed()
        if a.kind == "contract"
        and a.slug in rules.arrangements
        and awarded & {kind for name in (a.slug, *a.buys_by) for kind in rules.lineage(name)}
    )


@dataclass(frozen=True)
class AnswerChange(OneLine):
    """What answering with a value closes at once, and what it makes fit, by slug of arrangement.

    `names` is what the answer to the project would name instead, a contract or the way to it.
    """

    value: Value
    closes: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    names: str | None = None


@dataclass(frozen=True, eq=False)
class UnitQuestions:
    """The questions that are open for a unit, and what waits on each."""

    unit: Unit
    rules: Rules
    scope: Sequence[str]

    @cached_property
    def answers(self) -> StatedAnswers:
        """Return the answers of the unit as verdicts read them."""
        return stated(self.unit.answers, self.rules)

    @cached_property
    def standings(self) -> dict[str, Verdict]:
        """Return the verdict on each arrangement, both closed ones as `closed`."""
        given, asserted = self.answers, self.unit.asserted
        return {slug: standing(slug, given, self.rules, asserted) for slug in self.scope}

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Return the arrangements whose verdict an answer may still change, as what is presumed stands."""
        given, asserted = self.answers, self.unit.asserted
        return tuple(s for s in self.scope if to_settle(s, given, self.rules, asserted))

    @cached_property
    def waiting(self) -> dict[str, tuple[str, ...]]:
        """Return each question that may be asked now with the undecided arrangements that wait on it."""
        unit, rules = self.unit, self.rules
        waiting: dict[str, tuple[str, ...]] = {}
        for slug in self.undecided:
            gates = open_gates(slug, self.answers, rules, unit.asserted)
            clauses = [c for gate in gates for c in waited_for(gate, unit.answers, rules)]
            names = tuple(dict.fromkeys(clause.criterion for clause in clauses))
            for name in asking_order(names, rules):
                if askable(name, unit.answers, rules):
                    waiting[name] = (*waiting.get(name, ()), slug)
        return waiting

    def effect(self, name: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the waiting arrangements that an answer closes, and those that it makes fit."""
        after, waiting = self.answers.changed_to([(name, value)]), self.waiting[name]
        gates, asserted = masks(self.rules).gates, self.unit.asserted
        closes = tuple(slug for slug in waiting if after.against & gates[slug])
        return closes, tuple(
            slug
            for slug in waiting
            if slug not in closes and standing(slug, after, self.rules, asserted) is Verdict.FITS
        )


def without_idle_questions(unit: Unit, rules: Rules) -> Unit:
    """Return a unit of which nothing is asked about a use that it does not state, as if it were unknown."""
    idle = [
        name
        for name, criterion in rules.criteria.items()
        if criterion.usage
        and criterion.usage not in unit.usages
        and unanswered(name, unit.answers, rules)
    ]
    unknown = dict.fromkeys(idle, Answer(state="explicit-unknown"))
    return replace(unit, answers=unit.answers | unknown) if idle else unit
