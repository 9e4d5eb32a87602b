"""Every kind of page, light and dark, narrow and wide, before axe-core and a keyboard (O3)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from screen import fits, unfold_all

from page_kinds import ALL
from sampled_cases import proved_cases
from served import AXE, needs_axe

pytestmark = pytest.mark.slow
_GRAVE = ("serious", "critical")
# Text of a table under 0.85 rem (13.6 px), and what scrolls sideways without a name; none of the editor's.
_SMALL = """[...document.querySelectorAll('main :is(td, th), main :is(td, th) *')]
  .filter(it => !it.closest('#yasgui') && !it.closest('svg')
    && parseFloat(getComputedStyle(it).fontSize) < 13.6
    && [...it.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(it => it.outerHTML.slice(0, 120)).slice(0, 3)"""
_NAMELESS = """[...document.querySelectorAll('main *')]
  .filter(it => !it.closest('#yasgui') && !it.matches('textarea, input, select, .hidden')
    && ['auto', 'scroll'].includes(getComputedStyle(it).overflowX) && it.scrollWidth > it.clientWidth
    && !(it.hasAttribute('aria-label') || it.hasAttribute('aria-labelledby')))
  .map(it => it.outerHTML.slice(0, 120)).slice(0, 3)"""
# What a long list or table holds is alike: axe-core looks at its first 25 items.
_SHORTENED = """document.querySelectorAll('main *').forEach(it => {
  [...it.children].slice(25).forEach(child => child.remove())
})"""


def grave(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical, each with the first place it was seen."""
    if page.evaluate("typeof axe") == "undefined":
        page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']} ({v['impact']}) {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary']}"
        for v in found["violations"]
        if v["impact"] in _GRAVE
    ]


# Colours do not depend on the width, nor the layout on colours: two runs see all four. A quarter of
# the pages is read so each time; the rest in the soak.
@needs_axe
@pytest.mark.slow(seconds=25)
@pytest.mark.parametrize(
    ("scheme", "width", "quarter"),
    proved_cases(((*look, n) for n in range(4) for look in (("dark", 390), ("light", 1280))), 2),
)
def test_axe_finds_nothing_serious_on_any_kind_of_page(
    browser: Browser, address: str, scheme: str, width: int, quarter: int
) -> None:
    context = browser.new_context(
        base_url=address,
        locale="fr-FR",
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # axe-core is put in by the test, which no page would allow
    )
    page = context.new_page()
    faults: dict[str, list[str]] = {}
    context.add_init_script(path=AXE)
    for kind, path in list(ALL.items())[quarter::4]:
        page.goto(path)
        if kind == "editor":
            page.wait_for_selector("#yasgui .CodeMirror, #plain textarea:not([hidden])")
        unfold_all(page)
        if small := page.evaluate(_SMALL):
            faults[f"{kind} has small text in a table"] = small
        if nameless := page.evaluate(_NAMELESS):
            faults[f"{kind} scrolls in a place without a name"] = nameless
        fits(page)
        page.evaluate(_SHORTENED)
        if found := grave(page):
            faults[kind] = found
    context.close()
    assert faults == {}


@needs_axe
def test_axe_finds_nothing_serious_in_an_assessment(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, locale="fr-FR", bypass_csp=True)
    page = context.new_page()
    page.goto("/try")
    page.select_option("#example", "exemple-metropole")
    page.get_by_role("button", name="Évaluer cet exemple").click()
    page.wait_for_selector(".assessment h1")
    assert grave(page) == []
    context.close()


def test_a_keyboard_alone_goes_from_the_home_page_to_an_answer(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.id") == "sentence":
            break
    page.keyboard.type("Commune, 20 compteurs d'énergie, 11 500 €")
    page.keyboard.press("Enter")
    page.wait_for_selector("#result")
    assert "Sans publicité" in page.inner_text("#result")


def test_the_keyboard_gets_out_of_the_editor(page: Page) -> None:
    page.goto("/sparql")
    page.wait_for_selector("#yasgui .CodeMirror, #plain textarea:not([hidden])")
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "format":
            break
    assert page.evaluate("document.activeElement.id") == "format"
