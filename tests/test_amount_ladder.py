"""R37: where no amount is stated, the answer says which procedure is enough up to which amount."""

from __future__ import annotations

from typing import Any

import pytest

from montages import load

DAY = "2026-06-01"
_SUPPLIES = {"contract-object": "supplies", "main-object": "supplies", "network-activity": "none"}


def said(answers: dict[str, Any], lang: str = "fr", as_of: str = DAY) -> str:
    tree = {"holder": {"type": "Commune"}, "usages": ["lighting"], "answers": answers}
    return load("fast").assess({"project": "x", **tree}, as_of=as_of).answer.opening[lang]


def test_each_procedure_is_told_with_how_far_it_is_enough() -> None:
    assert (
        "Selon le montant : sans publicité ni mise en concurrence sous 60\u202f000 € HT, par une "
        "procédure adaptée sous 216\u202f000 € HT, par appel d'offres ouvert au-delà."
        in said(_SUPPLIES)
    )


def test_the_amounts_are_those_of_the_day() -> None:
    assert "sous 221\u202f000 € HT" in said(_SUPPLIES, as_of="2025-06-01")


def test_what_makes_a_light_procedure_enough_above_is_told_too() -> None:
    answers = {"network-activity": "none"}
    assert "au-delà (sauf si les travaux font plus de la moitié du montant)" in said(answers)
    assert "beyond (unless works make up more than half of the amount)" in said(answers, "en")


@pytest.mark.parametrize("amount", [20_000, 100_000, 5_000_000])
def test_an_amount_that_is_stated_leaves_one_procedure(amount: int) -> None:
    assert "elon le montant" not in said({**_SUPPLIES, "estimated-value": amount})


def test_amounts_for_which_the_contract_is_hardly_sensible_are_left_out() -> None:
    elements = ("realisation-included", "operation-included", "performance-commitments")
    asked = dict.fromkeys(elements, "yes") | {"remuneration": "price-tied-to-results"}
    headline = said({**asked, "competence-held": "yes"})
    assert "marché public global de performance" in headline
    assert "sans publicité" not in headline


@pytest.mark.parametrize(
    ("yearly", "passed"),
    [
        (12_000, []),
        (60_000, ["sans publicité"]),
        (1_800_000, ["sans publicité", "procédure adaptée"]),
    ],
)
def test_a_procedure_that_one_year_already_passes_is_no_longer_told(
    yearly: int, passed: list[str]
) -> None:
    headline = said({**_SUPPLIES, "yearly-value": yearly})
    procedures = ["sans publicité", "procédure adaptée", "appel d'offres ouvert"]
    assert [one for one in procedures if one not in headline] == passed
