"""Every kind of page, light and dark, narrow and wide, before axe-core and a keyboard (O3)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from served import AXE

from page_kinds import ALL

pytestmark = pytest.mark.slow
_GRAVE = ("serious", "critical")


def grave(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical, each with the first place it was seen."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']} ({v['impact']}) {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in _GRAVE
    ]


# Colours do not depend on the width, nor the layout on colours: two runs see all four.
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious_on_any_kind_of_page(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("No axe-core here. To run this test: npm ci")
    context = browser.new_context(
        base_url=address,
        locale="fr-FR",
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # axe-core is put in by the test, which no page would allow
    )
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    for kind, path in ALL.items():
        page.goto(path)
        if kind == "editor":
            page.wait_for_selector("#yasgui .CodeMirror, #plain textarea:not([hidden])")
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        if found := grave(page):
            faults[kind] = found
        wider = page.evaluate("document.documentElement.scrollWidth")
        if wider > width:
            faults[f"{kind} is wider than the screen"] = [str(wider)]
    context.close()
    assert faults == {}


def test_axe_finds_nothing_serious_in_an_assessment(browser: Browser, address: str) -> None:
    if not AXE.is_file():
        pytest.skip("No axe-core here. To run this test: npm ci")
    context = browser.new_context(base_url=address, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    page.goto("/")
    page.select_option("#example", "exemple-metropole")
    page.get_by_role("button", name="Évaluer cet exemple").click()
    page.wait_for_selector(".assessment h1")
    assert grave(page) == []
    context.close()


def test_a_keyboard_alone_goes_from_the_home_page_to_an_assessment(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.textContent.trim()") == "Évaluer cet exemple":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".assessment h1")
    assert "Projet exemple" in page.inner_text("h1")


def test_the_keyboard_gets_out_of_the_editor(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror, #plain textarea:not([hidden])")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "format":
            break
    assert page.evaluate("document.activeElement.id") == "format"
