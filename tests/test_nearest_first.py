"""R20, R34, R36: what no answer speaks of comes behind a contract that is open, or that a choice reopens."""

from __future__ import annotations

import pytest

from montages import Assessment, load
from panel_cases import panel_case

# A case of the panel, and what the sentence says first.
NEAREST = {
    "concession-not-amortised": "délégation de service public (DSP), à condition de conclure pour au plus",
    "leased-columns-transfer": "marché de travaux, à condition de payer l'investissement",
    "partnership-below-floor": "marché de services, à condition de payer l'investissement",
    "framework-72-months": "accord-cadre à bons de commande, à condition de conclure pour au plus 48 mois",
    "metropole-works-design-no-kpi": "marché de travaux, à condition de passer à part un marché de "
    "maîtrise d'œuvre (à part, par marché de services).",
    "cc-video-protection": "marché de fournitures, à condition de faire regarder les images par des "
    "agents publics",
}


def assessed(slug: str) -> Assessment:
    case = panel_case(slug)
    return load().assess({"project": slug, **case.tree}, as_of=case.as_of)


@pytest.mark.parametrize("slug", sorted(NEAREST))
def test_the_sentence_says_which_choice_reopens_a_contract_before_another_way(slug: str) -> None:
    answer = assessed(slug).answer
    assert answer.first is None
    assert NEAREST[slug] in answer.sentence.fr
    assert answer.sentence.en.startswith(("No, not like this.", "Nothing is open", "No: "))


def test_the_rule_that_closes_most_contracts_is_told_before_what_reopens_one() -> None:
    sentence = assessed("village-lighting-paid-by-rents").answer.sentence.fr
    assert sentence.startswith("Non, pas ainsi. Vous ne pouvez pas faire préfinancer")
    assert sentence.index("loyers.") < sentence.index("Le plus proche")


def test_what_is_lawful_and_hardly_sensible_is_not_named_beside_the_nearest() -> None:
    answer = assessed("framework-72-months").answer
    assert answer.nearest is not None
    assert answer.nearest.row.contract == "accord-cadre-bons-de-commande"
    assert "concession" not in answer.sentence.fr
    assert answer.to_json("fr")["nearest"]["contract"] == "accord-cadre-bons-de-commande"


def test_a_row_is_named_after_the_kind_that_the_answers_state_where_it_is_open() -> None:
    answer = load().assess("data/examples/deux-perimetres.yaml", as_of="2026-06-01").answer
    assert answer.first is not None
    assert answer.first.slug == "concession"
    assert answer.first.shown.arrangement.slug == "dsp"


def test_membership_cooperation_and_in_house_come_first_where_an_answer_speaks_of_them() -> None:
    for slug, contract in (
        ("run-by-the-syndicate", "adhesion"),
        ("cooperation-two-departements", "cooperation"),
        ("commune-and-its-spl", "quasi-regie"),
    ):
        first = assessed(slug).answer.first
        assert first is not None
        assert first.slug == contract


def test_they_rank_behind_purchases_that_are_open_where_no_answer_does() -> None:
    rows = [row.slug for row in assessed("bus-information-entity").rows]
    others = {"adhesion", "cooperation", "quasi-regie", "regie"}
    places = {slug: rows.index(slug) for slug in others}
    assert min(places.values()) > rows.index("marche-simple")


def test_before_the_first_rule_the_answer_says_when_our_rules_begin() -> None:
    answer = load().assess({"project": "x"}, as_of="2015-01-01").answer
    assert answer.sentence.fr.startswith("Nos règles commencent le 1er avril 2019")
    assert answer.sentence.en.startswith("Our rules begin on 1 April 2019")
