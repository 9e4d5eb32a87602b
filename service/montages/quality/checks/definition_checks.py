"""The table of what defines each contract: lines that say nothing, contracts that a later one calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from montages.bilingual import message
from montages.knowledge.model import Definition
from montages.knowledge.periods import Rules
from montages.quality.checks.rules_report import Remark, remark


def checked_definitions(rules: Rules, idle: Iterable[str]) -> Iterator[Remark]:
    """Yield what is wrong with definitions; `idle` are those that decide no case."""
    yield from _implied(rules)
    yield from _called_by_terms(rules)
    for slug in idle:
        yield remark(
            "idle-definition",
            "error",
            slug,
            message(
                "no case is named by this definition alone. Take it away, or add a case to the "
                "panel."
            ),
        )


def _implied(rules: Rules) -> Iterator[Remark]:
    """Yield the definitions that hold only where another of the same contract does."""
    for one, other in permutations(rules.book.definitions, 2):
        same = one.defines == other.defines and one.also == other.also
        if same and _narrower(one, other, rules):
            yield remark(
                "implied-definition",
                "error",
                one.slug,
                message("{slug} says as much already. Take it away.", slug=other.slug),
            )


def _narrower(one: Definition, other: Definition, rules: Rules) -> bool:
    """Tell whether a definition asks all that another asks, and is kept from calling wherever it is."""
    wanted, asked = _accepted(other, rules), _accepted(one, rules)
    excepted = set(other.unless) <= set(one.unless)
    silent = set(other.unless_stated) <= set(one.unless_stated)
    return excepted and silent and all(asked.get(n, {""}) <= values for n, values in wanted.items())


def _accepted(definition: Definition, rules: Rules) -> dict[str, set[str]]:
    clauses = [clause for condition in definition.when for clause in condition.clauses]
    return {clause.criterion: set(rules.accepted(clause) or ()) for clause in clauses}


def _called_by_terms(rules: Rules) -> Iterator[Remark]:
    """Yield the contracts that the terms of a later one would call: to take it would name another."""
    for definition in rules.book.definitions:
        wanted = _accepted(definition, rules)
        for later in rules.arrangements.values():
            order = rules.book.arrangements[definition.defines].qualification_order
            if later.qualification_order <= order or later.abstract:
                continue
            gates = (gate for gate in rules.effective(later.slug) if gate.hard)
            terms = {
                gate.own.criterion: set(rules.accepted(gate.own) or ())
                for gate in gates
                if rules.criteria[gate.own.criterion].nature == "choice"
            }
            if wanted and all(n in terms and terms[n] <= values for n, values in wanted.items()):
                yield remark(
                    "definition-by-terms",
                    "error",
                    definition.slug,
                    message("the terms of {slug} would be enough to call it.", slug=later.slug),
                )
