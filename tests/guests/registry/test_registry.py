"""The registry: what a write needs, what it leaves, what everybody reads of it, whose it is (G1)."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from montages.errors import MontagesError, TooLarge, UnknownName, UnusableInput
from montages_registry import moments
from montages_registry.entry_names import check_slug
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import (
    ConditionMissing,
    NotYours,
    QuotaReached,
    StaleVersion,
    UnknownToken,
    UnusableSlug,
)
from montages_registry.version import State
from registry_service import TOWN, versions_in
from registry_writers import sample

OTHER = Publisher("evreux", "Ville d'Évreux")
ONE, TWO = sample(b"one"), sample(b"two")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry.create(tmp_path / "registry")
    registry.publishers.add("vernon", "Ville de Vernon")
    registry.publishers.add("evreux", "Ville d'Évreux")
    return registry


# If-Match of a write to an entry whose last entity tag is `{0}`, and what comes of it.
CONDITIONS: dict[str | None, type[MontagesError] | None] = {
    '"{0}"': None,
    '"{0}-html-fr"': None,
    '"other", "{0}"': None,
    "*": None,
    'W/"{0}"': StaleVersion,
    '"other"': StaleVersion,
    '"{0}': StaleVersion,
    "": StaleVersion,
    "nonsense": StaleVersion,
    None: ConditionMissing,
}


@pytest.mark.parametrize("if_match", CONDITIONS)
def test_a_condition_holds_or_nothing_is_written(registry: Registry, if_match: str | None) -> None:
    etag = registry.write("eclairage", ONE, TOWN, None).etag
    condition, refusal = if_match and if_match.format(etag.strip('"')), CONDITIONS[if_match]
    if refusal is None:
        assert registry.write("eclairage", TWO, TOWN, condition).number == 2
        return
    with pytest.raises(refusal) as refused:
        registry.write("eclairage", TWO, TOWN, condition)
    assert refused.value.extra["current"] == etag
    assert versions_in(registry) == 1


def test_a_new_entry_cannot_be_a_version_that_one_names(registry: Registry) -> None:
    with pytest.raises(StaleVersion):
        registry.write("eclairage", ONE, TOWN, "*")
    first = registry.write("eclairage", ONE, TOWN, None)
    assert registry.write("eclairage", ONE, TOWN, "*").etag != first.etag


def test_an_entry_belongs_to_who_made_it(registry: Registry) -> None:
    registry.write("eclairage", ONE, TOWN, None)
    for act in (
        lambda: registry.write("eclairage", TWO, OTHER, "*"),
        lambda: registry.publish("eclairage", OTHER, "*"),
        lambda: registry.withdraw("eclairage", OTHER, "*"),
    ):
        with pytest.raises(NotYours):
            act()
    for absent in (registry.publish, registry.withdraw):
        with pytest.raises(UnknownName):
            absent("nothing", TOWN, None)
    assert versions_in(registry) == 1


def test_nobody_learns_of_a_draft_that_was_withdrawn(registry: Registry) -> None:
    registry.write("eclairage", ONE, TOWN, None, State.DRAFT)
    registry.withdraw("eclairage", TOWN, "*")
    assert registry.public("eclairage") is None
    assert registry.on_day("eclairage", moments.now().date()) is None


def test_each_day_has_what_was_public_at_its_end(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for day, body in enumerate((b"0", b"1", b"2")):
        monkeypatch.setattr(moments, "now", lambda day=day: start + timedelta(days=2 * day))
        with registry.database.transaction() as connection:
            moments.see(connection)
        registry.write("eclairage", sample(body), TOWN, "*" if day else None)
    days = [registry.on_day("eclairage", date(2025, 12, 31) + timedelta(n)) for n in range(7)]
    assert [version and version.number for version in days] == [None, 1, 1, 2, 2, 3, 3]


def test_a_slug_is_letters_digits_and_hyphens_between() -> None:
    for slug in ("a", "9", "e-2026", "a" * 80, "versions"):
        check_slug(slug)
    for slug in ("", "A", "été", "a_b", "-a", "a-", "a--b", "a/b", "..", "a.b", "a\n", "a" * 81):
        with pytest.raises(UnusableSlug):
            check_slug(slug)


def test_bytes_and_quads_come_back_as_they_were_written(registry: Registry) -> None:
    content = sample(bytes(range(256)) * 10)
    version = registry.write("eclairage", content, TOWN, None)
    assert registry.content(version) == content.body
    (graph,) = registry.update().graphs
    name = "https://w3id.org/montages/projects/eclairage/versions/1"
    quads = registry.content(version, "quads")
    assert quads.decode() == f'<urn:project> <urn:name> "Projet" <{name}> .\n'
    assert (graph.name, graph.quads.startswith(quads)) == (name, True)
    assert b"Ville de Vernon" in graph.quads


def test_a_revision_grows_with_what_is_public_and_says_what_changed(registry: Registry) -> None:
    registry.write("eclairage", ONE, TOWN, None)
    registry.write("fibre", ONE, OTHER, None)
    before = registry.revision()
    registry.write("fibre", TWO, OTHER, "*", State.DRAFT)
    assert registry.revision() == before
    registry.publish("fibre", OTHER, "*")
    assert registry.revision() > before
    assert [graph.key for graph in registry.update(before).graphs] == ["fibre"]
    assert len(registry.update().graphs) == 2


def test_of_writes_at_once_that_replace_one_version_one_is_done(registry: Registry) -> None:
    first = registry.write("eclairage", ONE, TOWN, None)
    ready, outcomes = threading.Barrier(20), list[str]()

    def write(number: int) -> None:
        ready.wait()
        try:
            registry.write("eclairage", sample(str(number).encode()), TOWN, first.etag)
            outcomes.append("written")
        except StaleVersion:
            outcomes.append("stale")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stale"] * 19 + ["written"]


def test_a_token_is_known_until_it_is_replaced(registry: Registry) -> None:
    publishers = registry.publishers
    token = publishers.add("rouen", "Ville de Rouen")
    assert len(token) > 43  # 256 bits
    assert publishers.authenticate(token) == Publisher("rouen", "Ville de Rouen")
    again = publishers.add("rouen", "Ville de Rouen", has_quota=False)
    assert publishers.authenticate(again) == Publisher("rouen", "Ville de Rouen", False)
    for gone in (token, None, "", "mtg_x", "é" * 50, "\udce9", "x" * 9999, "'; --"):
        with pytest.raises(UnknownToken):
            publishers.authenticate(gone)
    files = [file.read_bytes() for file in registry.database.folder.iterdir()]
    assert not any(again.encode() in content for content in files)
    for slug, name in (("vernon", "Another"), ("Vernon", "x"), ("a b", "x"), ("rouen", " ")):
        with pytest.raises(UnusableInput):
            publishers.add(slug, name)
    assert [entry.slug for entry in publishers.entries()] == ["vernon", "evreux", "rouen"]


# Whether there is a quota, the sizes of the versions that are taken, that of one that is not, and why.
QUOTAS: list[tuple[bool, tuple[int, ...], int, type[MontagesError]]] = [
    (True, (500_000,), 500_001, TooLarge),
    (True, (500_000,) * 40, 1, QuotaReached),
    (True, (1,) * 100, 1, QuotaReached),
    (False, (10**6,) * 101, 10**7, TooLarge),  # the limit of the service
]


@pytest.mark.parametrize(("has_quota", "taken", "over", "refusal"), QUOTAS)
def test_a_publisher_writes_as_much_as_its_quota(
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    has_quota: bool,
    taken: tuple[int, ...],
    over: int,
    refusal: type[MontagesError],
) -> None:
    town = Publisher("vernon", "Ville de Vernon", has_quota)
    for number, size in enumerate(taken):
        registry.write(f"entry-{number}", sample(b"x" * size), town, None)
    with pytest.raises(refusal):
        registry.write("over", sample(b"x" * over), town, None)
    registry.write("other", ONE, OTHER, None)
    assert registry.withdraw("entry-0", town, "*").state is State.WITHDRAWN
    assert versions_in(registry) == len(taken) + 2
    if refusal is QuotaReached:
        tomorrow = datetime.now(UTC) + timedelta(hours=23, minutes=59)
        monkeypatch.setattr(moments, "now", lambda: tomorrow)
        with pytest.raises(QuotaReached):
            registry.check_write("over", town, None, over)
        monkeypatch.setattr(moments, "now", lambda: tomorrow + timedelta(minutes=2))
        registry.check_write("over", town, None, over)
