"""A sentence is read as answers, and what is not understood of it is told, never dropped (R53)."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
import yaml

from crawling import client
from montages import load
from montages.description.address.read_address import read_address
from montages.description.address.sentence_reading import sentence_reading
from montages.description.address.write_address import address_query
from montages.knowledge.everyday_answers import everyday_answers, with_what_to_say
from montages.knowledge.rulebook import rulebook
from page_kinds import HTML

SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))
CASES = [case for cases in SENTENCES.values() for case in cases]
TOWN = SENTENCES["fr"][1]["sentence"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"][:40])
def test_a_sentence_is_read_as_answers_and_the_rest_is_told(case: dict[str, Any]) -> None:
    reading = sentence_reading(case["sentence"])
    assert address_query(reading.address) == case["project"]
    assert list(reading.not_understood) == case.get("not-understood", [])
    assert not read_address(parse_qsl(case["project"])).faults


def test_a_longer_sentence_than_is_read_is_cut_and_nothing_breaks() -> None:
    assert sentence_reading("éclairage public " * 10_000).address.tree == {
        "usages": ["street-lighting"]
    }
    assert sentence_reading("").not_understood == ()


def test_every_everyday_answer_states_values_that_exist_and_words_of_its_own() -> None:
    criteria = rulebook().criteria
    words: dict[str, str] = {}
    for answer in everyday_answers().values():
        for criterion, value in answer.states:
            assert value in {v.slug for v in criteria[criterion].values}
        for word in answer.words:
            assert words.setdefault(word, answer.slug) == answer.slug


def test_a_sentence_leads_to_the_address_of_its_project() -> None:
    response = client().get(f"/projet?sentence={quote(TOWN)}&lang=fr", headers={"Accept": HTML})
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"/projet?{SENTENCES['fr'][1]['project']}&day=")


def test_what_a_sentence_said_stands_over_the_question_and_what_was_not_understood_too() -> None:
    said = "/projet?holder=commune&usages=noise&not-understood=campings&lang=fr"
    page = unescape(client().get(said, headers={"Accept": HTML}, follow_redirects=True).text)
    assert page.index('class="chips"') < page.index('id="question"')
    assert "Non compris : campings" in page.replace("\u00a0", " ")
    assert "ask=usages" in page


def test_the_front_page_and_an_empty_tool_begin_with_the_field() -> None:
    for address in ("/?lang=fr", "/projet?lang=fr"):
        page = client().get(address, headers={"Accept": HTML}).text
        assert '<input id="sentence" name="sentence"' in page
        assert page.count("sentence=") == 3 + (address == "/?lang=fr")


@pytest.mark.parametrize(
    "sentence", ["Ville, drones sur la plage, 30 000 €", "Commune, capteurs de santé"]
)
def test_where_a_prohibition_may_hide_nobody_is_told_that_they_may(sentence: str) -> None:
    tree = sentence_reading(sentence).whole.tree
    answer = load().assess({"project": "x", **tree}, anyway=True).answer
    assert answer.headline.fr.startswith("Nous ne savons pas")
    assert answer.names_none
    assert "préfecture" in answer.sentence.fr
    assert "" not in answer.next


def test_where_a_prohibition_may_hide_the_words_that_it_may_hide_in_are_named_and_the_rest_told() -> (
    None
):
    tree = sentence_reading("Commune, déchetterie, quais et lecture de plaques").whole.tree
    sentence = load().assess({"project": "x", **tree}, anyway=True).answer.sentence.fr
    assert "« lecture de plaques »" in sentence.replace("\u00a0", " ")
    assert "quais" in sentence.split("Non compris")[1]


def test_where_nothing_is_understood_the_field_and_the_first_question_come_again() -> None:
    address = "/projet?sentence=On+verra+bien&lang=fr"
    page = client().get(address, headers={"Accept": HTML}, follow_redirects=True).text
    assert 'name="sentence"' in page
    assert "verra bien" in page
    assert 'id="question"' in page
    assert 'id="result"' not in page


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("24 000 € TTC", "hors taxes (HT)"),
        ("EPCI", "communauté de communes"),
        ("syndicat d'énergie", "Un seul organisme porte le projet"),
        ("campings", ""),
    ],
)
def test_what_to_say_in_place_of_words_that_are_not_taken_stands_beside_them(
    said: str, instead: str
) -> None:
    query = f"/projet?holder=commune&usages=noise&not-understood={quote(said)}&lang=fr"
    page = unescape(client().get(query, headers={"Accept": HTML}, follow_redirects=True).text)
    line = page.split("Non compris")[1].split("</p>")[0].replace("\u00a0", " ")
    assert said in line
    assert instead in line
    assert (". " in line) == bool(instead)


def test_a_word_that_stands_with_a_day_says_what_to_say_of_it_only_with_one() -> None:
    assert with_what_to_say("installe").fr == "installe"
    assert "jour où signer" in with_what_to_say("livraison pour le 1er octobre 2027").fr
