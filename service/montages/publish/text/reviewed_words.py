"""Who has reviewed a rule, in words."""

from __future__ import annotations

from montages.bilingual import message
from montages.knowledge.law import Requirement
from montages.knowledge.rule_review import RuleReview, reviews_of
from montages.publish.text.typography import day, semicolon

_NOT_REVIEWED = message("not reviewed by an outside organisation")


def reviewed_text(version: Requirement, lang: str) -> str:
    """Return who has reviewed a version of a rule, when, and what each said: `relue par X le D : juste`."""
    opinions = [_opinion(review, lang) for review in reviews_of(version.version)]
    return semicolon(lang).join(opinions) if opinions else _NOT_REVIEWED[lang]


def _opinion(review: RuleReview, lang: str) -> str:
    return message(
        "reviewed by {organisation} on {day}: {opinion}",
        organisation=review.organisation,
        day=day(review.day, lang),
        opinion=review.opinion_words,
    )[lang]
