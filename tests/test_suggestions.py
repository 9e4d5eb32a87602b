"""An address that leads nowhere is answered with those it may have meant, as a page and as a problem."""

from __future__ import annotations

import json

import pytest

from crawling import client
from pace import within
from page_reading import PageTags

# By spelling, by the words of a name in either language, by a definition; each among the first three.
MEANT = {
    "/id/contract/concession-de-service": "/id/contract/dsp",
    "/id/contract/délégation-service-public": "/id/contract/dsp",
    "/id/contract/public-service-delegation": "/id/contract/dsp",
    "/id/contract/mpgpp": "/id/contract/mpgp",
    "/id/contract/MPGP": "/id/contract/mpgp",
    "/id/contract/mpgpp.ttl": "/id/contract/mpgp",
    "/def/duration": "/def/durationMonths",
    "/def/DurationMonth": "/def/durationMonths",
    "/def/funding": "/def/investmentFunding",
    "/id/layer/capteurs": "/id/layer/objects",
    "/id/contract/street-lighting": "/id/usage/street-lighting",
    "/contrats": "/contracts",
    "/contract/dsp": "/id/contract/dsp",
    "/eclairage-public": "/id/usage/street-lighting",
}


@pytest.mark.parametrize("path", MEANT)
def test_an_address_that_leads_nowhere_says_which_it_may_have_meant(path: str) -> None:
    answer = client().get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    suggestions = json.loads(answer.data)["suggestions"]
    assert MEANT[path] in [one["path"] for one in suggestions]
    assert len(suggestions) <= 3
    for lang in ("fr", "en"):
        page = client().get(f"{path}?lang={lang}", headers={"Accept": "text/html"})
        assert (page.status_code, page.mimetype) == (404, "text/html")
        assert f'href="{MEANT[path]}?lang={lang}"' in page.text


def test_what_is_suggested_first_is_the_nearest() -> None:
    for path in ("/id/contract/public-service-delegation", "/def/funding", "/id/contract/mpgpp"):
        tree = json.loads(client().get(path, headers={"Accept": "application/json"}).data)
        assert tree["suggestions"][0]["path"] == MEANT[path]
        assert MEANT[path] in tree["detail"]


@pytest.mark.parametrize("path", ["/def/zzzz", "/def/%22%27*(", "/zzzz", "/def/" + "x" * 3000])
def test_an_address_like_none_is_answered_all_the_same(path: str) -> None:
    answer = client().get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, json.loads(answer.data)["suggestions"]) == (404, [])


def test_suggesting_takes_little_time() -> None:
    client().get("/def/duration")

    def suggest() -> None:
        for _ in range(10):
            client().get("/id/contract/concession-de-service")

    within(1, suggest)


@pytest.mark.parametrize(
    "path", ["/contracts/mpgp", "/zzzz", "/id/contract/nope", "/assess", "/queries/nope"]
)
def test_a_person_reads_no_address_and_no_method_where_there_is_no_page(path: str) -> None:
    page = client().get(f"{path}?lang=fr", headers={"Accept": "text/html"})
    assert page.status_code in (404, 405)
    words = PageTags(page.text).text
    assert "Cette page n'existe pas" in words
    assert "Qui, quoi" in words
    for told_to_programs in ("POST", "GET", "/assess", "/id/", path):
        assert told_to_programs not in words


def test_a_page_that_is_suggested_is_called_by_its_name() -> None:
    page = client().get("/projet/xx?lang=fr", headers={"Accept": "text/html"})
    assert '<a href="/projet?lang=fr">Mon projet</a></li></ul>' in page.text
