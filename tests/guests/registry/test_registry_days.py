"""When a version is public, and what the clock has to do with it: each moment has what was public then."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from montages.errors import UnreadableInput, UnusableInput
from montages_registry import moments
from montages_registry.registry import Registry
from montages_registry.registry_errors import ClockBehind
from montages_registry.version import State
from pace import MARGIN, until
from sample_registry import ANY, NEW, TOWN, turtle

pytestmark = pytest.mark.clock


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry.create(tmp_path / "registry")


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
