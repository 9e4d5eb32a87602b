"""Which diagram is walked for the answers of a unit: that of the period, or one made for values at odds.

Where values are at odds the same compiler makes the diagram with these held.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.walks import OpeningWalk, ReadStates, step_tables
from montages.knowledge import entailment
from montages.knowledge.compiled.decision_diagram import Tree
from montages.knowledge.compiled.verdict_diagram import (
    VerdictDiagram,
    diagram_at_odds,
    verdict_diagram,
)
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, deciding, gates_of


def diagram_of(slug: str, answers: StatedAnswers) -> VerdictDiagram:
    """Return the diagram in which answers to what an arrangement reads are walked."""
    return _diagram(answers, reads_of(slug, answers.rules))


def _diagram(answers: StatedAnswers, reads: frozenset[str]) -> VerdictDiagram:
    if answers.odd.keys().isdisjoint(reads):
        return verdict_diagram(answers.rules)
    return diagram_at_odds(answers.rules, frozenset(answers.odd.items()))


def walked(tree: Tree, states: ReadStates) -> int:
    """Return the leaf that states lead to."""
    while isinstance(tree, tuple):
        tree = tree[states[tree[0]]]
    return tree


def asserted_of(slug: str, rules: Rules, asserted: frozenset[str]) -> frozenset[str]:
    """Return the gates of an arrangement among those asserted by hand."""
    return asserted & _gate_names(slug, rules)


def walk_of(
    gates: tuple[Requirement, ...], answers: StatedAnswers, asserted: frozenset[str]
) -> OpeningWalk:
    """Return the ways that make some gates true, whichever arrangements they are of."""
    rules = answers.rules
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    reads = frozenset(entailment.read_by(clauses, rules))
    by_hand = asserted & {gate.slug for gate in gates}
    diagram = _diagram(answers, reads)
    tree = diagram.group(gates, by_hand)
    return OpeningWalk(tree, step_tables(diagram, rules), answers.states)


def answers_opening(gates: Sequence[Requirement], rules: Rules) -> tuple[Pair, ...] | None:
    """Return the answers that cost least to make gates of a period true, None if none do."""
    found = walk_of(tuple(gates), stated({}, rules), frozenset()).least()
    return None if found is None else found.asked


@cache
def reads_of(slug: str, rules: Rules) -> frozenset[str]:
    """Return the criteria that decide the verdict on an arrangement."""
    return frozenset(deciding(slug, rules))


@cache
def _gate_names(slug: str, rules: Rules) -> frozenset[str]:
    return frozenset(gate.slug for gate in gates_of(slug, rules))
