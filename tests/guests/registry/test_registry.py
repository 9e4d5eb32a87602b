"""The registry: what a write needs, what it leaves, what everybody reads of it, whose it is (G1)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from montages.errors import MontagesError, TooLarge, UnknownName, UnusableInput
from montages_registry import moments
from montages_registry.backups import first_registry
from montages_registry.entry_names import check_slug
from montages_registry.publishers import Publisher, Right
from montages_registry.quota import NO_QUOTA, Quota
from montages_registry.registry import Registry
from montages_registry.registry_errors import (
    ConditionMissing,
    NothingToPublish,
    NotYours,
    QuotaReached,
    RightMissing,
    StaleVersion,
    UnknownToken,
    UnusableSlug,
    Withdrawn,
)
from montages_registry.version import State, WriteCondition
from registry_service import TOWN, versions_in
from registry_writers import sample

NEW, ANY = WriteCondition(), WriteCondition("*")
EDITOR = Publisher("vernon", "Ville de Vernon", frozenset([Right.EDIT]))
OTHER = Publisher("evreux", "Ville d'Évreux")
ONE, TWO = sample(b"one"), sample(b"two")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    registry = Registry.create(tmp_path / "registry")
    registry.publishers.add("vernon", "Ville de Vernon")
    registry.publishers.add("evreux", "Ville d'Évreux")
    return registry


# If-Match and If-None-Match of a write to an entry whose last entity tag is `{0}`, and what comes of it.
CONDITIONS: list[tuple[str | None, str | None, type[MontagesError] | None]] = [
    ('"{0}"', None, None),
    ('"{0}-html-fr"', None, None),
    ('"other", "{0}"', None, None),
    ("*", None, None),
    ('"{0}"', '"other"', None),
    ('W/"{0}"', None, StaleVersion),
    ('"other"', None, StaleVersion),
    ('"{0}', None, StaleVersion),
    ("", None, StaleVersion),
    ("nonsense", None, StaleVersion),
    (None, "*", StaleVersion),
    (None, 'W/"{0}"', StaleVersion),
    ('"{0}"', "*", StaleVersion),
    (None, '"other"', ConditionMissing),
    (None, None, ConditionMissing),
]


@pytest.mark.parametrize(("match", "none_match", "refusal"), CONDITIONS)
def test_a_condition_holds_or_nothing_is_written(
    registry: Registry,
    match: str | None,
    none_match: str | None,
    refusal: type[MontagesError] | None,
) -> None:
    etag = registry.write("eclairage", ONE, TOWN, NEW).etag.strip('"')
    condition = WriteCondition(match and match.format(etag), none_match and none_match.format(etag))
    if refusal is None:
        assert registry.write("eclairage", TWO, TOWN, condition).number == 2
        return
    with pytest.raises(refusal) as refused:
        registry.write("eclairage", TWO, TOWN, condition)
    assert refused.value.extra["current"] == f'"{etag}"'
    assert versions_in(registry) == 1


def test_a_new_entry_cannot_be_a_version_that_one_names(registry: Registry) -> None:
    with pytest.raises(StaleVersion):
        registry.write("eclairage", ONE, TOWN, ANY)
    first = registry.write("eclairage", ONE, TOWN, WriteCondition(None, "*"))
    assert registry.write("eclairage", ONE, TOWN, ANY).etag != first.etag


def test_an_entry_belongs_to_who_made_it(registry: Registry) -> None:
    registry.write("eclairage", ONE, TOWN, NEW)
    acts: list[Callable[[], object]] = [
        lambda: registry.write("eclairage", TWO, OTHER, ANY),
        lambda: registry.publish("eclairage", OTHER, ANY),
        lambda: registry.withdraw("eclairage", OTHER, ANY),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    for act in (
        lambda: registry.publish("nothing", TOWN, ANY),
        lambda: registry.withdraw("nothing", TOWN, ANY),
    ):
        with pytest.raises(UnknownName):
            act()
    assert versions_in(registry) == 1


def test_a_draft_is_public_once_it_is_published_and_the_right_to_edit_does_not_do(
    registry: Registry,
) -> None:
    with pytest.raises(RightMissing):
        registry.write("eclairage", ONE, EDITOR, NEW)
    draft = registry.write("eclairage", ONE, EDITOR, NEW, State.DRAFT)
    assert (registry.public("eclairage"), registry.latest("eclairage")) == (None, draft)
    assert [graph.version for graph in registry.graphs(0)] == []
    with pytest.raises(RightMissing):
        registry.publish("eclairage", EDITOR, ANY)
    published = registry.publish("eclairage", TOWN, WriteCondition(draft.etag))
    assert (published.etag, published.number) == (draft.etag, 1)
    assert registry.public("eclairage") == published
    with pytest.raises(NothingToPublish):
        registry.publish("eclairage", TOWN, ANY)
    second = registry.write("eclairage", TWO, EDITOR, ANY, State.DRAFT)
    assert (registry.public("eclairage"), registry.latest("eclairage")) == (published, second)
    with pytest.raises(RightMissing):
        registry.withdraw("eclairage", EDITOR, ANY)
    with pytest.raises(RightMissing):
        registry.write("eclairage", TWO, Publisher("vernon", "", frozenset()), ANY, State.DRAFT)


def test_a_withdrawn_entry_is_not_written_again(registry: Registry) -> None:
    first = registry.write("eclairage", ONE, TOWN, NEW)
    withdrawn = registry.withdraw("eclairage", TOWN, WriteCondition(first.etag))
    assert registry.public("eclairage") == withdrawn
    assert registry.history("eclairage") == (first, withdrawn)
    assert registry.body(withdrawn) == registry.quads(withdrawn) == b""
    assert [(graph.slug, graph.version) for graph in registry.graphs()] == [("eclairage", None)]
    for act in (
        lambda: registry.write("eclairage", TWO, TOWN, ANY),
        lambda: registry.withdraw("eclairage", TOWN, ANY),
    ):
        with pytest.raises(Withdrawn):
            act()


def test_nobody_learns_of_a_draft_that_was_withdrawn(registry: Registry) -> None:
    registry.write("eclairage", ONE, EDITOR, NEW, State.DRAFT)
    registry.withdraw("eclairage", EDITOR, ANY)
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
        registry.write("eclairage", sample(body), TOWN, ANY if day else NEW)
    days = [registry.on_day("eclairage", date(2025, 12, 31) + timedelta(n)) for n in range(7)]
    assert [version and version.number for version in days] == [None, 1, 1, 2, 2, 3, 3]


NO_SLUGS = ("", "A", "été", "a_b", "-a", "a-", "a--b", "a/b", "..", "a.b", "a b", "a\n", "a" * 81)


@pytest.mark.parametrize("slug", [*NO_SLUGS, "versions", "facets", "new", "dijon"])
def test_what_is_no_slug_or_is_reserved_is_refused(registry: Registry, slug: str) -> None:
    with pytest.raises(UnusableSlug):
        registry.write(slug, ONE, TOWN, NEW)
    assert versions_in(registry) == 0


@pytest.mark.parametrize(
    ("slug", "publisher"),
    [
        ("a", "vernon"),
        ("9", "vernon"),
        ("e-2026", "vernon"),
        ("a" * 80, "v"),
        ("dijon", "montages"),
    ],
)
def test_a_slug_is_letters_digits_and_hyphens_between(slug: str, publisher: str) -> None:
    check_slug(slug, publisher)


def test_bytes_and_quads_come_back_as_they_were_written(registry: Registry) -> None:
    content = sample(bytes(range(256)) * 10)
    version = registry.write("eclairage", content, TOWN, NEW)
    assert registry.body(version) == content.body
    (graph,) = registry.graphs()
    name = "https://w3id.org/montages/projects/eclairage/versions/1"
    assert registry.quads(version).decode() == f'<urn:project> <urn:name> "Projet" <{name}> .\n'
    assert graph.quads.startswith(registry.quads(version))
    assert b"Ville de Vernon" in graph.quads


def test_a_revision_grows_with_what_is_public_and_says_what_changed(registry: Registry) -> None:
    registry.write("eclairage", ONE, TOWN, NEW)
    registry.write("fibre", ONE, OTHER, NEW)
    before = registry.revision()
    registry.write("fibre", TWO, OTHER, ANY, State.DRAFT)
    assert registry.revision() == before
    registry.publish("fibre", OTHER, ANY)
    assert registry.revision() > before
    assert [graph.slug for graph in registry.graphs(before)] == ["fibre"]
    assert len(list(registry.graphs())) == 2


def test_of_writes_at_once_that_replace_one_version_one_is_done(registry: Registry) -> None:
    first = registry.write("eclairage", ONE, TOWN, NEW)
    ready, outcomes = threading.Barrier(20), list[str]()

    def write(number: int) -> None:
        ready.wait()
        content = sample(str(number).encode())
        try:
            registry.write("eclairage", content, TOWN, WriteCondition(first.etag))
            outcomes.append("written")
        except StaleVersion:
            outcomes.append("stale")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stale"] * 19 + ["written"]


def test_a_token_is_known_until_it_is_replaced_or_revoked(registry: Registry) -> None:
    publishers = registry.publishers
    token = publishers.rotate("vernon")
    assert len(token) > 43  # 256 bits
    assert publishers.authenticate(token) == TOWN
    again = publishers.rotate("vernon")
    editor = publishers.rotate("vernon", "agents", [Right.EDIT])
    assert publishers.authenticate(editor) == EDITOR
    editor = publishers.rotate("vernon", "agents")
    assert publishers.authenticate(editor) == EDITOR
    assert publishers.revoke("vernon") == ("main", "agents")
    for gone in (token, again, editor, None, "", "mtg_x", "é" * 50, "\udce9", "x" * 9999, "'; --"):
        with pytest.raises(UnknownToken):
            publishers.authenticate(gone)
    files = [file.read_bytes() for file in registry.database.folder.iterdir()]
    assert not any(token.encode() in content for content in files)


NO_PUBLISHERS = (
    ("vernon", "Another", "https://licence.example/"),
    ("Vernon", "x", "https://licence.example/"),
    ("a b", "x", "https://licence.example/"),
    ("rouen", " ", "https://licence.example/"),
    ("rouen", "Rouen", "javascript:alert(1)"),
    ("rouen", "Rouen", "https://a b> <c"),
)


@pytest.mark.parametrize(("slug", "name", "licence"), NO_PUBLISHERS)
def test_what_is_no_publisher_is_not_added(
    registry: Registry, slug: str, name: str, licence: str
) -> None:
    with pytest.raises(UnusableInput):
        registry.publishers.add(slug, name, licence=licence)
    assert [entry.slug for entry in registry.publishers.entries()] == ["vernon", "evreux"]
    for act in (registry.publishers.rotate, registry.publishers.revoke, registry.publishers.named):
        with pytest.raises(UnknownName):
            act("rouen")


# The quota, the sizes of the versions that are taken, the size of one that is not, and why.
QUOTAS: list[tuple[Quota, tuple[int, ...], int, type[MontagesError]]] = [
    (Quota(), (500_000,), 500_001, TooLarge),
    (Quota(), (500_000,) * 40, 1, QuotaReached),
    (Quota(), (1,) * 100, 1, QuotaReached),
    (Quota(2, None, None), (1, 10**6), 1, QuotaReached),
    (Quota(None, 9, None), (4, 5), 1, QuotaReached),
    (Quota(None, None, 9), (9,), 10, TooLarge),
    (Quota(None, 0, None), (), 1, QuotaReached),
    (NO_QUOTA, (10**6,), 10**7, TooLarge),  # the limit of the service
]


@pytest.mark.parametrize(("quota", "taken", "over", "refusal"), QUOTAS)
def test_a_publisher_writes_as_much_as_its_quota(
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    quota: Quota,
    taken: tuple[int, ...],
    over: int,
    refusal: type[MontagesError],
) -> None:
    assert registry.publishers.named("vernon").quota == Quota(100, 20_000_000, 500_000)
    registry.publishers.set_quota("vernon", quota)
    for number, size in enumerate(taken):
        registry.write(f"entry-{number}", sample(b"x" * size), TOWN, NEW)
    with pytest.raises(refusal):
        registry.write("over", sample(b"x" * over), TOWN, NEW)
    registry.write("other", ONE, OTHER, NEW)
    if taken:
        assert registry.withdraw("entry-0", TOWN, ANY).state is State.WITHDRAWN
    assert versions_in(registry) == len(taken) + (2 if taken else 1)
    if refusal is QuotaReached and taken:
        tomorrow = datetime.now(UTC) + timedelta(hours=23, minutes=59)
        monkeypatch.setattr(moments, "now", lambda: tomorrow)
        with pytest.raises(QuotaReached):
            registry.check_write("over", TOWN, NEW, over, State.PUBLISHED)
        monkeypatch.setattr(moments, "now", lambda: tomorrow + timedelta(minutes=2))
        registry.check_write("over", TOWN, NEW, over, State.PUBLISHED)


def test_the_first_entries_are_the_real_projects_as_they_are_published(tmp_path: Path) -> None:
    from montages.api import load

    versions = first_registry(tmp_path / "registry", load())
    projects = Path(__file__).parents[3] / "data" / "projects"
    registry = Registry.open(tmp_path / "registry")
    assert {version.slug for version in versions} == {path.stem for path in projects.glob("*.ttl")}
    for version in registry.entries():
        assert registry.body(version) == (projects / f"{version.slug}.ttl").read_bytes()
        assert (version.publisher, version.state) == ("montages", "published")
    with pytest.raises(UnusableInput):
        first_registry(Path("/dev/null"), load())
