"""How wide a page is drawn, once it is drawn: a page that was just changed in part settles first."""

from __future__ import annotations

from playwright.sync_api import Page, TimeoutError, expect

_LONGEST = 50_000  # ms until a page has settled, on a slow machine
_FITS = "most => document.documentElement.scrollWidth <= most"
_WIDE = """most => [...document.querySelectorAll('body *')]
  .filter(it => it.getBoundingClientRect().right > most)
  .map(it => `${it.tagName}#${it.id}.${it.className} ${it.getBoundingClientRect().right}`).slice(-8)"""


def fits(page: Page) -> None:
    """Hold that a page is no wider than the screen; say what is, where it stays so."""
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    try:
        page.wait_for_function(_FITS, arg=width, timeout=_LONGEST)
    except TimeoutError:
        raise AssertionError(
            f"{page.url} is wider than {width}: {page.evaluate(_WIDE, width)}"
        ) from None


def unfold(page: Page, place: str) -> None:
    """Open what is folded at a place, as a reader does who sees it closed."""
    details = page.locator(place)
    expect(details).to_be_visible()
    if details.get_attribute("open") is None:
        details.locator("> summary").click()
    expect(details).to_have_attribute("open", "")


def unfold_all(page: Page) -> None:
    """Open all that a page folds."""
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
