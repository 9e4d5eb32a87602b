"""What would change the answer, applied and taken back, in a real browser (R21, O3)."""

from __future__ import annotations

import re

import pytest
from journeys import WIDTH, opened
from playwright.sync_api import Browser, Page, expect
from screen import fits, unfold, unfold_all
from test_accessible import grave

from served import AXE

pytestmark = pytest.mark.slow

PROJECT = (
    "/projet?holder=commune&usages=street-lighting&layers=objects:own&remuneration=price"
    "&competence-held=yes&contract-object=supplies&public-service-object=no&estimated-value=20000"
    "&view=result"
)


def is_usable(page: Page) -> None:
    """Hold that nothing is wider than the screen, nor seriously hard to use, all unfolded."""
    unfold_all(page)
    fits(page)
    if AXE.is_file():
        assert grave(page) == [], page.url


@pytest.mark.parametrize("script", [True, False])
def test_an_officer_applies_a_change_and_goes_back_to_the_project(
    browser: Browser, address: str, script: bool
) -> None:
    context = opened(browser, address, script=script, width=WIDTH)
    page = context.new_page()
    page.goto(PROJECT)
    title = page.locator("h1")
    page.get_by_role("link", name="Ce qui changerait la réponse", exact=True).click()
    expect(title).to_have_text("Ce qui changerait la réponse")
    if script:
        is_usable(page)
        page.reload()
    # A small purchase makes a global contract hardly sensible: it is folded.
    unfold(page, "details.group")
    page.locator(".what-if a[href*='performance']").first.click()
    expect(page.locator("h1#result-title")).to_be_visible()
    changed = page.locator(".note", has_text="vous répondez")
    expect(changed).to_contain_text("prix lié aux résultats")
    if script:
        is_usable(page)
    changed.get_by_role("link", name="Revenir à votre projet").click()
    expect(page).to_have_url(re.compile("[?&]remuneration=price&"))
    expect(page.locator("h1#result-title")).to_be_visible()
    assert "was." not in page.url
    context.close()
