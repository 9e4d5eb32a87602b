"""What an answer would change: the status an arrangement would take, for each value of a criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from montages.decision import kleene
from montages.decision.answers import NOTHING, Unit

if TYPE_CHECKING:
    from montages.decision.explain import Explainer


def impact(
    explainer: Explainer, slug: str, criterion: str, units: tuple[Unit, ...]
) -> dict[str, dict[str, str]]:
    """Return {answer: {arrangement: new status}} for the answers that change its status."""
    before = kleene.worst(explainer.statuses[u.id][slug] for u in units)
    out: dict[str, dict[str, str]] = {}
    for value in explainer.rules.criteria[criterion].values:
        after = kleene.worst(_if_answered(explainer, slug, criterion, value.slug, u) for u in units)
        if after != before:
            out[value.slug] = {slug: after}
    return out


def _if_answered(explainer: Explainer, slug: str, criterion: str, value: str, unit: Unit) -> str:
    if not explainer.unsettled(criterion, unit):
        return explainer.statuses[unit.id][slug]
    given = unit.answer(criterion)
    answers = {**unit.given, criterion: NOTHING if given.state == "default" else given}
    answers = kleene.supposing(answers, criterion, value, explainer.rules)
    return kleene.status(slug, answers, explainer.rules, unit.asserted)
