"""The officer's page in a real browser: with script and without, by keyboard alone, on a phone (O3)."""

from __future__ import annotations

import pytest
from journeys import JOURNEYS, WIDTH, Officer, opened
from playwright.sync_api import Browser, Page, expect
from test_accessible import grave

from served import needs_axe

pytestmark = pytest.mark.slow


@needs_axe
@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.soak)])
def test_axe_finds_nothing_serious_at_any_step(browser: Browser, address: str, scheme: str) -> None:
    context = opened(browser, address, width=WIDTH, scheme=scheme)
    page = context.new_page()
    officer = Officer(page, JOURNEYS["metropolis"]["answers"])
    officer.start(JOURNEYS["metropolis"]["fr"])
    faults: dict[str, list[str]] = {}
    while True:
        page.evaluate("document.querySelectorAll('main details').forEach(it => { it.open = true })")
        if found := grave(page):
            faults[page.url] = found
        if not officer.answer():
            break
    assert faults == {}
    context.close()


def test_the_focus_is_at_the_question_at_each_step_and_in_the_field_at_fault(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own")
    page.locator("#ask form button[type=submit]").first.click()
    expect(page.locator("#error")).to_be_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    page.locator("#ask input[type=radio]").first.check()
    page.locator("#ask form button[type=submit]").first.click()
    page.wait_for_url("**before=**")
    assert page.evaluate("document.activeElement.id || document.activeElement.tagName") in (
        "question",
        "BODY",
    )


def test_a_keyboard_alone_answers_a_question(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**before=**")


def test_going_back_and_another_language_lose_nothing(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own")
    asked = page.locator("h1").inner_text()
    page.locator("#ask input[type=radio]").first.check()
    page.locator("#ask form button[type=submit]").first.click()
    page.wait_for_url("**before=**")
    page.go_back()
    expect(page.locator("h1")).to_have_text(asked)
    page.go_forward()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "holder=commune&usages=roads&layers=objects:own" in page.url
    assert "contract-object=works" in page.url


def test_an_answer_is_changed_from_the_result_and_lands_on_it(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own&estimated-value=20000")
    page.get_by_role("heading", name="Vos réponses").click()
    page.locator("#answers a", has_text="modifier").last.click()
    page.locator("input.amount").fill("90 000 000")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**estimated-value=90000000**")
    expect(page.locator("#result")).to_be_visible()


def test_projects_are_kept_by_name_in_this_browser_only(page: Page) -> None:
    """Several stand side by side; who comes back with nothing answered finds them open."""
    for name, value in (("Voirie", "?"), ("Parkings", "separable")):
        page.goto(f"/projet?holder=commune&usages=roads&layers=objects:own&lots={value}")
        page.locator("#keep summary").click()
        page.fill("#project-name", name)
        page.get_by_role("button", name="Garder ici").click()
    page.goto("/projet")
    expect(page.get_by_role("link", name="Parkings", exact=True)).to_be_visible()
    page.get_by_role("link", name="Voirie", exact=True).click()
    page.wait_for_url("**lots=?**")
    page.locator("#keep summary").click()
    page.get_by_role("button", name="effacer Voirie").click()
    expect(page.get_by_role("link", name="Voirie", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Parkings", exact=True)).to_have_count(1)


def test_a_project_is_kept_under_the_name_that_it_was_given(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own&ask=project")
    page.get_by_label("Nom du projet").fill("Capteurs de la mairie")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**project=Capteurs+de+la+mairie**")
    page.locator("#keep summary").click()
    expect(page.locator("#project-name")).to_have_value("Capteurs de la mairie")


def test_a_source_read_on_the_way_loses_nothing(page: Page) -> None:
    page.goto("/projet?holder=commune&usages=roads&layers=objects:own&estimated-value=20000")
    before = page.locator("#tool").inner_text()
    page.locator("#ask details summary").click()
    page.get_by_role("link", name="Tout sur cette question").click()
    page.wait_for_url("**/id/criterion/**")
    page.go_back()
    assert page.locator("#tool").inner_text().split()[:80] == before.split()[:80]
    assert "estimated-value=20000" in page.url
