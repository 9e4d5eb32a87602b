"""Whether two arrangements may go together: whether some answers open both, a contract and its procedure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from montages.knowledge.compiled.decision_diagram import leaf
from montages.knowledge.compiled.diagram_variables import answer_variables
from montages.knowledge.compiled.gate_diagrams import AGAINST, GateDiagrams
from montages.knowledge.compiled.verdict_diagram import in_order
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, by_threshold


@lru_cache(maxsize=1024)
def may_go_together(one: str, other: str, rules: Rules) -> bool:
    """Tell whether some answers open two arrangements of a period, each question being put when it is.

    Gates whose threshold has no known value on the day are left aside.
    """
    gates = tuple(gate for slug in (one, other) for gate in _gates(slug, rules))
    read = dict.fromkeys(clause.criterion for gate in gates for clause in all_clauses(gate))
    names = in_order(asking_order(tuple(read), rules))
    diagrams = GateDiagrams(rules, answer_variables(names, rules))
    return diagrams.openings(gates) != leaf(AGAINST)


def _gates(slug: str, rules: Rules) -> Iterator[Requirement]:
    """Yield the gates of an arrangement, and what their questions are put after, as gates of their own."""
    for gate in by_threshold(slug, rules)[0]:
        yield gate
        # What is not always wanted need not be asked.
        always = gate.hard and not gate.when and not gate.unless
        asked_when = rules.criteria[gate.own.criterion].asked_when if always else ()
        clauses = (clause for condition in asked_when for clause in condition.clauses)
        for number, clause in enumerate(clauses):
            name = f"{gate.slug}-asked-{number}"
            yield replace(gate.as_gate(), slug=name, own=clause, when=(), unless=())
