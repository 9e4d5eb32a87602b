"""The months that usually pass from the decision to the signature, by what is named: practice, not law."""

from datetime import date

import pytest

from first_screens import assessed
from montages import load
from montages.description.dates import months_before
from panel_cases import SLUGS, panel_case

WAYS = {
    "village-meters": ("procedure-sans-publicite", (0.5, 1)),
    "bins-after-environment": ("procedure-adaptee", (2, 4)),
    "services-threshold-216k": ("procedure-formalisee", (5, 6)),
    "new-school-mpgp-6m": ("mpgp", (7, 9)),
    "sewerage-concession-25y": ("dsp", (14, 18)),
    "partnership-lighting-18m": ("marche-de-partenariat", (18, 24)),
    "agglo-spl-remote-control": ("quasi-regie", (2, 4)),
    "agglo-hypervisor-ugap": ("centrale-achat-grossiste", (1, 2)),
}


@pytest.mark.parametrize("name", WAYS)
def test_a_channel_or_the_longer_of_contract_and_procedure_says_the_months(name: str) -> None:
    calendar = assessed(name).answer.calendar
    assert calendar is not None
    assert (calendar.of.slug, (calendar.least, calendar.most)) == WAYS[name]


def test_the_days_that_the_law_sets_go_with_them() -> None:
    calendar = assessed("services-threshold-216k").answer.calendar
    assert calendar is not None
    assert [(step["duty"], step["days"]) for step in calendar.to_json("fr")["steps"]] == [
        ("procedure-formalisee-time", 30),
        ("procedures-formalisees-standstill", 11),
    ]


WANTED = {
    "2027-12-01": "décidez entre le 1er juin 2027 et le 1er juillet 2027",
    "2027-05": "décidez dès maintenant, avant le 31 décembre 2026",
    "2027-02-01": "Le 1er février 2027 est trop proche : comptez 5 à 6 mois",
}


@pytest.mark.parametrize("wanted", WANTED)
def test_a_day_wanted_gives_the_days_to_decide_in(wanted: str) -> None:
    tree = {"project": "x", **panel_case("services-threshold-216k").tree, "wanted-by": wanted}
    calendar = load().assess(tree, as_of=date(2026, 12, 15)).answer.calendar
    assert calendar is not None
    assert WANTED[wanted] in calendar.sentence.fr


@pytest.mark.slow
@pytest.mark.parametrize("name", SLUGS)
def test_no_day_is_told_where_none_is_wanted(name: str) -> None:
    calendar = assessed(name).answer.calendar
    assert calendar is None or (calendar.decide is None and "20" not in calendar.sentence.fr)


def test_a_month_before_the_end_of_a_month_is_its_last_day() -> None:
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 0.5) == date(2026, 12, 31)
