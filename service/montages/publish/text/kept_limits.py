"""The limits that a contract keeps which needs no procedure, each beside the number of the project.

An amendment is one: its share of the first contract, and its amount.
"""

from __future__ import annotations

from decimal import Decimal

from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.check import Check
from montages.assessment.parts import Part
from montages.assessment.wording import COLON, lower
from montages.bilingual import message
from montages.knowledge import logic
from montages.knowledge.logic import Outcome
from montages.publish.text.reasons import Reason
from montages.publish.text.typography import semicolon

_CEILINGS = ("below", "at-most")
_LIMITS = message("Limits")


def kept_limits(named: NamedContract, lang: str) -> Reason:
    """Return the lowest limit kept of each number, with its clauses; of no text where there is none."""
    rules = named.part.rules
    kept = _lowest(named)
    words = semicolon(lang).join(
        f"{lower(rules.criteria[check.requirement.own.criterion].label[lang])} "
        f"{check.shown[lang]} ({check.accepted[lang]})"
        for check in kept
    )
    sources = dict.fromkeys(source for check in kept for source in check.requirement.sources[:1])
    return Reason(f"{_LIMITS[lang]}{COLON[lang]} {words}." if words else "", tuple(sources))


def _lowest(named: NamedContract) -> list[Check]:
    """Return the check of the lowest limit of each criterion, in the order of the checks."""
    lowest: dict[str, tuple[Decimal, Check]] = {}
    for check in named.shown.checks:
        limit = _limit(check, named.part)
        criterion = check.requirement.own.criterion
        if limit is not None and (criterion not in lowest or limit < lowest[criterion][0]):
            lowest[criterion] = limit, check
    return [check for _, check in lowest.values()]


def _limit(check: Check, part: Part) -> Decimal | None:
    """Return the ceiling of a gate that a number of the project keeps, None for any other check."""
    requirement = check.requirement
    if not requirement.hard or check.outcome != Outcome.SATISFIED or check.number is None:
        return None
    if any(
        logic.holds(condition, part.unit.answers, part.rules) for condition in requirement.unless
    ):
        return None
    ceilings = [bound for bound in requirement.own.bounds if bound.side in _CEILINGS]
    return part.rules.limit(ceilings[0]) if ceilings else None
