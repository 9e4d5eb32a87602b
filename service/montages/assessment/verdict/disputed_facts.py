"""The facts that answers dispute: of each, what a gate accepts is stated, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterable

from montages.assessment.verdict.masked_gates import MaskedGate
from montages.assessment.verdict.verdict_gates import is_term
from montages.knowledge.compiled.masks import masks
from montages.knowledge.periods import Rules


def disputed_facts(
    against: Iterable[MaskedGate], answers: int, asserted: frozenset[str], rules: Rules
) -> tuple[str, ...]:
    """Return the facts that a gate is in conflict on: accepted and refused, or refused but asserted.

    `against` are gates that something stands against.
    """
    disputed: dict[str, None] = {}
    for masked in against:
        gate, is_asserted = masked.requirement, masked.slug in asserted
        if gate.duty or not (is_asserted or masked.test.satisfied(answers)):
            continue
        for clause in gate.clauses():
            test = masks(rules).test(clause)
            accepted = test.holds(answers) or (is_asserted and clause == gate.own)
            if accepted and test.fails(answers) and not is_term(clause.criterion, rules):
                disputed[clause.criterion] = None
    return tuple(disputed)
