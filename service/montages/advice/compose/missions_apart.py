"""What the law has bought apart: a contract without it, and the contract by which it is entrusted (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.verdict.answer_changes import Pair, changed
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import gates_of


@dataclass(frozen=True, eq=False)
class ApartResult:
    """What is concluded of a contract once what some gates keep out of it is entrusted apart.

    `otherwise`: a choice that is stated has it in the contract, and would have to change.
    """

    result: ArrangementResult
    gates: tuple[Requirement, ...] = ()
    otherwise: bool = False


def with_missions_apart(result: ArrangementResult, unit: Unit, rules: Rules) -> ApartResult:
    """Return a contract, open as it is or once it leaves out what has a contract of its own.

    What one has not chosen yet, and takes as a term, is apart too.
    """
    splitting = [g for g in gates_of(result.arrangement.slug, rules) if g.splits_into]
    if not splitting or result.arrangement.slug not in rules.arrangements:
        return ApartResult(result)
    if result.verdict.open:
        taken = {term.criterion for term in result.terms}
        return ApartResult(result, tuple(g for g in splitting if g.own.criterion in taken))
    stated = [g for g in splitting if _left_out(g, unit, rules)]
    pairs = [pair for gate in stated for pair in _accepted(gate, rules)]
    if not pairs:
        return ApartResult(result)
    slug, answers = result.arrangement.slug, changed(unit.answers, pairs, rules)
    verdict = unit_verdict(slug, answers, rules, unit.asserted)
    if not verdict.verdict.open:
        return ApartResult(result)
    terms = tuple(Term(name, (value,)) for name, value in pairs)
    reached = Verdict.FITS_ON_TERMS if verdict.verdict is Verdict.FITS else verdict.verdict
    best = replace(verdict, verdict=reached, terms=(*terms, *verdict.terms))
    status = logic.status(slug, answers, rules, unit.asserted)
    reopened = replace(result, best=best, status=status)
    return ApartResult(reopened, tuple(stated), otherwise=True)


def _left_out(gate: Requirement, unit: Unit, rules: Rules) -> bool:
    """Tell whether a stated choice puts into a contract what a gate keeps out of it."""
    return rules.criteria[gate.own.criterion].nature == "choice" and logic.refuted(
        gate.own, unit.answers, rules
    )


def _accepted(gate: Requirement, rules: Rules) -> Iterator[Pair]:
    """Yield the answer that leaves out what a gate keeps out."""
    accepted = rules.accepted(gate.own) or frozenset()
    for value in rules.criteria[gate.own.criterion].values:
        if value.slug in accepted:
            yield gate.own.criterion, value.slug
            return
