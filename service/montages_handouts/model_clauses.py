"""The clauses of an answer, worded by us, to be adapted: what its duties and points of attention ask for.

Each stands where the duty is due, or where the point of attention applies. What depends on the parts of the
project is given where no part was described, too: the questions do not ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from montages.assessment.answer.short_answer import ShortAnswer
from montages.knowledge.law import Duty
from montages.knowledge.model import Attention
from montages.publish.text.reasons import Reason


@dataclass(frozen=True)
class ModelClause(Reason):
    """A clause or criteria to adapt, under the name of what asks for it, with where that is written."""

    title: str = ""


def model_clauses(answer: ShortAnswer, lang: str) -> tuple[ModelClause, ...]:
    """Return the clauses of an answer: those of duties in the order of doing, then those of its contracts."""
    if answer.names_none:
        return ()
    asking: list[Duty | Attention] = [*answer.due, *_points(answer)]
    clauses = (
        ModelClause(
            asks.model_wording[lang], asks.sources[:1], asks.model_title[lang] or asks.label[lang]
        )
        for asks in asking
        if asks.model_wording[lang]
    )
    return tuple({clause.text: clause for clause in clauses}.values())


def _points(answer: ShortAnswer) -> Iterator[Attention]:
    """Yield the points of attention of the contracts named, those of the nearest kind first."""
    rules, parts = answer.explainer.rules, answer.explainer.project.unit.layers
    for named in answer.rows:
        result = named.row.shown
        applying = {point.slug for point in result.to_the_point}
        for slug in rules.lineage(result.arrangement.slug):
            for point in rules.attentions:
                applies = point.slug in applying or (point.bearing.layers and not parts)
                if slug in point.arrangements and applies:
                    yield point
