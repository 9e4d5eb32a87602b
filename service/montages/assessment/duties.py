"""The duties of whoever takes an arrangement: due, perhaps due, done (R37b)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from montages.assessment.arrangement_result import DutyResult
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules


@cache
def _duties(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if r.duty)


def duties(slug: str, units: Sequence[Unit], rules: Rules) -> tuple[DutyResult, ...]:
    """Return the duties of an arrangement that may be due, those that surely are first."""
    results = []
    for duty in _duties(slug, rules):
        states = [logic.duty_state(duty, unit.answers, rules) for unit in units]
        if stated := [state for state in states if state is not None]:
            results.append(DutyResult(duty, min(stated, key=lambda state: state.rank)))
    return tuple(sorted(results, key=lambda result: result.state.rank))
