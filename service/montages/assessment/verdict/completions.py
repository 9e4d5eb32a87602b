"""The answers that would make every gate of an arrangement true: terms to accept, facts to verify (R34)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.gate_formula import GateFormula, open_pairs
from montages.assessment.verdict.verdict_gates import is_term
from montages.knowledge.logic import Answers
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# What an answer costs: a fact to find out outweighs any number of terms, a term any number of ordinary ones.
FACT, TERM, ORDINARY = 1_000_000, 1_000, 1


def price(pair: Pair, rules: Rules) -> int:
    """Return what supposing an answer costs: little for a term, most for a fact."""
    name, value = pair
    if not is_term(name, rules):
        return FACT
    return ORDINARY if rules.criteria[name].value(value).ordinary else TERM


def completion(
    gates: Sequence[Requirement],
    answers: Answers,
    rules: Rules,
    asserted: frozenset[str],
) -> tuple[Pair, ...] | None:
    """Return the cheapest answers to unanswered criteria that make every gate true, None if none do.

    They hold a fact only where no terms do. Duties among `gates` must not be refused; those `asserted`
    are true already. Ties fall in the order of the criteria.
    """
    wanted = [gate for gate in gates if gate.slug not in asserted]
    pairs = tuple(open_pairs(wanted, answers, rules))
    formula = GateFormula.over([(pair,) for pair in pairs], answers, rules)
    if not all(formula.hold(gate, gate.slug in asserted) for gate in gates):
        return None
    for n, pair in enumerate(pairs, 1):
        formula.prefer(-n, price(pair, rules))
    with formula.solver() as solver:
        # Each solution is minimal by inclusion; those of one cost come one after the other.
        solutions = ((solver.cost, formula.said(model)) for model in solver.enumerate(block=-1))
        first = next(solutions, None)
        if first is None:
            return None
        ties = [chosen for _, chosen in takewhile(lambda one: one[0] == first[0], solutions)]
    return tuple(pairs[n - 1] for n in min([first[1], *ties]))
