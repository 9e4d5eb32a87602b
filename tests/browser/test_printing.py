"""The two papers of a project in a real browser: for every reader, on a phone, and printed (O3)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from screen import fits
from test_accessible import grave

from montages.guests import guests
from served import needs_axe

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not guests().project_pages, reason="no guest writes papers here"),
]
_PROJECT = (
    "holder=metropole&usages=street-lighting,traffic&layers=objects:own,iot-network:own"
    "&contract-object=mixed&main-object=works&estimated-value=80000000&duration-months=144"
    "&performance-commitments=yes&operation-included=yes&realisation-included=yes"
)


@pytest.mark.parametrize(("path", "pages"), [("/projet/maire", 1), ("/projet/note", 4)])
def test_a_paper_is_read_by_all_fits_a_phone_and_prints_on_its_pages(
    browser: Browser, address: str, path: str, pages: int
) -> None:
    context = browser.new_context(
        base_url=address, locale="fr-FR", viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    for _ in range(2):  # the second time from what the browser has kept
        page.goto(f"{path}?{_PROJECT}")
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert background == "rgb(228, 233, 232)"
    fits(page)
    printed = page.pdf(prefer_css_page_size=True)
    context.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= pages


@needs_axe
@pytest.mark.parametrize("path", ["/projet/maire", "/projet/note"])
def test_axe_finds_nothing_serious_on_a_paper(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{path}?{_PROJECT}")
    faults = grave(page)
    context.close()
    assert faults == []
