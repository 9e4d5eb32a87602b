"""Publishers: the tokens by which they are known, what these let do, and how much may be written in a day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commands import run
from montages.errors import UnknownName, UnusableInput
from montages_registry import write_checks
from montages_registry.publishers import Publisher, Quota, Right
from montages_registry.record_check import record_report
from montages_registry.registry import Registry
from montages_registry.registry_errors import QuotaReached, RightMissing, UnknownToken
from montages_registry.version import State, WriteCondition
from registry_service import RegistryService, description, registry_service
from sample_registry import ANY, NEW, TOWN, turtle

EDITOR = Publisher("vernon", "Ville de Vernon", frozenset([Right.EDIT]))


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry.create(tmp_path / "registry")


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


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("publishers") / "registry")


@pytest.mark.clock
def test_a_publisher_writes_as_much_in_a_day_as_its_quota(
    service: RegistryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = description("Lampes")
    service.registry.publishers.set_quota("evreux", Quota(2 * len(body) + 9, 3))
    for number in range(2):
        answer = service.put(f"/projects/q-{number}", description(f"Lampe{number}"), service.other)
        assert answer.status_code == 201
    full = service.put("/projects/q-2", description("Lampes"), service.other)
    assert full.status_code == 507
    problem = json.loads(full.text)
    assert (problem["unit"], problem["limit"]) == ("bytes", 2 * len(body) + 9)
    assert problem["wanted"] == 3 * len(body)
    service.registry.publishers.set_quota("evreux", Quota(versions=2))
    again = service.put("/projects/q-2", description("Lampes"), service.other)
    assert json.loads(again.text)["unit"] == "versions"
    assert service.put("/projects/q-3", description("Lampes"), service.town).status_code == 201
    assert service.call("DELETE", "/projects/q-0", service.other, If_Match="*").status_code == 200

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Tomorrow:
            return cls.fromtimestamp((datetime.now(UTC) + timedelta(days=1)).timestamp(), UTC)

    monkeypatch.setattr(write_checks, "datetime", Tomorrow)
    assert service.put("/projects/q-2", description("Lampes"), service.other).status_code == 201


def test_a_quota_is_given_as_a_publisher_is_added_and_changed_later(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    registry = Registry.create(folder)
    where = ("--registry", str(folder))
    given = ("--versions-a-day", "20", "--bytes-a-day", "100000")
    assert run("publisher", "add", "vernon", "--name", "Vernon", *given, *where).code == 0
    assert registry.publishers.named("vernon").quota == Quota(100_000, 20)
    assert "100 000 octets en 24 heures" in run("publisher", "list", *where).out.replace(
        "\u202f", " "
    )
    assert run("publisher", "quota", "vernon", "--versions-a-day", "0", *where).code == 0
    with pytest.raises(QuotaReached):
        registry.write("lampes", turtle("Lampes"), TOWN, NEW)
    kept = registry.publishers.named("vernon").quota
    assert kept == Quota(100_000, 0)  # what is not said stays
    assert run("publisher", "quota", "vernon", *where).code == 2
    assert run("publisher", "quota", "vernon", "--no-quota", *where).code == 0
    assert registry.write("lampes", turtle("Lampes"), TOWN, NEW).number == 1
    assert run("publisher", "quota", "evreux", "--no-quota", *where).code == 2
    assert run("publisher", "quota", "vernon", "--bytes-a-day", "9" * 20, *where).code == 2
    assert record_report(registry.record).is_whole
