"""R24b: each published project opens in the tool by its address, with the verdicts that it has by itself."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from montages import load
from montages.advice.similar.precedents import Precedent, PrecedentKind, precedent, precedents
from montages.assessment.assessment import Assessment
from montages.description.address.project_address import LONGEST
from montages.description.address.read_address import read_address
from montages.knowledge.files import library
from montages.knowledge.panel import DAY
from montages.web import create_app
from panel_cases import panel_case
from sampled_cases import sampled_cases

pytestmark = pytest.mark.clock

FAST = load("fast")
PARTS = 12


def by_itself(it: Precedent) -> Assessment:
    if it.kind is PrecedentKind.REAL:
        return FAST.assess(library.projects()[it.slug], as_of=DAY, anyway=True)
    case = panel_case(it.slug)
    return FAST.assess({"project": "x", **case.tree}, as_of=case.as_of, anyway=True)


def verdicts(it: Assessment) -> Any:
    return (
        [(v.arrangement.slug, v.verdict, v.procedure) for v in it.conclusions.verdicts],
        [unit.unit.id for unit in it.conclusions.units],
        [(each.contract, each.verdict) for each in it.coherence.retained],
    )


@pytest.mark.parametrize("part", sampled_cases(range(PARTS), PARTS))
def test_the_address_of_a_published_project_has_its_verdicts(part: int) -> None:
    for it in precedents()[part::PARTS]:
        reading = read_address(parse_qsl(it.query))
        assert not reading.faults, it.iri
        assert len(it.query) < LONGEST, it.iri
        address = reading.address
        tree = {"project": "x", **address.tree}
        opened = FAST.assess(tree, as_of=address.as_of or DAY, anyway=True)
        assert verdicts(opened) == verdicts(by_itself(it)), it.iri


def test_two_holders_are_one_of_both_kinds() -> None:
    indre = precedent("https://w3id.org/montages/id/project/indre-berry")
    assert indre is not None
    assert indre.address.tree["holder"]["type"] == ["Departement", "DigitalSyndicate"]


def links_of(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a[^>]*? href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(html.unescape(href), html.unescape(text)) for href, text in found]


@cache
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", ["project/saumur", "panel/metropole-80m-kpi", "panel/mgpe-2026"])
def test_each_page_opens_in_the_tool_at_its_own_address(path: str, lang: str) -> None:
    page = client().get(f"/id/{path}.html?lang={lang}").text
    words = {"fr": "Ouvrir dans l'outil", "en": "Open in the tool"}[lang]
    (link,) = [href for href, text in links_of(page) if text == words]
    answer = client().get(link)
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == lang
    assert dict(parse_qsl(urlsplit(link).query))["view"] == "result"


def test_the_view_names_each_kind_and_leads_to_page_and_tool() -> None:
    query = "holder=commune&usages=street-lighting&layers=objects:own&estimated-value=20000"
    answer = client().get(f"/projet?{query}&view=similar&lang=fr", follow_redirects=True)
    assert answer.status_code == 200
    entries = html.unescape(answer.text).split('<li class="precedent">')[1:]
    assert [re.findall(r'class="tag">([^<]*)<', e)[0] for e in entries] == (
        ["projet réel"] * 3 + ["cas d'école"] * 3
    )
    for entry in entries:
        links = [href for href, _ in links_of(entry)]
        assert re.search("/id/(project|panel)/", links[0])
        assert links[1].endswith("view=result&lang=fr")
    for href, _ in links_of(entries[0])[:2]:
        assert client().get(href).status_code == 200, href


def test_the_result_leads_to_the_projects_like_it() -> None:
    query = "holder=commune&usages=street-lighting&estimated-value=20000"
    page = client().get(f"/projet?{query}&view=result", follow_redirects=True).text
    assert "view=similar" in page
    similar = client().get(f"/projet?{query}&view=similar", follow_redirects=True).text
    assert "/id/project/sable.html" in similar


def test_a_page_of_its_own_is_given_where_it_is_accepted() -> None:
    answer = client().post(
        "/similar?lang=en",
        json={"project": "x", "holder": {"type": "Commune"}},
        headers={"Accept": "text/html"},
    )
    assert answer.content_type.startswith("text/html")
    assert "projects like yours" in answer.text
