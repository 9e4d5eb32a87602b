"""R37b: a duty is due, perhaps due or done, and perhaps due only where that tells something."""

from __future__ import annotations

import json

import pytest

from montages import load
from montages.description.parsing import parse

PURCHASE = {"contract-object": "supplies", "estimated-value": 20000}
COMMUNE = {"type": "Commune"}


def states(contract: str, holder: object = COMMUNE, **answers: object) -> dict[str, str]:
    tree = {"project": "Achat", "holder": holder, "answers": PURCHASE | answers}
    assessment = load().assess(parse.parse(json.dumps(tree), "json"))
    result = next(r for r in assessment.conclusions.verdicts if r.arrangement.slug == contract)
    return {duty.requirement.slug: duty.state.value for duty in result.duties}


def test_a_purchase_in_one_go_owes_nothing_for_orders_nor_lots_where_it_needs_no_competition() -> (
    None
):
    assert states("marche-fournitures") == {
        "marche-public-authority-to-sign-commune": "due",
        "marche-hors-partenariat-environment-clause": "due",
    }


def test_a_way_of_carrying_out_that_nobody_stated_is_the_ordinary_one() -> None:
    assert "marche-global-orders-maximum" not in states("mpgp")
    assert states("mpgp", execution="mixed")["marche-global-orders-maximum"] == "due"


@pytest.mark.parametrize(
    ("lots", "due"),
    [("separable", "marche-simple-lots"), ("inseparable", "marche-simple-lots-reasons")],
)
def test_of_two_duties_that_exclude_each_other_the_answer_chooses(lots: str, due: str) -> None:
    owed = states("marche-fournitures", lots=lots, **{"estimated-value": 90000})
    assert {name: state for name, state in owed.items() if "lots" in name} == {due: "due"}


def test_a_long_part_by_orders_is_limited_once_whoever_the_buyer_may_be() -> None:
    answers = {"execution": "mixed", "duration-months": 120, "contract-object": "works"}
    limited = [name for name in states("mpgp", **answers) if "orders-part" in name]
    assert limited == ["marche-global-orders-part-authority"]


@pytest.mark.parametrize(
    ("holder", "variant", "article"),
    [
        ("Commune", "-commune", "cgct-l2122-22"),
        ("Departement", "-departement", "cgct-l3221-11"),
        ("Region", "-region", "cgct-l4231-8"),
        ("Metropole", "-intercommunal", "cgct-l5211-10"),
        ("EnergySyndicate", "-syndicate", "cgct-l5211-10"),
        ("RegieLocale", "-own-rules", "cgct-executive-delegation"),
        (None, "", "cgct-executive-delegation"),
    ],
)
def test_who_may_sign_by_delegation_is_told_once_by_the_article_of_who_buys(
    holder: str | None, variant: str, article: str
) -> None:
    owed = states("marche-fournitures", {"type": holder} if holder else {})
    name = f"marche-public-authority-to-sign{variant}"
    assert {key: state for key, state in owed.items() if "authority-to-sign" in key} == {
        name: "due"
    }
    rules = load().rules()
    duty = next(r for r in rules.effective("marche-public") if r.slug == name)
    assert [source.slug for source in duty.sources] == [article]


@pytest.mark.parametrize(("held", "due"), [("transferred", True), ("yes", False)])
def test_who_transferred_the_competence_has_its_contribution_voted(held: str, due: bool) -> None:
    owed = states("adhesion", **{"competence-held": held, "body-offers-it": "yes-member"})
    assert (owed.get("adhesion-contribution-vote") == "due") == due
