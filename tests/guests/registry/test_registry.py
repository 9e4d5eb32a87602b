"""The registry: what a write needs, what it leaves, and what everybody reads of it (G1)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from montages.errors import MontagesError, TooLarge, UnknownName
from montages_registry.entry_names import check_slug
from montages_registry.publishers import Publisher, Right
from montages_registry.registry import Registry
from montages_registry.registry_errors import (
    ConditionMissing,
    NothingToPublish,
    NotYours,
    StaleVersion,
    UnusableSlug,
    Withdrawn,
)
from montages_registry.version import Content, State, WriteCondition
from sample_registry import ANY, NEW, TOWN, turtle

EDITOR = Publisher("vernon", "Ville de Vernon", frozenset([Right.EDIT]))


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


def test_of_writes_at_once_that_replace_one_version_one_is_done(registry: Registry) -> None:
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
