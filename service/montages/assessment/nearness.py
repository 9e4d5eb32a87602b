"""How near a contract closed by choice is: the change that opens it, and what calls it then (R47)."""

from __future__ import annotations

from typing import NamedTuple

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.qualification import Qualified, is_plain, qualified
from montages.assessment.verdict.answer_changes import changed
from montages.assessment.verdict.unit_verdict import Reopening
from montages.knowledge import logic
from montages.knowledge.logic import Answers
from montages.knowledge.periods import Rules

# Called by something stated that the change leaves, plain, called by the change alone, not called.
_STATED, _PLAIN, _CHANGED, _UNCALLED = range(4)


class Nearness(NamedTuple):
    """What sorts changes, nearest first: how many, how many of more than a figure, what then calls it.

    `folded`: the contract would be lawful and hardly sensible, which is never the nearest.
    """

    folded: bool
    changes: int
    kinds: int
    called: int
    order: int


def nearest_change(
    result: ArrangementResult, given: Qualified, rules: Rules
) -> tuple[Nearness, Reopening] | None:
    """Return the nearest change that opens a contract, None where no choice does."""
    near = ((_nearness(result, each, given, rules), each) for each in result.reopens_to)
    return min(near, key=lambda pair: pair[0], default=None)


def _nearness(
    result: ArrangementResult, reopening: Reopening, given: Qualified, rules: Rules
) -> Nearness:
    arrangement, changes = result.arrangement, reopening.changes
    pairs = [(change.criterion, change.to[0]) for change in changes if change.to]
    after = qualified(changed(given.answers, pairs, rules), rules)
    return Nearness(
        _folds(arrangement.slug, after.answers, rules),
        len(changes),
        sum(not rules.criteria[change.criterion].numeric_property for change in changes),
        _called(result, given, after, {criterion for criterion, _ in pairs}, rules),
        arrangement.qualification_order,
    )


def _called(
    result: ArrangementResult, given: Qualified, after: Qualified, changing: set[str], rules: Rules
) -> int:
    """Return what calls a contract: the answers given, which a change leaves as they are, or the change."""
    slug = result.arrangement.slug
    if is_plain(result.arrangement, rules):
        return _PLAIN
    if slug in given.called and not any(name in changing for name, _, _ in given.by(slug)):
        return _STATED
    return _CHANGED if slug in after.called else _UNCALLED


def _folds(slug: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether answers make a contract hardly sensible (R34b)."""
    return any(logic.folds(each, answers, rules) for each in rules.effective(slug) if each.soft)
