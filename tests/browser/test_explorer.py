"""D5: the explorer gives the verdicts of the service, from a file, with no server to ask."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser

from montages.publish.verdicts.verdict_cases import verdict_cases
from montages.publish.verdicts.verdict_file import verdict_file
from montages.web.pages.page_context import STATIC
from served_application import served_application

DRAWN = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def saved(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page as a file, as whoever takes it along has it."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    with urlopen(f"{address}/explorer?lang=en") as answer:  # noqa: S310 — our own server
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        path.write_bytes(answer.read())
    return path


def test_the_verdicts_of_the_page_are_those_of_the_service_on_drawn_states(
    browser: Browser, saved: Path
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    file = json.loads(page.text_content("#verdicts") or "")
    first = date.fromisoformat(file["period"]["first"])
    assert len(saved.read_bytes()) - len(verdict_file(first)) < 60_000
    cases = (json.loads(line) for line in verdict_cases(first).splitlines())
    stated = [case for case in cases if not case["presumed"] and not case["out"]][:DRAWN]
    assert len(stated) == DRAWN
    for case in stated:
        pairs = [
            (name, value)
            for name, given in case["stated"].items()
            for value in (given if isinstance(given, list) else [given])
        ]
        page.evaluate("(hash) => { location.hash = hash; }", urlencode(pairs))
        page.evaluate("() => new Promise((done) => setTimeout(done, 0))")  # the event has come
        shown = page.evaluate("explorer.verdicts()")
        assert list(shown) == list(file["arrangements"])
        assert list(shown.values()) == [file["verdicts"][int(n)] for n in case["verdicts"]], case
    assert asked == [saved.as_uri()], "no server is asked"


def test_a_click_says_why_a_contract_is_closed_and_a_change_reopens_it(
    browser: Browser, saved: Path
) -> None:
    page = browser.new_page()
    page.goto(f"{saved.as_uri()}#realisation-included=no&remuneration=price&competence-held=yes")
    contract = page.locator("[data-slug=mpgp]")
    assert "closed-by-choice" in (contract.get_attribute("class") or "")
    contract.press("Enter")
    assert "L2171-3" in page.inner_text("#why-mpgp")
    page.locator("#why-mpgp button").first.click()
    assert page.evaluate("explorer.verdicts().mpgp") == "fits-on-terms"
    assert "realisation-included=yes" in page.url
    page.get_by_role("button", name="Français").click()
    assert page.title().startswith("L'explorateur")


def test_it_works_in_the_frame_of_another_site(browser: Browser, address: str) -> None:
    other = Flask("other")
    other.add_url_rule("/", view_func=lambda: f'<iframe src="{address}/explorer"></iframe>')
    page = browser.new_page()
    with served_application(other) as site:
        page.goto(site)
        page.frame_locator("iframe").locator("[data-slug=mpgp]").wait_for()


def test_what_it_loads_is_its_own_files() -> None:
    for name in ("explorer.js", "explorer.css", "walkers/verdicts.js"):
        assert "http" not in (STATIC / name).read_text(encoding="utf-8")
