"""What is not known of a project: facts that verdicts wait for, uses not stated; whether it is too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.judgement import as_answered, verdict_of
from montages.assessment.verdict.unit_verdict import Term
from montages.engine.units import Unit
from montages.knowledge.logic import NO_ANSWER, Answers, Verdict
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules

# What the answer names.
NAMED_KINDS = ("contract", "procedure")


def unanswered(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion is one that is asked, and nothing is said of it, not even "I do not know"."""
    given = answers.get(name, NO_ANSWER)
    asked = rules.criteria[name].answer_origin != "Derived"
    silent = not given.values and not given.excluded and given.state != "explicit-unknown"
    return asked and silent


def unknown_facts(unit: Unit, scope: Iterable[str], rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """Return the facts said to be unknown with the arrangements that wait for each, those of most first."""
    waits: dict[str, dict[str, None]] = {}
    states = stated(unit.answers, rules)
    for slug in scope:
        if as_answered(slug, states, rules, unit.asserted) is not Verdict.TO_VERIFY:
            continue
        for term in verdict_of(slug, states, rules, unit.asserted).to_verify:
            if not unanswered(term.criterion, unit.answers, rules):
                waits.setdefault(term.criterion, {})[slug] = None
    ordered = sorted(waits, key=lambda name: (-len(waits[name]), rules.criteria[name].order))
    return {name: tuple(waits[name]) for name in ordered}


def named_arrangements(rules: Rules) -> tuple[str, ...]:
    """Return the arrangements that an answer may name, contracts and procedures, by slug."""
    return tuple(
        a.slug for a in rules.proposed() if a.slug in rules.arrangements and a.kind in NAMED_KINDS
    )


def nothing_decided(to_verify: Iterable[Term], unit: Unit, rules: Rules) -> bool:
    """Tell whether the best contract waits for what is unknown, and more facts are unknown than stated."""
    unknown, stated = (
        {
            name
            for name, answer in unit.answers.items()
            if answer.state == state and rules.criteria[name].nature == "fact"
        }
        for state in ("explicit-unknown", "explicit")
    )
    return len(unknown) > len(stated) and any(term.criterion in unknown for term in to_verify)


def of_unstated_use(criterion: Criterion, whole: Unit) -> bool:
    """Tell whether a criterion is about a use that a project does not state, and that no answer speaks of."""
    usage = criterion.usage
    return bool(usage) and usage not in whole.usages and not whole.answer(criterion.slug).values
