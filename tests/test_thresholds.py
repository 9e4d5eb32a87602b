"""The timeline of thresholds (`/seuils`): what suffices at an amount, on a day (R37)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import html5rdf
import pytest

from crawling import client
from dated_amounts import unknown_day
from montages import load
from montages.advice.thresholds.procedure_timeline import (
    ProcedureTimeline,
    amount_bounds,
    amount_ranges,
    amount_within,
    law_days,
    procedure_timeline,
)
from montages.errors import UnusableInput
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.quality.rules_index import rule
from montages.web.requests.headers import frame_ancestors
from pace import within
from page_kinds import HTML
from sampled_cases import proved_cases

pytestmark = pytest.mark.clock

TODAY = date(2026, 11, 26)
PURCHASES: list[dict[str, Any]] = [
    {},
    {"contract-object": "supplies", "network-activity": "none"},
    {"contract-object": "works", "network-activity": "water-energy-transport"},
]
MORE: list[dict[str, Any]] = [
    {"contract-object": "services", "network-activity": "water-energy-transport"},
    {"contract-object": "mixed", "innovative-solution": "yes"},
    {"exploitation-risk": "real", "water-use": "drinking-water"},
    {"design-included": "yes", "contract-object": "services", "network-activity": "none"},
]
VILLAGE = "contract-object=supplies&network-activity=none"


def timeline(answers: dict[str, Any]) -> ProcedureTimeline:
    (unit,) = load().assess({"project": "P", "answers": answers}, anyway=True).conclusions.units
    return procedure_timeline(unit.unit)


def verdicts(answers: dict[str, Any], amount: Decimal, day: date) -> dict[str, str]:
    tree = {"project": "P", "answers": {**answers, "estimated-value": float(amount)}}
    found = load().assess(tree, as_of=day, anyway=True).conclusions.verdicts
    return {r.arrangement.slug: r.procedure for r in found if r.procedure is not None}


def differing(answers: dict[str, Any], days: list[date]) -> list[object]:
    """Return where the timeline of a purchase is other than its assessment."""
    drawn, wrong = timeline(answers), list[object]()
    for day in days:
        period = drawn.period_of(day)
        assert period is not None
        for band in period.bands:
            amount = amount_within(band.span)
            here = {s.slug: s.verdict.value for s in band.standings}
            if here != verdicts(answers, amount, day):
                wrong.append((answers, day, amount))
    return wrong


@pytest.mark.parametrize("answers", PURCHASES)
def test_every_range_of_amounts_is_what_the_assessment_of_one_of_them_says(
    answers: dict[str, Any],
) -> None:
    assert differing(answers, [TODAY]) == []


@pytest.mark.slow
@pytest.mark.parametrize("answers", proved_cases([*PURCHASES, *MORE], 2))
def test_so_it_is_on_the_first_and_last_day_of_every_period(answers: dict[str, Any]) -> None:
    days = [
        *law_days(),
        *(day - timedelta(days=1) for day in law_days()[1:]),
        unknown_day("formal-works"),
    ]
    assert differing(answers, days) == []


@pytest.mark.parametrize("day", [*law_days(), TODAY, date(2031, 1, 1)])
def test_the_ranges_are_cut_at_every_amount_that_rules_show_for_the_day(day: date) -> None:
    rules = rules_at(day)
    procedures = {a.slug for a in rulebook().arrangements.values() if a.kind == "procedure"}
    read = {r.slug for r in rules.requirements if r.arrangement in procedures and r.hard}
    shown = {
        Decimal(str(threshold["amount"]))
        for name in read
        for threshold in rule(name).to_json("fr", day)["thresholds"]
        if threshold["amount"] is not None
    }
    cuts = {span.low[0] for span in amount_ranges(rules) if span.low}
    assert shown <= cuts
    assert cuts == {limit for b in amount_bounds(rules) if (limit := rules.limit(b)) is not None}


def test_nothing_is_said_to_change_where_nothing_does_and_no_change_is_left_out() -> None:
    days = law_days()
    assert days[0] == min(
        a.span.first for a in rulebook().arrangements.values() if a.kind == "procedure"
    )
    for before, after in pairwise(days):
        for day in (before, after - timedelta(days=1)):
            limits = [rules_at(day).limit(b) for b in amount_bounds(rules_at(day))]
            assert limits == [rules_at(before).limit(b) for b in amount_bounds(rules_at(before))]


def test_after_the_last_known_threshold_what_it_decides_is_unknown_and_never_guessed() -> None:
    period = timeline({"contract-object": "works"}).period_of(unknown_day("formal-works"))
    assert period is not None
    standing = period.band_of(Decimal(3_000_000)).standing("procedure-adaptee")
    assert standing is not None
    assert (standing.verdict.value, standing.waits) == ("to-verify", True)


def page(query: str, **headers: str) -> str:
    answer = client().get(f"/seuils?{query}", headers={"Accept": HTML, **headers})
    assert answer.status_code == 200, answer.text[:300]
    return answer.text


def data(query: str) -> Any:
    answer = client().get(f"/seuils.json?{query}")
    assert answer.status_code == 200, answer.text[:300]
    return json.loads(answer.text)


@pytest.mark.parametrize("typed", ["50000", "50 k€", "50 000 € HT", "0,05 M€"])
def test_an_amount_is_read_as_people_write_it(typed: str) -> None:
    shown = data(f"{VILLAGE}&as_of=2026-06-01&estimated-value={quote(typed)}")
    assert shown["point"]["amount"] == 50000


def test_json_says_what_switches_just_above_just_below_and_later() -> None:
    point = data(f"{VILLAGE}&as_of=2026-06-01&estimated-value=70000")["point"]
    suffices = [p["procedure"] for p in point["procedures"] if p["verdict"] == "sufficient"]
    assert suffices == ["procedure-adaptee", "concession-simplifiee"]
    below, above = point["below"], point["above"]
    assert (below["amount"], below["included"]) == (60000, True)
    change = {"procedure": "procedure-sans-publicite", "from": "closed", "to": "sufficient"}
    assert change | {"unknown": False} in below["changes"]
    assert "procedure-sans-publicite-supplies-services" in below["requirements"]
    assert above["amount"] == 90000
    assert above["duties_begin"] == ["procedure-adaptee-notice"]
    assert point["later"][0]["from"] == str(unknown_day("formal-supplies-entity"))
    assert all(change["unknown"] for change in point["later"][0]["changes"])


def test_json_has_the_source_and_the_certainty_of_each_gate() -> None:
    point = data(f"{VILLAGE}&estimated-value=50000&as_of=2026-06-01")["point"]
    first = next(p for p in point["procedures"] if p["procedure"] == "procedure-sans-publicite")
    gate = next(c for c in first["checks"] if c["requirement"].endswith("supplies-services"))
    assert (gate["outcome"], gate["certainty"]) == ("satisfied", "Verified")
    assert "R2122-8" in gate["sources"][0]["label"]


def test_the_page_is_that_data_for_who_reads_and_json_for_who_asks_for_it() -> None:
    shown = page(f"{VILLAGE}&estimated-value=50000&as_of=2026-06-01")
    assert 'class="tone-1 here"' in shown
    assert "/projet?contract-object=supplies&amp;network-activity=none&amp;" in shown.replace(
        "network-activity=none&amp;contract-object=supplies",
        "contract-object=supplies&amp;network-activity=none",
    )
    answer = client().get("/seuils", headers={"Accept": "application/json"})
    assert answer.is_json
    assert answer.headers["Vary"].startswith("Accept")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "query", ["", f"{VILLAGE}&estimated-value=50000", "estimated-value=x&embed=1", "as_of=2020-01-01"]
)  # fmt: skip
def test_every_state_of_the_page_is_valid_html_with_headings_and_labels(
    query: str, lang: str
) -> None:
    shown = page(f"{query}&lang={lang}")
    parser = html5rdf.HTMLParser()
    parser.parse(shown)
    assert [e for e in parser.errors if e[1] != "unexpected-html-element-in-foreign-content"] == []
    assert re.findall(r"<h([1-6])", shown).count("1") == 1
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', shown):
        assert target in ids
    for name in re.findall(r'<(?:input|select)[^>]* id="([^"]+)"', shown):
        assert f'for="{name}"' in shown


def rungs(shown: str) -> list[tuple[str, str]]:
    """Return the steps of the ladders of a page, each with what suffices there."""
    cells = re.findall(
        r'<tr class="tone-[^"]*"><th scope="row">(.*?)</th>\s*<td>(.*?)</td>', shown, re.DOTALL
    )
    return [(" ".join(foot.split()), re.sub(r"<[^>]*>", "", text).strip()) for foot, text in cells]


def test_the_ladder_has_a_step_wherever_another_procedure_suffices_or_more_is_to_be_done() -> None:
    steps = dict(rungs(page(f"{VILLAGE}&as_of=2026-06-01&lang=en"))[:5])
    public = {foot.partition(",")[0]: text for foot, text in steps.items()}
    assert public["From €25"] == f"{public['Below €25']} + Write the contract down"
    assert public["From €90"] == f"{public['From €60']} + Publish the notice"
    assert len(set(public.values())) == 5


def test_what_depends_on_an_answer_is_a_step_of_its_own_and_small() -> None:
    shown = page("as_of=2026-06-01")
    assert "Dépend des réponses" in dict(rungs(shown))["À partir de 60 000 € HT"]
    assert 'class="tone-depends"' in shown


def test_the_step_of_the_amount_is_marked() -> None:
    marked = [
        text
        for _, text in rungs(page(f"{VILLAGE}&estimated-value=70000&as_of=2026-06-01"))
        if "70" in text
    ]
    assert len(marked) == 2  # of a purchase, and of a concession
    assert marked[0].startswith("Procédure adaptée")


def test_the_dated_values_are_there_as_csv() -> None:
    (address,) = re.findall(
        r'href="(/queries/thresholds-on-a-day.csv[^"]*)"', page("as_of=2026-06-01")
    )
    answer = client().get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "threshold/formal-works,Appel d'offres, travaux" in answer.text.replace('"', "")


def test_a_page_assesses_nothing_so_that_any_day_and_amount_come_at_once() -> None:
    page(VILLAGE)
    query = f"{VILLAGE}&as_of=2024-03-05&estimated-value="
    within(1, lambda: [page(f"{query}{amount}") for amount in range(70_000, 70_003)])


def test_a_day_before_the_rules_is_told_and_nothing_is_supposed() -> None:
    shown = page("estimated-value=50000&as_of=2019-03-31")
    assert "n'est pas couvert" in shown
    assert data("estimated-value=50000&as_of=2019-03-31")["point"] is None


def test_what_cannot_be_read_is_told_at_its_field_and_refused_by_name_in_json() -> None:
    shown = page("estimated-value=beaucoup&contract-object=boats")
    for words in ('aria-describedby="amount-error"', 'value="beaucoup"', "boats"):
        assert words in shown
    answer = client().get("/seuils.json?contract-object=boats")
    assert answer.status_code == 400
    assert "boats" in answer.get_json()["detail"]
    assert client().get("/seuils?as_of=tomorrow").status_code == 400


@pytest.mark.parametrize("query", ["colour=red", "day=tomorrow"])
def test_an_unknown_parameter_and_what_is_no_day_are_refused_by_name(query: str) -> None:
    for ending in ("", ".json"):
        answer = client().get(f"/seuils{ending}?{query}")
        assert answer.status_code == 400
        assert ("tomorrow" if "day" in query else "colour") in answer.text


def test_a_negative_amount_is_told_so_and_is_none() -> None:
    assert "-5000 » est négatif" in page("amount=-5000").replace("\xa0", " ")
    answer = client().get("/seuils.json?amount=-5000")
    assert answer.status_code == 400
    assert "négatif" in answer.text


def test_a_day_and_an_amount_are_read_by_their_short_names() -> None:
    assert data("amount=50000&day=2024-03-05") == data("estimated-value=50000&as_of=2024-03-05")
    assert "5 mars 2024" in page("amount=50000&day=2024-03-05")


def test_no_site_may_frame_the_page_unless_the_setting_says_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def policy(path: str) -> str:
        return client().get(path, headers={"Accept": HTML}).headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy("/seuils?embed=1")
    assert "<iframe" not in page("").replace("&lt;", "<")
    monkeypatch.setenv("MONTAGES_FRAME_ANCESTORS", "https://www.example.org https://*.example.fr")
    assert "frame-ancestors https://www.example.org https://*.example.fr;" in policy(
        "/seuils?embed=1&as_of=2026-06-02"
    )
    assert "frame-ancestors 'none'" in policy("/seuils?as_of=2026-06-02")
    assert "frame-ancestors 'none'" in policy("/projet")
    assert "<iframe" in page("as_of=2026-06-02").replace("&lt;", "<")


def test_the_page_to_be_framed_has_no_navigation_and_opens_links_apart() -> None:
    shown = page(f"{VILLAGE}&estimated-value=50000&embed=1")
    assert "<nav" not in shown
    assert '<base target="_blank">' in shown
    assert 'target="_self"' in shown


@pytest.mark.parametrize(
    "value", ["", "example.org", "https://a.org/path", "'none' https://a.org", "javascript:x"]
)
def test_a_setting_that_no_browser_would_understand_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("MONTAGES_FRAME_ANCESTORS", value)
    with pytest.raises(UnusableInput, match="MONTAGES_FRAME_ANCESTORS"):
        frame_ancestors()
