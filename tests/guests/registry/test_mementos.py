"""Entries as they were on a day (RFC 7089): original and TimeGate, TimeMap, mementos, and what is no day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from rdflib import PROV, Graph

from montages_registry import version_rows
from montages_registry.publishers import Publisher
from montages_registry.version import Content, WriteCondition
from registry_service import RegistryService, description, registry_service

pytestmark = pytest.mark.clock

START = datetime(2024, 3, 1, 12, 0, 0, tzinfo=UTC)
BODIES = [description(f"Version {n}") for n in range(1, 5)]
PATH = "/projects/histoire"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    """Give a service with an entry of four versions, a day apart, at half past a second, then withdrawn."""
    service = registry_service(tmp_path_factory.mktemp("mementos") / "registry")
    moments = iter(START + timedelta(days=n, seconds=0.5) for n in range(5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(version_rows, "moment_after", lambda _: next(moments))
        town, condition = Publisher("vernon", "Ville de Vernon"), WriteCondition()
        for body in BODIES:
            content = Content(body.encode(), "application/yaml")
            version = service.registry.write("histoire", content, town, condition)
            condition = WriteCondition(version.etag)
        content = Content(BODIES[0].encode(), "application/yaml")
    service.registry.write("seule", content, town, WriteCondition())
    return service


def http(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def links(header: str) -> dict[str, str]:
    """Return the addresses of a Link header by relation."""
    return {
        rel: url
        for url, rels in re.findall(r'<([^>]+)>;\s*rel="([^"]+)"', header)
        for rel in rels.split()
        if rel not in ("memento", "alternate")
    }


@pytest.mark.parametrize(
    ("days", "number"),
    [
        (-3000, 1),  # before the first: the first (4.5.3)
        (-0.5, 1),
        (0, 1),
        (0.9, 1),
        (1, 2),
        (2.5, 3),
        (3, 4),
        (5000, 4),  # after the last: the last
    ],
)
def test_a_client_gets_the_bytes_that_were_sent_by_the_day_it_asks_for(
    service: RegistryService, days: float, number: int
) -> None:
    asked = http(START + timedelta(days=days))
    way = service.call("GET", PATH, Accept_Datetime=asked)
    assert way.status_code == 302
    assert "Accept-Datetime" in way.headers["Vary"]
    assert "Memento-Datetime" not in way.headers
    memento = service.call("GET", way.headers["Location"])
    assert memento.status_code == 200
    assert memento.text == BODIES[number - 1]
    assert memento.headers["Memento-Datetime"] == http(START + timedelta(days=number - 1))


def test_the_moment_of_a_memento_leads_to_it(service: RegistryService) -> None:
    for number in range(1, 5):
        address = f"{PATH}/versions/{number}"
        moment = service.call("GET", address).headers["Memento-Datetime"]
        way = service.call("GET", PATH, Accept_Datetime=moment)
        assert way.headers["Location"].endswith(address)


def test_an_entry_is_its_own_time_gate_and_its_mementos_lead_to_each_other(
    service: RegistryService,
) -> None:
    base = f"http://localhost{PATH}"
    entry = links(service.call("GET", PATH).headers["Link"])
    assert entry["original"] == entry["timegate"] == base
    assert entry["timemap"] == f"{base}/timemap"
    assert (entry["first"], entry["last"]) == (f"{base}/versions/1", f"{base}/versions/4")
    second = links(service.call("GET", f"{PATH}/versions/2").headers["Link"])
    assert (second["prev"], second["next"]) == (f"{base}/versions/1", f"{base}/versions/3")
    assert second["original"] == base
    alone = service.call("GET", "/projects/seule/versions/1").headers["Link"]
    assert 'rel="first last memento"' in alone


@pytest.mark.parametrize(
    "wrong", ["", "yesterday", "2024-03-01", "Fri, 01 Mar 2024 12:00:00 CET", "9" * 7000]
)
def test_what_is_no_moment_is_refused(service: RegistryService, wrong: str) -> None:
    answer = service.call("GET", PATH, Accept_Datetime=wrong)
    assert answer.status_code == 400
    assert "Accept-Datetime" in answer.json["detail"]


def test_the_time_map_lists_every_version(service: RegistryService) -> None:
    answer = service.call("GET", f"{PATH}/timemap")
    assert answer.mimetype == "application/link-format"
    listed = re.findall(r'<([^>]+/versions/\d+)>;rel="([^"]+)";datetime="([^"]+)"', answer.text)
    assert [url.rpartition("/")[2] for url, _, _ in listed] == ["1", "2", "3", "4"]
    assert [moment for _, _, moment in listed] == [
        http(START + timedelta(days=n)) for n in range(4)
    ]
    assert listed[0][1].split() == ["first", "memento"]
    assert listed[-1][1].split() == ["last", "memento"]
    head = answer.text.splitlines()
    assert head[0] == f'<http://localhost{PATH}>;rel="original timegate",'
    assert 'rel="self"' in head[1]
    assert f'from="{http(START)}"' in head[1]


def test_the_time_map_is_the_same_as_json_and_with_provenance(service: RegistryService) -> None:
    tree = service.call("GET", f"{PATH}/timemap", Accept="application/json").json
    assert [it["version"] for it in tree["mementos"]["list"]] == [1, 2, 3, 4]
    graph = Graph().parse(data=service.call("GET", f"{PATH}/timemap.ttl").text, format="turtle")
    assert len(set(graph.subjects(PROV.generatedAtTime))) == 4
    assert len(list(graph.subject_objects(PROV.wasRevisionOf))) == 3
    assert set(graph.objects(None, PROV.wasAttributedTo))


def test_a_day_of_an_entry_that_is_none_is_none(service: RegistryService) -> None:
    moment = http(START)
    assert service.call("GET", "/projects/jamais", Accept_Datetime=moment).status_code == 404
    assert service.call("GET", "/projects/jamais/timemap").status_code == 404
    for number in ("0", "5", "99999999999", "-1", "x", "1x"):
        assert service.call("GET", f"{PATH}/versions/{number}").status_code == 404


def test_a_withdrawal_is_a_memento_and_days_before_it_stay(service: RegistryService) -> None:
    path = "/projects/partie"
    body = description("Partie")
    tag = service.put(path, body, service.town).headers["ETag"]
    service.call("DELETE", path, service.town, If_Match=tag)
    before = service.call("GET", path, Accept_Datetime=http(START))
    assert service.call("GET", before.headers["Location"]).text == body
    now = service.call("GET", path, Accept_Datetime=http(datetime(2999, 1, 1, tzinfo=UTC)))
    gone = service.call("GET", now.headers["Location"])
    assert (gone.status_code, "Memento-Datetime" in gone.headers) == (410, True)
    assert "withdrawn" in service.call("GET", f"{path}/timemap.ttl").text.lower()
