"""R25: a rule is shown with the amounts of the day asked, and its history apart; who has reviewed it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from rdflib import URIRef

from commands import run
from dated_amounts import amount_on, amounts_of, unknown_day
from montages.knowledge.buckets import spaced
from montages.knowledge.law import Bound
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.publish.text.typeset import plain
from montages.quality.rules_index import Rule, rule
from montages.quality.rules_text import rule_in_full

pytestmark = pytest.mark.clock

NOW = date(2026, 6, 1)
NAME = "formal-supplies-local"
DAYS = (date(2024, 6, 1), NOW, unknown_day(NAME))
THRESHOLD_RULES = sorted(
    {r.slug for r in rulebook().requirements if rule(r.slug).thresholds()}, key=str
)
HISTORY = {"fr": "Historique", "en": "History"}


def amounts(entry: Rule, day: date) -> dict[URIRef, str | None]:
    """Return what each threshold that the version of a day reads is worth that day."""
    version = entry.on(day)
    assert version is not None
    read = {bound.limit for clause in version.clauses() for bound in clause.bounds}
    limits = {
        limit: rules_at(day).limit(Bound("below", limit))
        for limit in read
        if isinstance(limit, URIRef)
    }
    return {name: None if limit is None else spaced(limit, "fr") for name, limit in limits.items()}


def test_there_are_rules_to_look_at() -> None:
    assert len(THRESHOLD_RULES) >= 14


# The shortest description that a rule closes alone is looked for anew on each day, which takes seconds.
@pytest.mark.parametrize("name", THRESHOLD_RULES)
@pytest.mark.parametrize(
    "day", [pytest.param(day, marks=[pytest.mark.slow] * (day != NOW)) for day in DAYS], ids=str
)
def test_a_rule_shows_the_amounts_of_the_day_or_says_that_they_are_not_known(
    name: str, day: date
) -> None:
    entry = rule(name)
    text = plain(rule_in_full(entry, day, "fr"), 400).replace("\u202f", " ").replace("\xa0", " ")
    now, _, history = text.partition(HISTORY["fr"])
    if entry.on(day) is None:
        assert "pas en vigueur" in now
        return
    worth = amounts(entry, day)
    for amount in worth.values():
        expected = (
            amount.replace("\u202f", " ").replace("\xa0", " ")
            if amount
            else "[montant inconnu à cette date]"
        )
        assert expected in now, (name, day)
    for threshold in worth:
        for value in rulebook().thresholds[threshold]:
            other = spaced(value.amount, "fr").replace("\u202f", " ").replace("\xa0", " ")
            assert f"{other} €" in history, "every period is in the history"
            elsewhere = other not in {
                (a or "").replace("\u202f", " ").replace("\xa0", " ") for a in worth.values()
            }
            assert not (elsewhere and f" {other} €" in now), f"{other} is of another period"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_json_gives_the_amount_of_the_day_and_the_history_apart(day: date) -> None:
    tree = rule("procedure-adaptee-ceiling-authority").to_json("en", day)
    (threshold,) = tree["thresholds"]
    assert tree["as_of"] == day.isoformat()
    assert threshold["amount"] == amount_on(NAME, day)
    assert [v["amount"] for v in threshold["history"]] == [of for _, _, of in amounts_of(NAME)]


@pytest.mark.slow
def test_the_command_takes_the_day() -> None:
    name = "procedure-sans-publicite-supplies-services"
    shown = [
        run("rules", "show", name, "--as-of", day, "--lang", "en").out
        for day in ("2026-03-31", "2026-04-01")
    ]
    assert [text.partition("History")[0].count("under €40,000") for text in shown] == [1, 0]
    assert [text.partition("History")[0].count("under €60,000") for text in shown] == [0, 1]
    tree = json.loads(run("rules", "show", name, "--as-of", "2026-03-31", "--format", "json").out)
    assert tree["thresholds"][0]["amount"] == 40000


def test_a_source_says_what_was_read_where_and_in_which_version() -> None:
    text = plain(rule_in_full(rule("mpgp-public-funding"), DAYS[1], "en"), 400)
    assert "version LEGIARTI000037703757 since 1 April 2019" in text
    assert (
        "read whole, in copies (sebastien-palmier-avocat.com, doctrine.fr), on 25 November 2026"
        in text
    )
    (source,) = (
        s
        for s in rule("mpgp-public-funding").to_json("en")["versions"][-1]["sources"]
        if s["locator"] == "L2191-5"
    )
    assert source["url"] == source["official_addresses"][0]
    assert source["url"].startswith("https://www.legifrance.gouv.fr/")
    assert (source["read"], source["read_on"]) == ("whole-read", "2026-11-25")
