"""The registry: what a write needs, what it leaves, and what everybody reads of it (G1)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from montages.errors import MontagesError, TooLarge, UnknownName, UnreadableInput, UnusableInput
from montages.registry import moments
from montages.registry.publishers import Publisher, Right
from montages.registry.registry import Registry
from montages.registry.registry_errors import (
    ClockBehind,
    ConditionMissing,
    NothingToPublish,
    NotYours,
    RightMissing,
    StaleVersion,
    UnknownToken,
    UnusableSlug,
    Withdrawn,
)
from montages.registry.slugs import check_slug
from montages.registry.version import Content, State, WriteCondition
from pace import MARGIN, until

pytestmark = pytest.mark.clock

TOWN = Publisher("vernon", "Ville de Vernon")
EDITOR = Publisher("vernon", "Ville de Vernon", frozenset([Right.EDIT]))
NEW, ANY = WriteCondition(), WriteCondition("*")


def turtle(text: str) -> Content:
    return Content(text.encode(), "text/turtle")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry.create(tmp_path / "registry")


def test_a_version_is_replaced_only_by_who_names_it(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    with pytest.raises(ConditionMissing) as missing:
        registry.write("eclairage", turtle("two"), TOWN, NEW)
    assert missing.value.extra["current"] == first.etag
    with pytest.raises(StaleVersion):
        registry.write("eclairage", turtle("two"), TOWN, WriteCondition('"another"'))
    second = registry.write("eclairage", turtle("two"), TOWN, WriteCondition(first.etag))
    assert (second.number, registry.current("eclairage")) == (2, second)


# If-Match and If-None-Match of a write to an entry whose last entity tag is `{0}`, and what comes of it.
CONDITIONS: list[tuple[str | None, str | None, type[MontagesError] | None]] = [
    ("{0}", None, None),
    ('"other", {0}', None, None),
    ("*", None, None),
    ("{0}", '"other"', None),
    ("W/{0}", None, StaleVersion),
    ('"other"', None, StaleVersion),
    ("", None, StaleVersion),
    ("nonsense", None, StaleVersion),
    (None, "*", StaleVersion),
    (None, "W/{0}", StaleVersion),
    ("{0}", "*", StaleVersion),
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
    etag = registry.write("eclairage", turtle("one"), TOWN, NEW).etag
    condition = WriteCondition(match and match.format(etag), none_match and none_match.format(etag))
    if refusal is None:
        assert registry.write("eclairage", turtle("two"), TOWN, condition).number == 2
        return
    with pytest.raises(refusal):
        registry.write("eclairage", turtle("two"), TOWN, condition)
    assert registry.acts().versions == 1


def test_a_new_entry_cannot_be_a_version_that_one_names(registry: Registry) -> None:
    with pytest.raises(StaleVersion):
        registry.write("eclairage", turtle("one"), TOWN, ANY)
    assert registry.write("eclairage", turtle("one"), TOWN, WriteCondition(None, "*")).number == 1


def test_the_same_bytes_written_again_are_another_version(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    second = registry.write("eclairage", turtle("one"), TOWN, ANY)
    assert first.etag != second.etag
    assert first.digest == second.digest


def test_an_entry_belongs_to_who_made_it(registry: Registry) -> None:
    registry.write("eclairage", turtle("one"), TOWN, NEW)
    other = Publisher("evreux", "Ville d'Évreux")
    acts: list[Callable[[], object]] = [
        lambda: registry.write("eclairage", turtle("two"), other, ANY),
        lambda: registry.publish("eclairage", other, ANY),
        lambda: registry.withdraw("eclairage", other, ANY),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()
    assert registry.acts().versions == 1


def test_the_right_to_edit_is_not_the_right_to_publish(registry: Registry) -> None:
    with pytest.raises(RightMissing):
        registry.write("eclairage", turtle("one"), EDITOR, NEW)
    draft = registry.write("eclairage", turtle("one"), EDITOR, NEW, state=State.DRAFT)
    with pytest.raises(RightMissing):
        registry.publish("eclairage", EDITOR, WriteCondition(draft.etag))
    registry.publish("eclairage", TOWN, WriteCondition(draft.etag))
    with pytest.raises(RightMissing):
        registry.withdraw("eclairage", EDITOR, ANY)
    reader = Publisher("vernon", "Ville de Vernon", frozenset())
    with pytest.raises(RightMissing):
        registry.write("eclairage", turtle("two"), reader, ANY, state=State.DRAFT)


def test_a_draft_is_public_once_it_is_published(registry: Registry) -> None:
    draft = registry.write("eclairage", turtle("one"), TOWN, NEW, state=State.DRAFT)
    assert registry.current("eclairage") is None
    assert registry.versions("eclairage") == ()
    assert list(registry.entries()) == []
    assert registry.numbered("eclairage", 1) is None
    published = registry.publish("eclairage", TOWN, WriteCondition(draft.etag))
    assert registry.current("eclairage") == published
    assert published.content == draft.content
    assert registry.versions("eclairage") == (published,)
    with pytest.raises(NothingToPublish):
        registry.publish("eclairage", TOWN, ANY)


def test_a_draft_leaves_what_is_public_as_it_is(registry: Registry) -> None:
    public = registry.write("eclairage", turtle("one"), TOWN, NEW)
    draft = registry.write("eclairage", turtle("two"), TOWN, ANY, state=State.DRAFT)
    assert registry.current("eclairage") == public
    assert registry.current("eclairage", public=False) == draft
    assert list(registry.entries(public=False)) == [draft]


def test_a_version_is_public_from_its_day_on(registry: Registry) -> None:
    start = time.monotonic()
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    # Late enough for another write and two readings before it.
    soon = datetime.now(UTC) + timedelta(seconds=0.3 + MARGIN * (time.monotonic() - start))
    second = registry.write("eclairage", turtle("two"), TOWN, ANY, publish_at=soon)
    assert (first.state, second.state) == (State.PUBLISHED, State.SCHEDULED)
    assert registry.current("eclairage") == first
    assert registry.versions("eclairage") == (first,)
    until(lambda: datetime.now(UTC) > soon)
    assert registry.current("eclairage") == second
    assert registry.versions("eclairage") == (first, second)
    assert registry.at("eclairage", soon - timedelta(microseconds=1)) == first
    assert registry.at("eclairage", soon) == second


def test_a_day_that_is_past_publishes_at_once_and_changes_no_history(registry: Registry) -> None:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    version = registry.write("eclairage", turtle("one"), TOWN, NEW, publish_at=past)
    assert version.public_from == version.moment
    assert registry.at("eclairage", past) is None


def test_a_version_to_come_never_comes_where_a_later_one_is_public(registry: Registry) -> None:
    later = datetime.now(UTC) + timedelta(days=30)
    registry.write("eclairage", turtle("one"), TOWN, NEW, publish_at=later)
    second = registry.write("eclairage", turtle("two"), TOWN, ANY)
    assert registry.at("eclairage", later + timedelta(days=1)) == second
    assert registry.versions("eclairage") == (second,)
    assert registry.numbered("eclairage", 1) is None
    assert registry.numbered("eclairage", 2) == second


def test_a_version_to_come_may_be_published_sooner(registry: Registry) -> None:
    later = datetime.now(UTC) + timedelta(days=30)
    registry.write("eclairage", turtle("one"), TOWN, NEW, publish_at=later)
    published = registry.publish("eclairage", TOWN, ANY)
    assert registry.current("eclairage") == published


def test_a_draft_has_no_day_of_publication(registry: Registry) -> None:
    with pytest.raises(UnusableInput):
        registry.write(
            "eclairage",
            turtle("one"),
            TOWN,
            NEW,
            state=State.DRAFT,
            publish_at=datetime(2100, 1, 1, tzinfo=UTC),
        )


def test_a_withdrawn_entry_is_not_written_again(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    withdrawn = registry.withdraw("eclairage", TOWN, WriteCondition(first.etag))
    assert registry.current("eclairage") == withdrawn
    assert registry.versions("eclairage") == (first, withdrawn)
    assert withdrawn.content.body == b""
    with pytest.raises(Withdrawn):
        registry.write("eclairage", turtle("two"), TOWN, ANY)
    with pytest.raises(Withdrawn):
        registry.withdraw("eclairage", TOWN, ANY)


def test_nobody_learns_of_a_draft_that_was_withdrawn(registry: Registry) -> None:
    registry.write("eclairage", turtle("one"), EDITOR, NEW, state=State.DRAFT)
    registry.withdraw("eclairage", EDITOR, ANY)
    assert registry.current("eclairage") is None
    assert registry.versions("eclairage") == ()


def test_what_is_not_there_cannot_be_published_or_withdrawn(registry: Registry) -> None:
    with pytest.raises(UnknownName):
        registry.publish("eclairage", TOWN, ANY)
    with pytest.raises(UnknownName):
        registry.withdraw("eclairage", TOWN, ANY)


def test_each_moment_has_what_was_public_then(registry: Registry) -> None:
    versions = [registry.write("eclairage", turtle("1"), TOWN, NEW)]
    versions += [registry.write("eclairage", turtle(str(n)), TOWN, ANY) for n in range(2, 9)]
    for version in versions:
        assert registry.at("eclairage", version.moment) == version
        assert registry.numbered("eclairage", version.number) == version
        assert registry.before(version) == (
            versions[version.number - 2] if version.number > 1 else None
        )
    assert registry.at("eclairage", versions[0].moment - timedelta(microseconds=1)) is None
    assert registry.versions("eclairage") == tuple(versions)


def clock_put_back(by: timedelta) -> type[datetime]:
    class SlowClock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> SlowClock:
            return cls.fromtimestamp((datetime.now(UTC) - by).timestamp(), UTC)

    return SlowClock


def test_moments_of_the_record_grow_though_the_clock_is_put_back_a_little(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    monkeypatch.setattr(moments, "datetime", clock_put_back(timedelta(minutes=4)))
    other = registry.write("fibre", turtle("one"), TOWN, NEW)
    second = registry.write("eclairage", turtle("two"), TOWN, ANY)
    assert other.moment == first.moment + timedelta(microseconds=1)
    assert second.moment == first.moment + timedelta(microseconds=2)
    assert registry.current("eclairage") == second
    assert registry.versions("eclairage") == (first, second)


def test_nothing_is_written_while_the_clock_stands_far_before_the_record(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    assert not registry.is_clock_behind()
    monkeypatch.setattr(moments, "datetime", clock_put_back(timedelta(days=365)))
    assert registry.is_clock_behind()
    for refused in (
        lambda: registry.write("eclairage", turtle("two"), TOWN, ANY),
        lambda: registry.withdraw("eclairage", TOWN, ANY),
    ):
        with pytest.raises(ClockBehind):
            refused()
    assert registry.current("eclairage") == first


NO_SLUGS = ("", "A", "été", "a_b", "-a", "a-", "a--b", "a/b", "..", "a.b", "a b", "a\n", "a" * 81)
CYRILLIC = "\u0430"


@pytest.mark.parametrize(
    "slug", [*NO_SLUGS, "versions", "timemap", "new", "dijon", "%61", "a?b", CYRILLIC]
)
def test_a_name_that_is_no_slug_or_is_kept_for_something_else_is_refused(
    registry: Registry, slug: str
) -> None:
    with pytest.raises(UnusableSlug):
        registry.write(slug, turtle("one"), TOWN, NEW)
    assert registry.acts().versions == 0


@pytest.mark.parametrize("slug", ["a", "9", "eclairage-2026", "a" * 80])
def test_a_slug_is_letters_digits_and_hyphens_between(slug: str) -> None:
    check_slug(slug, "vernon")


def test_the_real_projects_have_their_own_publisher() -> None:
    check_slug("dijon", "montages")


def test_a_body_over_the_limit_is_refused(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_MAX_BYTES", "10")
    registry.write("eclairage", turtle("0123456789"), TOWN, NEW)
    with pytest.raises(TooLarge):
        registry.write("eclairage", turtle("0123456789x"), TOWN, ANY)


def test_bytes_come_back_as_they_were_sent(registry: Registry) -> None:
    body = bytes(range(256)) * 10
    version = registry.write("eclairage", Content(body, "text/turtle; charset=x"), TOWN, NEW)
    assert registry.at("eclairage", version.moment) == version
    assert version.content == Content(body, "text/turtle; charset=x")
    assert version.size == len(body)


def test_a_token_is_known_until_it_is_replaced_or_revoked(registry: Registry) -> None:
    publishers = registry.publishers
    token = publishers.enrol("vernon", "Ville  de\tVernon")
    assert publishers.authenticate(token) == TOWN
    again = publishers.rotate("vernon")
    with pytest.raises(UnknownToken):
        publishers.authenticate(token)
    assert publishers.authenticate(again) == TOWN
    editor = publishers.rotate("vernon", "agents", [Right.EDIT])
    assert publishers.authenticate(editor) == EDITOR
    assert publishers.authenticate(publishers.rotate("vernon", "agents")) == EDITOR
    assert publishers.revoke("vernon") == ("main", "agents")
    for gone in (again, editor):
        with pytest.raises(UnknownToken):
            publishers.authenticate(gone)


@pytest.mark.parametrize("token", [None, "", "mtg_x", "é" * 50, "\udce9", "x" * 10_000, "'; --"])
def test_a_wrong_token_is_nobody_s(registry: Registry, token: str | None) -> None:
    registry.publishers.enrol("vernon", "Ville de Vernon")
    with pytest.raises(UnknownToken):
        registry.publishers.authenticate(token)


def test_no_file_of_the_registry_has_a_token(registry: Registry) -> None:
    token = registry.publishers.enrol("vernon", "Ville de Vernon")
    registry.publishers.authenticate(token)
    assert len(token) > 43  # 256 bits
    for file in registry.record.folder.iterdir():
        assert token.encode() not in file.read_bytes()


def test_a_publisher_is_added_once(registry: Registry) -> None:
    registry.publishers.add("vernon", "Ville de Vernon")
    for slug, name in (("vernon", "Another"), ("Vernon", "x"), ("a b", "x"), ("evreux", " ")):
        with pytest.raises(UnusableInput):
            registry.publishers.add(slug, name)
    with pytest.raises(UnknownName):
        registry.publishers.rotate("evreux")
    with pytest.raises(UnknownName):
        registry.publishers.revoke("vernon")
    assert [entry.slug for entry in registry.publishers.entries()] == ["vernon"]


def test_writes_of_many_threads_are_each_whole_and_in_order(registry: Registry) -> None:
    def write(number: int) -> int:
        return registry.write(f"entry-{number}", turtle(str(number)), TOWN, NEW).sequence

    with ThreadPoolExecutor(40) as pool:
        sequences = list(pool.map(write, range(200)))
    assert sorted(sequences) == list(range(1, 201))
    assert all(
        version.content.body.decode() == version.slug.removeprefix("entry-")
        for version in registry.entries()
    )


def test_one_refused_write_takes_none_of_its_group_with_it(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    ready, outcomes = threading.Barrier(20), list[str]()

    def write(number: int) -> None:
        ready.wait()
        try:
            registry.write("eclairage", turtle(str(number)), TOWN, WriteCondition(first.etag))
            registry.write(f"entry-{number}", turtle("x"), TOWN, NEW)
            outcomes.append("written")
        except StaleVersion:
            outcomes.append("stale")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stale"] * 19 + ["written"]
    assert registry.acts().versions == 3


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-01", datetime(2026, 6, 1, tzinfo=UTC)),
        ("2026-06-01T08:00:00+02:00", datetime(2026, 6, 1, 6, tzinfo=UTC)),
        ("2026-06-01T06:00Z", datetime(2026, 6, 1, 6, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_day_or_a_time_with_its_zone(text: str, moment: datetime) -> None:
    assert moments.read_moment(text) == moment


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30", "2026-06-01T08:00:00", "T", "2026"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        moments.read_moment(text)
