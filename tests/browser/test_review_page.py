"""The fields of a review write its file; what they write is what the shapes take."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from rdflib import Graph

from montages.quality.checks.own_data import findings_in

pytestmark = pytest.mark.slow

RULE = "mpgp-performance-commitments"


def test_the_fields_of_a_review_write_its_file(page: Page) -> None:
    page.goto(f"/review/{RULE}")
    file, save = page.locator("#review-file"), page.locator("#review-save")
    assert "mtg:OPINION" in file.input_value()
    page.get_by_label("fausse :").check()
    page.get_by_label("Remarque").fill('Un article "remplacé" :\nvoir le suivant.')
    page.get_by_label("Organisme (").fill("Fédération d'essai")
    page.get_by_label("Jour").fill("2026-12-01")
    expect(save).to_have_attribute("download", f"{RULE}-federation-d-essai-2026-12-01.ttl")
    text = file.input_value()
    assert not {"OPINION", "REMARK", "ORGANISATION", "DAY"} & set(
        text.split("@prefix", 1)[1].split()
    )
    assert findings_in(Graph().parse(data=text)) == ()
    assert "mtg:WrongRule" in text.partition("mtg:opinion")[2].splitlines()[0]
    with page.expect_download() as started:
        save.click()
    assert started.value.path().read_text(encoding="utf-8") == text


def test_a_right_rule_needs_no_remark(page: Page) -> None:
    page.goto(f"/review/{RULE}?lang=en")
    page.get_by_label("right: it says").check()
    page.get_by_label("Organisation (").fill("A test body")
    page.get_by_label("Day", exact=True).fill("2026-12-01")
    text = page.locator("#review-file").input_value()
    assert "mtg:remark" not in text
    assert findings_in(Graph().parse(data=text)) == ()
