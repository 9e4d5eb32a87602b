"""Which diagram is walked for the answers of a unit: that of the period, or one made in their context.

Where values are at odds, or gates are asserted by hand, the same compiler makes the diagram with these held.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.stated_answers import StatedAnswers, States, stated
from montages.assessment.verdict.walks import OpeningWalk, step_tables
from montages.knowledge import suppositions
from montages.knowledge.compiled.decision_diagram import Tree
from montages.knowledge.compiled.verdict_diagram import (
    VerdictDiagram,
    diagram_in_context,
    verdict_diagram,
)
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, deciding, gates_of


def diagram_of(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> VerdictDiagram:
    """Return the diagram in which answers to what an arrangement reads are walked."""
    rules = answers.rules
    return _diagram(answers, reads_of(slug, rules), asserted_of(slug, rules, asserted))


def _diagram(
    answers: StatedAnswers, reads: frozenset[str], asserted: frozenset[str]
) -> VerdictDiagram:
    odd = frozenset((n, a) for n, a in answers.odd.items() if n in reads)
    if not odd and not asserted:
        return verdict_diagram(answers.rules)
    return diagram_in_context(answers.rules, odd, asserted)


def walked(tree: Tree, states: States) -> int:
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
    reads = frozenset(suppositions.read_by(clauses, rules))
    by_hand = asserted & {gate.slug for gate in gates}
    diagram = _diagram(answers, reads, by_hand)
    return OpeningWalk(diagram.groups[gates], step_tables(diagram, rules), answers.states)


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
