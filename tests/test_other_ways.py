"""The other ways beside an answer: three at most, in words, none that the answer names or the law forbids."""

from __future__ import annotations

import pytest

from first_screens import assessed
from montages.assessment.answer.alternatives import MOST
from montages.knowledge.logic import Verdict
from panel_cases import SLUGS


@pytest.mark.parametrize("name", SLUGS[::7])
def test_another_way_is_open_or_opens_by_a_choice_and_says_what_it_is_better_for(name: str) -> None:
    answer = assessed(name).answer
    assert len(answer.alternatives) <= MOST
    part = answer.rows[0].part.rows if answer.rows else ()
    rows = {row.shown.arrangement.slug: row.shown for row in part}
    named = {row.row.shown.arrangement.slug for row in answer.rows}
    for one in answer.alternatives:
        slug = one.arrangement.slug
        assert slug not in named
        assert one.better_if.fr
        assert one.better_if.en
        if one.changes:
            assert rows[slug].verdict is Verdict.CLOSED_BY_CHOICE
        assert not (one.changes and one.to_verify)
    if answer.names_none or not answer.rows:
        assert answer.alternatives == ()


def test_who_buys_through_a_channel_is_told_the_procedure_that_would_do_instead() -> None:
    (first, *_) = assessed("agglo-hypervisor-ugap").answer.alternatives
    assert first.arrangement.slug == "procedure-formalisee"


def test_a_purchase_above_the_exemption_may_be_made_at_a_purchasing_body() -> None:
    slugs = [
        one.arrangement.slug for one in assessed("town-street-cameras-upkeep").answer.alternatives
    ]
    assert "centrale-achat-grossiste" in slugs
    below = assessed("village-energy-meters-quote").answer.alternatives
    assert "centrale-achat-grossiste" not in [one.arrangement.slug for one in below]


def test_a_way_of_running_that_buys_by_the_same_contract_is_no_other_way() -> None:
    for name in ("village-meters", "town-lighting-works-two-lots"):
        assert "regie" not in [one.arrangement.slug for one in assessed(name).answer.alternatives]
