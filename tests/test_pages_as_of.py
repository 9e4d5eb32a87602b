"""R25: pages give the values of the day asked (`as_of`); that of an article says what was read of it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from crawling import client
from dated_amounts import amount_on, unknown_day
from montages.names import ID
from montages.store.labels import Labels

pytestmark = pytest.mark.clock

NAME = "formal-supplies-local"
RULE = "/requirement/procedure-adaptee-ceiling-authority.html"
THRESHOLD = f"/id/threshold/{NAME}.html"
CLAUSE = "/id/clause/ccp-annexe-2.html"
DAYS = (date(2024, 6, 1), date(2026, 6, 1), unknown_day(NAME))
AMOUNTS = {str(day): (worth := amount_on(NAME, day)) and f"{worth:,}" for day in DAYS}


def text_of(path: str, day: str) -> str:
    answer = client().get(f"{path}?lang=en&as_of={day}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


@pytest.mark.parametrize(("day", "amount"), AMOUNTS.items())
def test_a_rule_gives_the_amount_of_the_day_and_its_history_apart(
    day: str, amount: str | None
) -> None:
    now, _, history = text_of(RULE, day).partition("History")
    assert (f"under €{amount} " if amount else "under [amount unknown at that date]") in now
    assert all(other not in now for other in AMOUNTS.values() if other and other != amount)
    assert all(f"€{amount}" in history for amount in AMOUNTS.values() if amount)
    assert "Not reviewed by an outside organisation" in now


@pytest.mark.parametrize(("day", "amount"), AMOUNTS.items())
@pytest.mark.parametrize("path", [THRESHOLD, CLAUSE])
def test_thresholds_and_articles_give_the_amount_of_the_day(
    path: str, day: str, amount: str | None
) -> None:
    text = text_of(path, day)
    expected = f"€{amount}" if amount else "amount not known on that day"
    if path == THRESHOLD:
        assert re.search(rf"As of [^:]*: {expected}", text)
    else:
        assert re.search(rf"supplies and services, local authorities : {expected}", text)


@pytest.mark.parametrize("path", [THRESHOLD, RULE])
def test_the_unit_of_an_amount_is_the_name_that_the_data_give_it(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, euro = Labels.name, f"{ID}measurement-unit/euro"
    monkeypatch.setattr(
        Labels, "name", lambda *asked: "euros of gold" if asked[1] == euro else name(*asked)
    )
    day = date(2026, 6, 29)  # one that no other test asks
    assert f"{amount_on(NAME, day):,} euros of gold" in text_of(path, str(day))


def test_the_day_asked_goes_from_page_to_page() -> None:
    answer = client().get(f"{RULE}?as_of=2024-06-01").text
    assert "/id/criterion/estimated-value.html?as_of=2024-06-01" in answer
    seen = client().get("/id/clause/ccp-annexe-2?as_of=2024-06-01", headers={"Accept": "text/html"})
    assert seen.headers["Location"].endswith("/id/clause/ccp-annexe-2.html?as_of=2024-06-01")


def test_two_days_are_two_answers_and_what_is_no_day_is_refused() -> None:
    tags = {client().get(f"{RULE}?as_of={day}").headers["ETag"] for day in AMOUNTS}
    assert len(tags) == len(AMOUNTS)
    for extension in ("html", "ttl"):
        assert client().get(f"/id/clause/ccp-annexe-2.{extension}?as_of=soon").status_code == 400


def test_the_page_of_an_article_says_what_was_read_where_when_and_in_which_version() -> None:
    page = client().get("/id/clause/ccp-l2191-5.html?lang=en").text
    for words in (
        "Read the official text",
        "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000037703757",
        "Copies",
        "doctrine.fr",
        "read whole, in copies",
        "25 November 2026",
        "version LEGIARTI000037703757 since 1 April 2019",
        "Public Procurement Code (CCP)",
    ):
        assert words in page, words
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    about = json.loads(script)["about"]
    assert (about["@type"], about["legislationIdentifier"]) == ("Legislation", "L2191-5")
    assert about["isPartOf"][0]["name"] == "Public Procurement Code (CCP)"
    assert "LEGIARTI000037703757" in about["workExample"][0]["name"]
    assert about["sameAs"][0].startswith("https://www.legifrance.gouv.fr/")
    assert {copy["name"] for copy in about["subjectOf"]} == {"copy"}
    assert "25 November 2026" in about["comment"]["text"]


def test_an_article_that_was_not_read_says_so_and_leads_to_its_code() -> None:
    page = client().get("/id/clause/cgct-l2221-12.html?lang=en").text
    assert "not read" in page
    assert "Read the whole text, official" in page
    assert "LEGITEXT000006070633" in page


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("day", ["demain", "2026-02-30"])
@pytest.mark.parametrize("path", [RULE, "/contracts", "/seuils"])
def test_what_is_no_day_is_told_a_reader_on_a_page(path: str, day: str, lang: str) -> None:
    headers = {"Accept": "text/html"}
    answer = client().get(f"{path}?as_of={day}&lang={lang}", headers=headers, follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert day in answer.text
    assert "as_of=" not in answer.text.partition("<main")[2].replace(f"as_of={day}", "")
