"""The registry: what a write needs, what it leaves, and what everybody reads of it (G1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from montages.registry.publishers import Publisher
from montages.registry.registry import Registry
from montages.registry.registry_errors import ConditionMissing, StaleVersion, Withdrawn
from montages.registry.version import Content, State, WriteCondition

TOWN = Publisher("vernon", "Ville de Vernon")
NEW = WriteCondition()


def turtle(text: str) -> Content:
    return Content(text.encode(), "text/turtle")


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry.create(tmp_path / "registry")


def test_a_version_is_replaced_only_by_who_names_it(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    with pytest.raises(ConditionMissing):
        registry.write("eclairage", turtle("two"), TOWN, NEW)
    with pytest.raises(StaleVersion):
        registry.write("eclairage", turtle("two"), TOWN, WriteCondition('"another"'))
    second = registry.write("eclairage", turtle("two"), TOWN, WriteCondition(first.etag))
    assert (second.number, registry.current("eclairage")) == (2, second)


def test_a_draft_is_public_once_it_is_published(registry: Registry) -> None:
    draft = registry.write("eclairage", turtle("one"), TOWN, NEW, state=State.DRAFT)
    assert registry.current("eclairage") is None
    published = registry.publish("eclairage", TOWN, WriteCondition(draft.etag))
    assert registry.current("eclairage") == published
    assert published.content == draft.content


def test_a_withdrawn_entry_is_not_written_again(registry: Registry) -> None:
    first = registry.write("eclairage", turtle("one"), TOWN, NEW)
    withdrawn = registry.withdraw("eclairage", TOWN, WriteCondition(first.etag))
    assert registry.current("eclairage") == withdrawn
    assert registry.versions("eclairage") == (first, withdrawn)
    with pytest.raises(Withdrawn):
        registry.write("eclairage", turtle("two"), TOWN, WriteCondition("*"))
