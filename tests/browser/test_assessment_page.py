"""R40 in a browser: the answer within the first 900 pixels, on paper a few pages, the detail folded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser
from screen import fits

from first_screens import CASES, SHIPPED, assessed
from montages.publish import assessment_page

pytestmark = pytest.mark.slow
SCREEN, PAGES = 900, 4


@pytest.mark.parametrize("width", [390, 1280])
def test_the_answer_and_what_to_do_next_stand_in_the_first_screen(
    browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": SCREEN})
    page = context.new_page()
    for name in (*SHIPPED, *CASES):
        page.set_content(assessment_page.page([assessed(name)], "fr"))
        fits(page)
        for selector in (".answer", ".next dt", ".next dd"):
            box = page.locator(selector).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < SCREEN, (name, selector)
        assert page.locator("details[open]").count() == 0
    context.close()


def test_a_brief_result_prints_on_a_few_pages_and_a_full_one_in_full(browser: Browser) -> None:
    page = browser.new_page()

    def printed(name: str, detail: str | None) -> int:
        page.set_content(assessment_page.page([assessed(name)], "fr", detail))
        return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))

    assert max(printed(name, None) for name in (*SHIPPED, *CASES)) <= PAGES
    assert printed("village-meters", "full") > 5 * PAGES
    page.close()
