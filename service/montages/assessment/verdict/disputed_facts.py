"""Facts in dispute: some answer makes a gate true, and another one violates it (R34)."""

from __future__ import annotations

from functools import lru_cache

from montages.assessment.verdict.stated_answers import StatedAnswers
from montages.knowledge import entailment, logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import by_threshold, is_term


def disputed_facts(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> tuple[str, ...]:
    """Return the facts that a gate is in conflict on: accepted and refused, or refused but asserted."""
    if not answers.odd and not asserted:
        return ()
    rules, disputed = answers.rules, dict[str, None]()
    known = masks(rules)
    for gate in _contestable(slug, rules, frozenset(answers.odd), asserted):
        by_hand = gate.slug in asserted
        test = known.requirements[known.position[gate.slug]]
        if not test.violated(answers.bits) or not (by_hand or test.satisfied(answers.bits)):
            continue
        for clause in gate.clauses():
            accepted = logic.met(clause, answers.answers, rules) or (by_hand and clause == gate.own)
            refused = logic.refuted(clause, answers.answers, rules)
            if accepted and refused and not is_term(clause.criterion, rules):
                disputed[clause.criterion] = None
    return tuple(disputed)


@lru_cache(maxsize=4096)
def _contestable(
    slug: str, rules: Rules, odd: frozenset[str], asserted: frozenset[str]
) -> tuple[Requirement, ...]:
    """Return the gates of an arrangement that values at odds, or an assertion, may satisfy and violate."""
    return tuple(
        gate
        for gate in by_threshold(slug, rules)[0]
        if not gate.duty
        and (gate.slug in asserted or any(c.criterion in odd for c in gate.clauses()))
    )


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
