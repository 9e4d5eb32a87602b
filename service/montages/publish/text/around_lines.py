"""What the answers speak of around the contract: buying with others, a company of its own, an activity."""

from __future__ import annotations

from functools import cache

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.wording import facts_text, lower
from montages.knowledge import logic
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import KIND_TITLES, VERDICT_SIGNS
from montages.publish.text.typography import colon


def around_lines(assessment: Assessment, lang: str) -> list[Reason]:
    """Return where each arrangement around the contract stands that an answer calls for, by which clause."""
    rules = rules_at(assessment.as_of)
    reasons = []
    for result in assessment.verdicts:
        if result.arrangement.kind not in KIND_TITLES:
            continue
        own = [
            r
            for r in rules.effective(result.arrangement.slug)
            if r.hard and r.arrangement == result.arrangement.slug
        ]
        if called_for := [r for r in own if _is_called_for(r, assessment, rules)]:
            reasons.append(Reason(_standing(result, rules, lang), called_for[0].sources[:1]))
    return reasons


def _is_called_for(requirement: Requirement, assessment: Assessment, rules: Rules) -> bool:
    """Tell whether an answer that no contract reads meets a requirement, or the condition it has."""
    return any(
        logic.met(clause, each.unit.answers, rules)
        and each.unit.answer(clause.criterion).state == "explicit"
        for clause in (requirement.own, *(c for when in requirement.when for c in when.clauses))
        if clause.criterion not in _read_by_contracts(rules)
        for each in assessment.units
    )


@cache
def _read_by_contracts(rules: Rules) -> frozenset[str]:
    """Return the criteria that the gates of some contract read."""
    contracts = (a.slug for a in rules.proposed() if a.kind == "contract")
    gates = (r for slug in contracts for r in rules.effective(slug) if r.hard)
    return frozenset(clause.criterion for gate in gates for clause in gate.clauses())


def _standing(result: ArrangementResult, rules: Rules, lang: str) -> str:
    """Return an arrangement with its verdict and what is to be verified of it."""
    verdict = lower(VERDICT_SIGNS[result.verdict.value].one[lang])
    facts = facts_text(result.to_verify, rules)[lang]
    told = f"{verdict} {facts}" if facts else verdict
    return f"{result.arrangement.label[lang]}{colon(lang)} {told}"
