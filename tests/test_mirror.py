"""A service that runs alone: links lead to it, and the names of things stay what they are everywhere."""

from __future__ import annotations

import re

import pytest

from commands import run
from crawling import client
from montages.names import BASE
from montages.web.validation.samples import SAMPLE
from page_kinds import ALL, HTML

HERE = "https://montages.example"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONTAGES_BASE_URL", HERE)
    monkeypatch.setenv("MONTAGES_MIRROR", "on")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("path", ["/id/contract/mpgp", "/def/holder", "/module/rulebook.ttl"])
def test_link_and_location_of_a_mirror_lead_to_it(path: str) -> None:
    headers = client().get(path, headers={"Accept": "text/turtle"}).headers
    assert headers.get("Location", HERE).startswith(HERE)
    # A profile is asked for by its very name.
    links = [link for link in headers["Link"].split(", <") if 'rel="profile"' not in link]
    assert any(HERE + path.removesuffix(".ttl") in link for link in links)
    assert not any(link.lstrip("<").startswith(BASE) for link in links)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "kind", ["contract", "requirement", "property", "module", "project", "home", "try"]
)
def test_no_page_of_a_mirror_leads_to_w3id(kind: str) -> None:
    page = client().get(ALL[kind], headers={"Accept": HTML})
    assert page.status_code == 200
    assert not re.findall(rf'(?:href|src|action)="{BASE}[^"]*"', page.text)
    assert f'<link rel="canonical" href="{HERE}/' in page.text


@pytest.mark.parametrize("path", ["/id/contract/mpgp.ttl", "/module/rulebook.nq", "/catalog.rdf"])
def test_what_is_said_of_things_is_the_same_in_a_mirror(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_BASE_URL", HERE)
    usual = client().get(path)
    monkeypatch.setenv("MONTAGES_MIRROR", "on")
    mirrored = client().get(path)
    assert usual.status_code == 200
    assert mirrored.data == usual.data
    assert mirrored.headers["ETag"] == usual.headers["ETag"]


@pytest.mark.usefixtures("alone")
def test_a_result_is_contested_at_the_mirror() -> None:
    answer = client().post("/assess?detail=brief", data=SAMPLE, content_type="application/yaml")
    assert answer.json is not None
    assert answer.json["contest"].startswith(f"{HERE}/contest?")


def test_a_page_for_contesting_that_a_setting_names_stays(
    alone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_CONTEST_URL", "https://other.example/contest")
    answer = client().post("/assess?detail=brief", data=SAMPLE, content_type="application/yaml")
    assert answer.json is not None
    assert answer.json["contest"].startswith("https://other.example/contest?")


@pytest.mark.parametrize(
    ("setting", "says"),
    [({"MONTAGES_MIRROR": "on"}, "MONTAGES_BASE_URL"), ({"MONTAGES_MIRROR": "yes"}, "on or off")],
)
def test_a_mirror_that_does_not_know_its_address_does_not_start(
    setting: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    result = run("serve", "--port", "0", "--lang", "en")
    assert result.code == 2
    assert says in result.err
