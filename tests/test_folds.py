"""R34b: a preference that folds says what is lawful and hardly sensible."""

from __future__ import annotations

from datetime import date

import pytest

import kleene
from montages.knowledge.law import Preference
from montages.knowledge.logic import Answer
from montages.knowledge.periods import rules_at

RULES = rules_at(date(2026, 6, 1))


PREFERENCES = {r.slug: r for r in RULES.requirements if isinstance(r, Preference)}


def folds(slug: str, **answers: str) -> bool:
    stated = {
        name.replace("_", "-"): Answer(frozenset([value]), state="explicit")
        for name, value in answers.items()
    }
    return kleene.folds(PREFERENCES[slug], stated, RULES)


@pytest.mark.parametrize("slug", [slug for slug, r in PREFERENCES.items() if r.folds])
def test_without_an_answer_only_what_nobody_asked_for_is_folded(slug: str) -> None:
    assert folds(slug) is PREFERENCES[slug].folds_unstated


def test_a_stated_answer_that_violates_folds_and_one_that_meets_does_not() -> None:
    assert folds("concession-revenue", revenue="no")
    assert not folds("concession-revenue", revenue="yes")
    assert folds("partenariat-innovation-research-wanted", market_availability="available")
    assert not folds(
        "partenariat-innovation-research-wanted", market_availability="to-be-developed"
    )


def test_an_exception_that_is_stated_keeps_unfolded_and_an_unknown_one_does_not() -> None:
    assert folds("accord-cadre-recurrent-quantities", quantities="known")
    assert not folds(
        "accord-cadre-recurrent-quantities", quantities="known", execution="bons-de-commande"
    )
