"""The verdict on an arrangement for the answers of a unit; facts in dispute are to verify (R34, R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.arrangement_diagram import (
    JudgedArrangement,
    asserted_of,
    judged,
    reads_of,
    walked,
)
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE, Term, UnitVerdict
from montages.knowledge import entailment, logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.logic import Answers, Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import (
    all_clauses,
    by_threshold,
    deciding,
    gates_of,
    is_term,
    unknown_threshold,
)


def unit_verdict(
    slug: str,
    answers: Answers | StatedAnswers,
    rules: Rules,
    asserted: frozenset[str] = frozenset(),
) -> UnitVerdict:
    """Return the verdict on an arrangement for the answers of a unit (R34, R35).

    An arrangement that only presumptions of practice close is to verify: `presumed` names them.
    """
    if slug not in rules.arrangements:
        return NOT_IN_FORCE
    answers = stated(answers, rules)
    as_answered = verdict_of(slug, answers, rules, asserted)
    if answers.falling.isdisjoint(reads_of(slug, rules)):
        return as_answered
    bare = verdict_of(slug, answers.bare, rules, asserted)
    if bare.verdict == as_answered.verdict:
        return as_answered
    if as_answered.verdict.open:
        return replace(as_answered, provisional=True)
    if not bare.verdict.open:
        return as_answered
    resting_on = [
        c for g in gates_of(slug, rules) if g.slug in as_answered.closed_by for c in all_clauses(g)
    ]
    read = entailment.read_by(tuple(resting_on), rules)
    decides = [name for name in deciding(slug, rules) if name in read]
    presumed = [n for n in decides if n in answers.assumed]
    return replace(
        as_answered,
        verdict=Verdict.TO_VERIFY,
        terms=bare.terms,
        to_verify=bare.to_verify,
        closed_by=(),
        presumed=tuple(presumed or [n for n in decides if n in answers.falling]),
        provisional=True,
    )


def sole_verdict(
    slug: str, answers: StatedAnswers, rules: Rules, asserted: frozenset[str] = frozenset()
) -> Verdict:
    """Return the verdict of `unit_verdict` without what it rests on: one walk, or two."""
    verdict = as_answered(slug, answers, rules, asserted)
    if verdict.open or answers.falling.isdisjoint(reads_of(slug, rules)):
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
        return verdict_of(slug, answers, rules, asserted).verdict
    return judged(slug, answers, asserted).told(answers.states)


def verdict_of(
    slug: str, answers: Answers | StatedAnswers, rules: Rules, asserted: frozenset[str]
) -> UnitVerdict:
    """Return the verdict for answers as they are; what a threshold of another day decides is to verify."""
    answers = stated(answers, rules)
    if (answers.odd or asserted) and (facts := disputed_facts(slug, answers, asserted)):
        verdict = _disputed(slug, answers, asserted, facts)
        waiting = by_threshold(slug, rules)[1]
    else:
        arrangement = judged(slug, answers, asserted)
        verdict, waiting = _by_diagram(arrangement, answers), arrangement.waiting
    if not waiting or not verdict.verdict.open:
        return verdict
    by_hand = asserted_of(slug, rules, asserted)
    criteria = dict.fromkeys(
        str(unknown_threshold(gate, rules))
        for gate in waiting
        if not masks(rules).holds(gate, answers.bits, by_hand)
    )
    if not criteria:
        return verdict
    named = {term.criterion for term in verdict.to_verify}
    more = tuple(Term(name, ()) for name in criteria if name not in named)
    return replace(verdict, verdict=Verdict.TO_VERIFY, to_verify=(*verdict.to_verify, *more))


def _by_diagram(arrangement: JudgedArrangement, answers: StatedAnswers) -> UnitVerdict:
    """Return what the diagram says, and by what."""
    verdict = arrangement.verdicts[answers.states]
    if verdict.verdict.open:
        return verdict
    against = arrangement.gate_names[answers.against & arrangement.gate_bits]
    closed_by = against or arrangement.obstacles[answers.states]
    if verdict.verdict is Verdict.CLOSED:
        return _closed(closed_by)
    return UnitVerdict(
        verdict.verdict, closed_by=closed_by, reopen=lambda: arrangement.reopenings[answers.states]
    )


@lru_cache(maxsize=4096)
def _closed(closed_by: tuple[str, ...]) -> UnitVerdict:
    return UnitVerdict(Verdict.CLOSED, closed_by=closed_by)


def _disputed(
    slug: str, answers: StatedAnswers, asserted: frozenset[str], facts: Sequence[str]
) -> UnitVerdict:
    """Return the verdict where facts are in dispute: to verify, whatever the rest leaves open."""
    bare = answers.without(facts)
    rest = verdict_of(slug, bare, answers.rules, asserted)
    if not rest.verdict.open:
        return replace(
            rest,
            disputed=tuple(facts),
            reopen=lambda: tuple(
                replace(one, verdict=Verdict.TO_VERIFY) for one in rest.reopens_to
            ),
        )
    named = {term.criterion for term in rest.to_verify}
    settling = [
        Term(name, settling_values(name, slug, bare)) for name in facts if name not in named
    ]
    return replace(
        rest,
        verdict=Verdict.TO_VERIFY,
        to_verify=(*settling, *rest.to_verify),
        disputed=tuple(facts),
    )


def disputed_facts(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> tuple[str, ...]:
    """Return the facts that a gate is in conflict on: accepted and refused, or refused but asserted."""
    if not answers.odd and not asserted:
        return ()
    rules, disputed = answers.rules, dict[str, None]()
    known = masks(rules)
    for gate in by_threshold(slug, rules)[0]:
        by_hand = gate.slug in asserted
        at_odds = by_hand or any(c.criterion in answers.odd for c in gate.clauses())
        if gate.duty or not at_odds:
            continue
        test = known.requirements[known.position[gate.slug]]
        if not test.violated(answers.bits) or not (by_hand or test.satisfied(answers.bits)):
            continue
        for clause in gate.clauses():
            accepted = logic.met(clause, answers.answers, rules) or (by_hand and clause == gate.own)
            refused = logic.refuted(clause, answers.answers, rules)
            if accepted and refused and not is_term(clause.criterion, rules):
                disputed[clause.criterion] = None
    return tuple(disputed)


def settling_values(name: str, slug: str, bare: StatedAnswers) -> tuple[str, ...]:
    """Return the values of a fact in dispute that leave an arrangement open; `bare` is without the fact."""
    rules, serving = bare.rules, []
    known = masks(rules)
    for value in rules.criteria[name].values:
        after = entailment.supposing(bare.answers, name, value.slug, rules)
        bits = known.encode(after)
        if not any(known.against(gate, bits) for gate in by_threshold(slug, rules)[0]):
            serving.append(value.slug)
    return tuple(serving)
