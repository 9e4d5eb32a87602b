"""Reviews that no longer stand: the rule, or the version of an article that it cites, has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from montages.bilingual import message
from montages.knowledge.rule_review import rule_reviews
from montages.quality.checks.rules_report import Remark, remark


def lapsed_reviews() -> Iterator[Remark]:
    """Yield a warning for each review that has lapsed: it is told nowhere else."""
    for review in rule_reviews():
        if review.lapsed:
            text = message(
                "the review by {organisation} of {day} has lapsed: the rule, or an article that it cites, "
                "has changed since. Ask for another (montages rules review), or take {file} away.",
                organisation=review.organisation,
                day=review.day,
                file=review.path.name,
            )
            yield remark("lapsed-review", "warning", review.rule, text)
