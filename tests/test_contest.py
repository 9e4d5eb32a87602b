"""R32: one contests a rule or an answer in one click: the text has rule, version, answer, day and link."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from montages import load
from montages.errors import UnusableInput
from montages.publish.contacts import contest_address, contest_href
from montages.web import create_app

pytestmark = pytest.mark.clock

PROJECT = "holder=commune&usages=street-lighting&estimated-value=20000"
RULE = "mpgp-performance-commitments"
ISSUES = "https://forge.example/montages/issues/new"


@cache
def client() -> FlaskClient:
    return create_app().test_client()


def text_of(query: str, lang: str = "fr") -> str:
    page = client().get(f"/contest?{query}&lang={lang}").text
    (body,) = re.findall(r'<textarea id="contest-body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(body)


def result(view: str) -> str:
    return client().get(f"/projet?{PROJECT}&view={view}&lang=fr", follow_redirects=True).text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "Règle :",
                "Version des règles :",
                "Ce que répond l'outil : non satisfaite",
                "Droit au",
            ),
        ),
        ("en", ("Rule:", "Version of the rules:", "What the tool answers: violated", "Law of")),
    ],
)
def test_the_text_has_rule_version_answer_day_and_link(lang: str, words: tuple[str, ...]) -> None:
    text = text_of(f"{PROJECT}&about=mpgp/violated/{RULE}", lang)
    assert all(word in text for word in words)
    assert f"https://w3id.org/montages/requirement/{RULE}" in text
    assert "https://w3id.org/montages/id/contract/mpgp" in text
    assert load().version in text
    assert str(date.today().year) in text
    assert "/projet?holder=commune&usages=street-lighting&estimated-value=20000" in text


def test_every_check_and_verdict_of_a_result_has_a_button_that_names_it() -> None:
    page = result("full")
    buttons = re.findall(
        r'<button class="contest" form="contest" name="about" value="([^"]*)"', page
    )
    assert len([b for b in buttons if b.count("/") == 2]) >= page.count('<div class="check ') > 5
    folded = re.findall(r'value="([^"/]*/(?:folded|closed|to-verify))"', result("result"))
    assert folded
    assert '<form id="contest" method="get" action="/contest">' in page


def test_what_a_button_sends_names_the_rule_the_answer_and_the_project() -> None:
    page = result("full")
    about = re.search(r'name="about" value="([^"/]*/[^"/]*/[^"]*)"', page)
    assert about is not None
    fields = re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">',
        page.partition('<form id="contest"')[2].partition("</form>")[0],
    )
    assert ("holder", "commune") in fields
    sent = "&".join(f"{name}={value}" for name, value in fields)
    text = text_of(f"{sent}&about={about[1]}")
    assert about[1].split("/")[2] in text
    assert "holder=commune" in text


def test_a_rule_and_a_result_lead_to_the_page_in_one_click() -> None:
    page = client().get(f"/requirement/{RULE}.html?lang=fr").text
    assert f'href="/contest?requirement={RULE}&amp;lang=fr"' in page
    assert "Contester cette règle" in page
    assert re.search(
        r'href="/contest\?holder=commune[^"]*">Contester ce résultat', result("result")
    )


def test_the_link_of_an_assessment_leads_there_too() -> None:
    tree = {"project": "x", "holder": {"type": "Commune"}, "answers": {"estimated-value": 20000}}
    query = urlsplit(load().assess(tree).premises.contest).query
    assert "estimated-value=20000" in text_of(query)


def test_names_that_are_none_of_ours_are_passed_over() -> None:
    text = text_of("about=<b>/x/y&requirement=nothing&outcome=zz&contract=../etc")
    assert "<b>" not in text
    assert "nothing" not in text
    page = client().get("/contest?about=%3Cscript%3E&holder=%3Cscript%3E").text
    assert "<script>" not in page


def test_without_an_address_the_text_is_there_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONTAGES_CONTEST_TO", raising=False)
    page = client().get(f"/contest?requirement={RULE}&lang=fr").text
    assert "Sélectionnez ce texte" in page
    assert "issues/new" not in page
    assert contest_href("a", "b") == ""


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (ISSUES, ("title", "body")),
        (f"{ISSUES}?labels=rule", ("title", "body")),
        (f"{ISSUES}?issue[title]={{title}}&issue[text]={{body}}", ("issue[title]", "issue[text]")),
        ("mailto:rules@example.org", ("subject", "body")),
    ],
)  # fmt: skip
def test_the_text_goes_where_the_setting_says(
    value: str, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_CONTEST_TO", value)
    page = client().get(f"/contest?{PROJECT}&requirement={RULE}&lang=fr").text
    (href,) = re.findall(r'<a class="go" href="([^"]*)" rel="external noreferrer">', page)
    parts = urlsplit(html.unescape(href))
    query = parse_qs(parts.query)
    assert query[names[0]][0].startswith("Contester")
    assert RULE in query[names[1]][0]
    assert "holder=commune" in query[names[1]][0]


@pytest.mark.parametrize(
    "value",
    ["a.example/new", "javascript:alert(1)", "mailto:nobody", "ftp://a.example", "https://", "https://a b"],
)  # fmt: skip
def test_a_bad_address_is_refused_at_start_in_one_line(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_CONTEST_TO", value)
    with pytest.raises(UnusableInput, match="MONTAGES_CONTEST_TO") as fault:
        contest_address()
    assert "\n" not in fault.value.text["fr"]
    assert "mailto:" in fault.value.text["en"]


def test_what_is_contested_is_kept_and_logged_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    answer = client().get(f"/contest?{PROJECT}&requirement={RULE}")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "commune" not in caplog.text
    assert RULE not in caplog.text
