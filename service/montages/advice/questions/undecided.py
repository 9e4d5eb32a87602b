"""Whether answers still to be given can change a verdict, and whether anybody needs to know it (R19)."""

from __future__ import annotations

from functools import cache

from montages.assessment.verdict.answers import StatedAnswers, stated, without
from montages.assessment.verdict.arrangement_diagram import asserted_of, diagram_of, walked
from montages.assessment.verdict.judgement import as_answered, disputed_facts
from montages.assessment.verdict.unknown_facts import unanswered
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.law import Clause, Requirement
from montages.knowledge.logic import Answer, Answers, Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import folding_preferences, gates_of

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
