"""The fork: the question that decides first where its answers are all ordinary for the use (R52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.assessment.answer.named_rows import AnswerRow, named
from montages.assessment.explain import Explainer
from montages.assessment.rows import Row
from montages.knowledge.model import Criterion, Value


@dataclass(frozen=True, eq=False)
class AnswerFork:
    """A question that is not answered, and the contract that each answer to it names."""

    criterion: Criterion
    answers: tuple[tuple[Value, Row], ...]

    def to_json(self, lang: str) -> dict[str, object]:
        """Return the fork as JSON."""
        return {
            "criterion": self.criterion.slug,
            "answers": [
                {
                    "value": value.slug,
                    "contract": row.contract,
                    "row": row.slug,
                    "label": row.shown.arrangement.label[lang],
                }
                for value, row in self.answers
            ],
        }


def answer_fork(explainer: Explainer, rows: Sequence[AnswerRow]) -> AnswerFork | None:
    """Return the fork of a project that a plain purchase is named for, None where all answers name one."""
    whole = explainer.project.unit
    if len(rows) != 1 or not rows[0].row.plain:
        return None
    for criterion in explainer.rules.criteria.values():
        if not set(criterion.decides_for) & set(whole.usages):
            continue
        if whole.answer(criterion.slug).values:
            continue
        supposed = (
            (value, named(explainer.supposing([(criterion.slug, value.slug)])))
            for value in criterion.values
        )
        answers = tuple((value, row) for value, row in supposed if row is not None)
        if len({row.slug for _, row in answers}) > 1:
            return AnswerFork(criterion, answers)
    return None
