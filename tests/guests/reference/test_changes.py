"""What changed: the feeds hold what their readers ask, and are dated by the law."""

from __future__ import annotations

import time
from datetime import date, timedelta
from functools import cache

import feedparser
import pytest

from crawling import client
from montages.api import load
from montages.description.dates import written_day
from montages.errors import UnknownName
from montages.knowledge.files.disk_cache import is_kept
from montages.knowledge.rulebook import rulebook
from montages.names import BASE
from montages.quality.rules_diff import rules_diff
from montages_reference.change_events import ChangeEvent, change_events, last_release
from montages_reference.change_feeds import atom
from pace import tell_if_long


@cache
def events() -> dict[str, ChangeEvent]:
    return {event.name: event for event in change_events()}


def test_what_rules_diff_tells_of_two_days_is_in_the_events_between_them() -> None:
    diff = rules_diff(date(2024, 1, 2), date(2026, 6, 1))
    told = {rule for e in events().values() for rule in e.rules if e.kind in ("gate", "duty")}
    assert {c.slug for c in diff.requirements if not c.latest.soft} <= told
    amounts = {name for name, event in events().items() if event.kind == "threshold"}
    for threshold in diff.thresholds:
        assert any(name.endswith(f"-threshold-{threshold.slug}") for name in amounts)


def test_what_begins_with_the_record_is_no_change_and_an_amount_that_is_not_known_is_none() -> None:
    recorded = {str(a.span.first) for a in rulebook().arrangements.values()}
    for event in events().values():
        if event.kind in ("gate", "duty") and event.come.en.startswith("New"):
            assert str(event.day) not in recorded, event.name
    assert not any("None" in event.come.en for event in events().values())


def test_the_latest_release_tells_how_many_terms_it_adds() -> None:
    release = next(event for event in events().values() if event.kind == "release")
    assert "terms added" in release.summary.en
    assert "termes ajoutés" in release.summary.fr
    assert release.day == last_release()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_atom_feed_is_read_by_a_feed_parser(lang: str) -> None:
    content = atom(load(), lang)
    feed = feedparser.parse(content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == f"{BASE}reference/changes"
    assert {link.rel for link in feed.feed.links} == {"self"}
    assert feed.feed.updated == max(entry.updated for entry in feed.entries)
    assert feed.feed.author == (
        "Contributeurs de Montages" if lang == "fr" else "Montages contributors"
    )
    assert len(feed.entries) == len(events()) == len({entry.id for entry in feed.entries})
    for entry in feed.entries:
        assert entry.id.startswith(f"{BASE}reference/changes#")
        assert entry.title
        assert entry.content[0].value
        assert entry.updated[:10] <= date.today().isoformat()
    assert atom(load(), lang) == content


def test_a_feed_of_one_contract_has_its_changes_alone_and_says_so() -> None:
    feed = feedparser.parse(atom(load(), "en", "mpgp"))
    assert feed.feed.title.endswith("Global performance contract (MPGP)")
    assert feed.feed.id.endswith("?contract=mpgp")
    assert 0 < len(feed.entries) < len(events())
    assert all("mpgp" in {tag.term for tag in entry.tags} for entry in feed.entries)
    with pytest.raises(UnknownName):
        atom(load(), "en", "mgpg")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_title_and_a_summary_tell_their_day_and_are_true_when_they_are_read(lang: str) -> None:
    today, future = date.today(), {"fr": "Cessera", "en": "Will cease"}[lang]
    for event, entry in zip(
        events().values(), feedparser.parse(atom(load(), lang)).entries, strict=True
    ):
        on = written_day(event.day, lang)
        assert on in entry.title
        assert on in entry.summary
        assert entry.title.startswith(future) == bool(event.to_come and event.day > today)
        ends = {"fr": "Ne vaut plus", "en": "No longer holds"}[lang]
        assert entry.summary.startswith(ends) == bool(event.to_come)


def test_what_ends_is_told_as_to_come_until_its_day_and_as_past_from_it_on() -> None:
    event = next(e for e in events().values() if e.to_come)
    assert event.title(event.day - timedelta(days=1)).fr.startswith("Cessera d'être en vigueur le ")
    assert event.title(event.day).fr.startswith("N'est plus en vigueur depuis le ")


def test_the_feed_is_kept_for_a_first_request() -> None:
    change_events()
    assert is_kept(change_events)
    service = client()
    start = time.perf_counter()
    assert service.get("/reference/changes.atom").status_code == 200
    tell_if_long(time.perf_counter() - start, 1, "The first feed")
