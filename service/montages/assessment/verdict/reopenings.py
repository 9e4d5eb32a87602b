"""The changes of stated choices that would open an arrangement again (R34)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.assessment.verdict.answer_changes import Pair, coherent, implied, without
from montages.assessment.verdict.completions import price
from montages.assessment.verdict.gate_formula import GateFormula, alike, open_pairs
from montages.assessment.verdict.masked_gates import masked_gate
from montages.assessment.verdict.verdict_gates import all_clauses
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import NO_ANSWER, Answers
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# A change outweighs whatever is then still to be verified or accepted.
_CHANGE = 1_000_000_000


def reopenings(
    gates: Sequence[Requirement], answers: Answers, rules: Rules, asserted: frozenset[str]
) -> Iterator[tuple[Pair, ...]]:
    """Yield the changes of stated choices after which every gate can still be made true, fewest first.

    Each is minimal by inclusion. Of several ways of changing the same choices, one is given that leaves
    least to verify, then least to accept.
    """
    choices = stated_choices(gates, answers, rules)
    fixed = without(answers, choices)
    bits = masks(rules).encode(fixed)
    if any(masked_gate(gate, rules).against(bits) for gate in gates):
        return  # whatever is chosen, a fact closes it
    wanted = [gate for gate in gates if gate.slug not in asserted]
    stated = [tuple((name, value) for value in sorted(answers[name].values)) for name in choices]
    others = [pair for name in choices for pair in _others(name, gates, answers, fixed, rules)]
    still = [pair for pair in open_pairs(wanted, fixed, rules) if pair[0] not in choices]
    sayings = [*stated, *((pair,) for pair in (*others, *still))]
    formula = GateFormula.over(sayings, fixed, rules, len(stated))
    if not all(formula.hold(gate, gate.slug in asserted) for gate in gates):
        return
    for n, name in enumerate(choices, 1):
        formula.any_of(m for m, saying in enumerate(sayings, 1) if saying[0][0] == name)
        formula.prefer(n, _CHANGE)
    for n, pair in enumerate(still, len(stated) + len(others) + 1):
        formula.prefer(-n, price(pair, rules))
    with formula.solver() as solver:
        while (model := solver.compute()) is not None:
            said = formula.true_sayings(model)
            changes = tuple(
                sayings[n - 1][0] for n in said if 0 <= n - 1 - len(stated) < len(others)
            )
            if not changes:
                return
            yield changes
            solver.add_clause([n for n in range(1, len(stated) + 1) if n not in said])


def _others(
    name: str, gates: Sequence[Requirement], answers: Answers, fixed: Answers, rules: Rules
) -> Iterator[Pair]:
    """Yield the answers to a choice that gates tell apart from the one stated."""
    clauses = [clause for gate in gates for clause in all_clauses(gate)]
    for values in alike(name, clauses, rules):
        possible = (value for value in values if coherent((name, value), fixed, rules))
        first = next(possible, None)
        if first is not None and not answers[name].values <= set(values):
            yield name, first


def stated_choices(gates: Sequence[Requirement], answers: Answers, rules: Rules) -> list[str]:
    """Return the choices that are stated and bear on gates, in author order."""
    reads = {clause.criterion for gate in gates for clause in all_clauses(gate)}
    return [
        name
        for name, question in rules.criteria.items()
        if question.nature == "choice"
        and not question.multiple
        and (given := answers.get(name, NO_ANSWER)).values
        and given.state == "explicit"
        and any(reads & {c for c, _ in implied((name, v.slug))} for v in question.values)
    ]
