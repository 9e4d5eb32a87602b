"""What people type finds the thing they mean among the first three, and a project that a phrase speaks of."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

import pytest
import yaml

from crawling import client, state
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.reader import read_sentence
from montages.names import BASE
from montages.store.search_index import Search, misspelt
from sampled_cases import sampled_cases

PHRASES = yaml.safe_load((Path(__file__).parent / "everyday-phrases.yaml").read_text("utf-8"))
CASES = [(lang, case) for lang, cases in PHRASES.items() for case in cases]


@cache
def index() -> Search:
    return Search(state().dataset)


def said(case: tuple[str, dict[str, str]]) -> str:
    return f"{case[0]}: {case[1]['phrase']}"


@pytest.mark.parametrize("case", CASES, ids=said)
def test_an_everyday_phrase_finds_what_it_means_among_the_first_three(
    case: tuple[str, dict[str, str]],
) -> None:
    lang, asked = case
    first = index().find(asked["phrase"], lang, number=3).hits
    assert BASE + asked["expects"] in [hit.iri for hit in first]


def test_there_are_enough_phrases_in_both_languages() -> None:
    assert len(PHRASES["fr"]) >= 25
    assert len(PHRASES["en"]) >= 15


@pytest.mark.parametrize(
    ("lang", "asked"), sampled_cases([c for c in CASES if "project" in c[1]], 4), ids=str
)
def test_a_phrase_that_speaks_of_a_project_opens_the_tool_with_what_was_understood(
    lang: str, asked: dict[str, str]
) -> None:
    address = f"/search.json?q={quote(asked['phrase'])}&lang={lang}"
    offer = json.loads(client().get(address).data)["project"]
    sentence = dict(parse_qsl(offer["page"].partition("?")[2]))["sentence"]
    assert (
        unquote(address_query(ProjectAddress(dict(read_sentence(sentence).tree))))
        == asked["project"]
    )
    page = client().get(address.replace(".json", "")).text
    assert page.index('id="offer"') < page.index('<ol class="items found"')
    assert offer["page"].replace("&", "&amp;") in page


@pytest.mark.parametrize("phrase", ["concession", "DSP", "seuil 60 000", "louer", "autre", ""])
def test_a_phrase_that_names_no_part_of_a_project_offers_none(phrase: str) -> None:
    assert not read_sentence(phrase).tree.keys() & {"holder", "usages", "layers"}


def test_a_misspelt_word_is_read_as_another_and_the_page_says_so() -> None:
    assert index().find("éclerage publik", "fr").mended["eclerage"] == "eclairage"
    page = client().get("/search?q=éclerage&lang=fr", headers={"Accept": "text/html"}).text
    assert "Nous avons lu" in page
    assert "street-lighting" in page


@pytest.mark.parametrize("word", ["inondation", "avenant", "audit", "peinture", "flood"])
def test_a_word_that_is_no_misspelling_of_ours_is_not_read_as_one(word: str) -> None:
    held = ("innovation", "avant", "audits", "picture", "floor")
    assert misspelt(word, held) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("consession", "concession"),
        ("eclerage", "eclairage"),
        ("delegatoin", "delegation"),
        ("poubelle", "poubelles"),
    ],
)
def test_a_word_with_one_mistake_is_read_as_what_is_meant(typed: str, meant: str) -> None:
    assert misspelt(typed, [meant]) == meant


def test_a_short_name_is_not_the_beginning_of_another_word() -> None:
    hits = index().find("bus", "fr").hits
    assert f"{BASE}id/layer/business-portal" not in [hit.iri for hit in hits]


def test_how_the_base_is_made_comes_after_what_it_says() -> None:
    hits = index().find("seuil", "fr", number=4).hits
    assert "shape" not in [hit.kind for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "leads"),
    [
        ("combien puis-je dépenser sans appel d'offres", "/seuils?lang=fr"),
        ("marché de 90 000 € sans publicité", "/seuils?estimated-value=90000&lang=fr"),
        ("concession", None),
    ],
)
def test_a_phrase_about_amounts_leads_to_the_timeline_of_thresholds(
    phrase: str, leads: str | None
) -> None:
    address = f"/search.json?q={quote(phrase)}&lang=fr"
    assert json.loads(client().get(address).data)["thresholds"] == leads
    page = client().get(address.replace(".json", "")).text
    assert (leads is not None) == (">Échelle des seuils</a> :" in page.replace("\u00a0", " "))


def test_endings_do_not_count_in_either_language() -> None:
    def first(phrase: str, lang: str) -> str:
        return index().find(phrase, lang, number=1).hits[0].iri

    assert first("financements", "fr") == first("financement", "fr")
    assert first("subscriptions", "en") == first("subscription", "en")
