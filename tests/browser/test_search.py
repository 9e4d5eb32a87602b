"""The search and the navigation as people use them: by keyboard, without script, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow


def test_suggestions_are_chosen_by_arrows_opened_by_enter_and_closed_by_escape(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox", name="Rechercher")
    field.focus()
    field.press_sequentially("acheter des capteurs")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Évaluer ce projet")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "acheter des capteurs"
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projet?own-words=acheter+des+capteurs&**")


def test_enter_without_a_choice_asks_the_page_of_results(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Rechercher").first.fill("louer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=louer")
    expect(page.locator(".items a").first).to_have_text("Location ou abonnement")


def test_a_phone_without_script_searches_and_opens_the_menu(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address,
        java_script_enabled=False,
        locale="fr-FR",
        viewport={"width": 390, "height": 844},
    )
    page = context.new_page()
    page.goto("/id/contract/mpgp.html")
    header = page.locator("header.top").bounding_box()
    assert header is not None
    assert header["height"] < 125  # two lines
    links = page.locator("header.top nav a:visible")
    expect(links).to_have_count(0)
    page.get_by_text("Menu", exact=True).click()
    links.filter(has_text="Contrats").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Contrats")
    page.get_by_label("Rechercher").first.fill("acheter des capteurs")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Évaluer ce projet").click()
    assert "layers=objects&contract-object=supplies" in page.url
    context.close()
