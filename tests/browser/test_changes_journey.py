"""What would change the answer, and a variant beside a project, in a real browser (R21, O3)."""

from __future__ import annotations

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
def test_an_officer_applies_a_change_compares_it_and_keeps_one_of_the_two(
    browser: Browser, address: str, script: bool
) -> None:
    context = opened(browser, address, script=script, width=WIDTH)
    page = context.new_page()
    page.goto(PROJECT)
    title = page.locator("h1")
    page.get_by_text("Pour aller plus loin").click()
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
    changed.get_by_role("link", name="Voir ce que cela change").click()
    expect(title).to_have_text("Essayer une variante")
    expect(page.locator(".fork-moves")).to_contain_text("Marché public global de performance")
    expect(page.locator(".fork-moves")).to_contain_text("R2171-2")
    page.get_by_text("D'autres choix, pas encore faits").click()
    page.get_by_label("Risque de l'entreprise si les usagers ne viennent pas").select_option("real")
    page.get_by_role("button", name="Voir ce que cela change").click()
    page.wait_for_url("**was.exploitation-risk=**")
    expect(
        page.locator(
            ".entry.changed", has_text="Risque de l'entreprise si les usagers ne viennent pas"
        )
    ).to_be_visible()
    if script:
        is_usable(page)
    page.get_by_role("link", name="Garder votre projet").click()
    expect(page.locator("h1#result-title")).to_be_visible()
    assert "remuneration=price&" in page.url
    assert "was." not in page.url
    context.close()
