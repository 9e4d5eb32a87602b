"""Whole set-ups and contracts side by side in a browser: on a phone, in the dark, without script (O3)."""

from __future__ import annotations

import pytest
from journeys import HEIGHT, WIDTH, opened
from playwright.sync_api import Browser, expect
from screen import fits, unfold_all
from test_accessible import grave

from served import needs_axe

pytestmark = pytest.mark.slow
PROJECT = (
    "/projet?holder=metropole&usages=street-lighting,traffic&perimeters=nord,sud"
    "&layers=objects:delegated@nord,objects:own@sud,iot-network@nord,iot-network@sud"
)
VIEWS = ("compositions", "compare", "compare&same=1")


@needs_axe
@pytest.mark.parametrize(
    ("scheme", "width", "lang"),
    [("light", 1280, "fr"), ("dark", WIDTH, "fr"), ("light", WIDTH, "en")],
)
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_page(
    browser: Browser, address: str, scheme: str, width: int, lang: str
) -> None:
    context = opened(browser, address, width=width, scheme=scheme)
    page = context.new_page()
    for view in VIEWS:
        page.goto(f"{PROJECT}&view={view}&lang={lang}")
        unfold_all(page)
        fits(page)
        assert grave(page) == [], view
    context.close()


def test_words_stay_in_the_picture_and_are_large_enough_to_read_on_a_phone(
    browser: Browser, address: str
) -> None:
    context = opened(browser, address, width=WIDTH)
    page = context.new_page()
    page.goto(f"{PROJECT}&view=compositions")
    pictures = page.locator("svg.set-up")
    assert pictures.count() > 1
    for picture in pictures.all():
        box = picture.bounding_box()
        assert box is not None
        assert box["height"] < HEIGHT
        for words in picture.locator("text").all():
            place = words.bounding_box()
            assert place is not None
            assert place["x"] >= box["x"] - 1
            assert place["x"] + place["width"] <= box["x"] + box["width"] + 1
    drawn = "(it) => parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a"
    assert min(it.evaluate(drawn) for it in pictures.first.locator("text").all()) >= 11.5
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_contracts_are_chosen_by_boxes(browser: Browser, address: str, script: bool) -> None:
    context = opened(browser, address, script=script)
    page = context.new_page()
    page.goto(f"{PROJECT}&view=result")
    page.get_by_role("link", name="Comparer des contrats").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comparer des contrats")
    page.get_by_text("Choisir les contrats à comparer").click()
    chosen = page.locator("input[name=about]:checked")
    while chosen.count():
        chosen.first.uncheck()
    for slug in ("mpgp", "dsp"):
        page.locator(f"#about-{slug}").check()
    page.get_by_role("button", name="Comparer").click()
    page.wait_for_url("**about=**")
    heads = page.locator("table.compared:not(.in-words)").first.locator("thead th")
    expect(heads).to_have_count(3)
    assert "perimeters=nord,sud" in page.url
    context.close()
