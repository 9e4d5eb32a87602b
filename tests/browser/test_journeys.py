"""Three officers go from the home page to a page to print, in few answers, whatever they go by (O3)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from journeys import JOURNEYS, TALLEST, TALLEST_ASKING, WIDTH, Officer, opened
from playwright.sync_api import Browser
from screen import fits

from montages.api import load
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.to_keys import to_keys
from panel_cases import SLUGS

pytestmark = pytest.mark.slow

# Each way of going in each language: in `make prove` each officer goes one way, the others in `make soak`.
_WAYS = [
    pytest.param(
        name, lang, way, marks=[] if (n + k + m) % 3 == 0 and n % 2 == k else pytest.mark.soak
    )
    for n, name in enumerate(JOURNEYS)
    for k, lang in enumerate(("fr", "en"))
    for m, way in enumerate(("mouse", "no script", "keyboard"))
]


def query_of_case(slug: str) -> str:
    """Return the parameters by which the tool opens a case of the panel."""
    description = load().read(f"panel/{slug}")
    return address_query(ProjectAddress(to_keys(description.graph, description.project)))


@pytest.mark.parametrize(("name", "lang", "way"), _WAYS)
def test_an_officer_goes_from_home_to_a_page_to_print_and_the_link_shows_the_same_elsewhere(
    browser: Browser, address: str, name: str, lang: str, way: str
) -> None:
    journey = JOURNEYS[name]
    context = opened(browser, address, script=way != "no script", lang=lang)
    officer = Officer(context.new_page(), journey["answers"], lang, keyboard=way == "keyboard")
    officer.go_to_result(journey[lang], journey["most"])
    assert officer.has_result
    link, shown = officer.page.url, officer.page.locator("#result").inner_text()
    print(f"{name}, {lang}, {way}: {len(officer.given)} answers,", end=" ")
    print(f"{officer.fields} fields, {officer.clicks} clicks")
    assert len(officer.given) <= journey["most"]
    fresh = opened(browser, address, script=False, lang=lang)
    again = fresh.new_page()
    again.goto(link)
    assert again.locator("#result").inner_text() == shown
    fresh.close()
    officer.print_a_page()
    fits(officer.page)
    assert officer.page.locator("h1").count() == 1
    context.close()


# Every case of the panel; four of them in `make prove`, all of them in `make soak`.
_SAMPLES = [
    pytest.param(SLUGS[::30], id="a few cases", marks=pytest.mark.slow(seconds=30)),
    pytest.param(SLUGS, id="all cases", marks=pytest.mark.soak),
]


@pytest.mark.parametrize("cases", _SAMPLES)
def test_on_a_phone_the_result_of_a_case_of_the_panel_is_seven_screens_tall(
    browser: Browser, address: str, cases: Sequence[str]
) -> None:
    context = opened(browser, address, width=WIDTH)
    page = context.new_page()
    tall = {}
    for case in cases:
        page.goto(f"/projet?{query_of_case(case)}&view=result")
        fits(page)
        tall[case] = page.evaluate("document.documentElement.scrollHeight")
    context.close()
    print(sorted(tall.items(), key=lambda pair: -pair[1])[:5])
    longest = {case: height for case, height in tall.items() if height > TALLEST}
    assert longest == {}


@pytest.mark.parametrize("name", JOURNEYS)
def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_result_is_seven_screens_tall(
    browser: Browser, address: str, name: str
) -> None:
    context = opened(browser, address, width=WIDTH)
    officer = Officer(context.new_page(), JOURNEYS[name]["answers"])
    officer.start(JOURNEYS[name]["fr"])
    asking = []
    while True:
        fits(officer.page)
        tall = officer.page.evaluate("document.documentElement.scrollHeight")
        asking.append(tall)
        if not officer.answer():
            break
    assert max(asking[:-1]) <= TALLEST_ASKING  # the last is the result
    print(f"{name}: {tall} px")
    assert tall <= TALLEST
    context.close()
