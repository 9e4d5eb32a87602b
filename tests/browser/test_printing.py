"""The result of a project and its two papers: for every reader, on a phone, and printed (O3)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from screen import fits
from test_accessible import grave

from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs, query_of
from montages.description.parsing.parse import panel_description
from montages.description.to_keys import to_keys
from montages.guests import guests
from panel_cases import panel_case
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


@pytest.mark.parametrize(
    "case",
    ["town-lighting-works-two-lots", "town-parking-dsp-28000", "cc-lorawan-sold-to-campsites"],
)
def test_the_result_prints_on_one_page_without_a_control(
    browser: Browser, address: str, case: str
) -> None:
    description = panel_description(panel_case(case))
    tree = to_keys(description.graph, description.project)
    query = query_of(address_pairs(ProjectAddress(tree)))
    context = browser.new_context(base_url=address, locale="fr-FR")
    page = context.new_page()
    page.goto(f"/projet?{query}&view=result")
    printed = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")
    controls = page.locator("main :is(button, input, select, summary, .views a, .papers a)")
    seen = [control for control in controls.all() if control.is_visible()]
    headline = page.locator("h1").inner_text()
    context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert seen == []
    assert headline.startswith(("Vous pouvez", "Vous pourrez", "Non, pas ainsi", "Non, pas encore"))


@pytest.mark.parametrize(("path", "pages"), [("/projet/maire", 1), ("/projet/note", 3)])
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
