"""The months that usually pass from the decision to the signature, by what is named: practice, not law."""

import pytest

from first_screens import assessed

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
