"""R53: while words that decide are in doubt nothing is affirmed; what is out of scope is told first."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from crawling import client
from montages import load
from montages.advice.questions.answer_writing import with_answer
from montages.assessment.assessment import Assessment
from montages.description.reader import read_sentence
from montages.description.reader.deciding import deciding_classes
from montages.description.reader.reader_data import yaml_of
from montages.description.reader.sentence_project import sentence_project
from montages.errors import UnusableInput
from montages.publish.text.answer_lines import answer_lines

PURCHASE: dict[str, Any] = {
    "project": "x",
    "holder": {"type": "Commune"},
    "usages": ["noise"],
    "answers": {"estimated-value": 20000, "contract-object": "supplies", "competence-held": "yes"},
}


def assessed(**more: str) -> Assessment:
    return load().assess(PURCHASE | more)


def plain(page: str) -> str:
    """Return a page without entities and with plain spaces."""
    return html.unescape(page).replace("\u202f", " ").replace("\xa0", " ")


def test_nothing_in_doubt_is_affirmed() -> None:
    assert assessed().answer.affirms
    assert assessed(**{"not-understood": "campings"}).answer.affirms


@pytest.mark.parametrize("of", [one.slug for one in deciding_classes().values() if one.hard])
def test_a_word_of_each_hard_class_stops_the_answer_and_puts_its_question(of: str) -> None:
    answer = assessed(unsure=f"{of}: zorglub").answer
    assert not answer.affirms
    assert "zorglub" in answer.headline.fr or of in yaml_of("told")
    assert answer.unsure[0].of == of


def test_two_words_that_open_one_question_put_it_once() -> None:
    answer = assessed(unsure="receipts: zorglub; receipts: zorglab").answer
    assert [action.about for action in answer.steps[0].actions] == ["remuneration"]


@pytest.mark.parametrize("of", yaml_of("told"))
def test_what_is_out_of_scope_is_told_before_any_contract(of: str) -> None:
    told = yaml_of("told")[of]
    answer = assessed(unsure=f"{of}: zorglub").answer
    assert (answer.affirms, answer.rows) == (False, ())
    assert answer.sentence.fr.startswith(told["fr"])
    assert answer.sentence.en.startswith(told["en"])


def test_a_deciding_word_or_an_amount_among_those_not_understood_is_in_doubt_too() -> None:
    for words in ("rembourse", "12 000 €"):
        assert not assessed(**{"not-understood": words}).answer.affirms


def test_every_door_says_the_same() -> None:
    it = assessed(unsure="who-pays: loyers")
    lines = [line.kind for line in answer_lines(it, "fr")]
    assert lines[0] == "find-out"
    for brief in (False, True):
        entry = it.to_json("fr", brief=brief)["answer"]
        assert isinstance(entry, dict)
        assert (entry["affirms"], entry["unsure"]) == (
            False,
            [{"class": "who-pays", "words": "loyers"}],
        )
    page = client().get(
        "/projet?holder=commune&usages=noise&unsure=who-pays:+loyers&lang=fr",
        headers={"Accept": "text/html"},
        follow_redirects=True,
    )
    assert "nous n'avons pas compris" in page.text.replace("&#39;", "'")
    assert "Cela n'y change rien" in page.text.replace("&#39;", "'")


SENTENCE = "Commune, 20 capteurs de bruit, 12 000 € HT par an pendant 4 ans, loyers"


def test_a_sentence_is_read_alike_at_every_door() -> None:
    read = load().assess(SENTENCE)
    assert load().assess({"sentence": SENTENCE}).answer.sentence == read.answer.sentence
    posted = client().post("/assess?format=json&lang=fr", json={"sentence": SENTENCE})
    assert posted.json["answer"]["sentence"] == read.answer.sentence.fr
    page = client().get(
        "/projet", query_string={"sentence": SENTENCE, "lang": "fr"}, follow_redirects=True
    )
    assert "Pas encore : nous n'avons pas compris « loyers »" in plain(page.text)


def test_what_is_stated_beside_a_sentence_comes_first() -> None:
    both = load().assess({"sentence": SENTENCE, "answers": {"duration-months": 12}})
    assert both.premises.whole.answer("duration-months").number == 12
    assert both.premises.whole.answer("estimated-value").number == 48_000


def test_a_sentence_that_is_no_text_is_refused_with_its_place() -> None:
    with pytest.raises(UnusableInput) as refused:
        load().assess({"sentence": ["a", "b"]})
    assert "/sentence" in str(refused.value)


def test_the_words_read_of_a_sentence_are_marked_each_with_what_it_says() -> None:
    query = {"sentence": SENTENCE, "lang": "fr"}
    page = plain(client().get("/projet", query_string=query, follow_redirects=True).text)
    assert "48 000 € HT (12 000 × 4)" in page
    for words in ("Commune", "capteurs", "bruit", "12 000 € HT par an"):
        assert re.search(rf'<button[^>]*class="read"[^>]*>{words}</button>', page), words
    assert re.search(r"<mark>loyers[^<]*</mark>", page)


def test_the_answer_to_the_question_that_words_in_doubt_open_settles_them() -> None:
    asked = load().questions(SENTENCE)
    assert asked.questions[0].criterion.slug == "investment-funding"
    tree = {"project": "x", **sentence_project(read_sentence(SENTENCE))}
    settled = with_answer(tree, asked.questions[0], ["public"])
    assert "unsure" not in settled
    assert load().assess(settled).answer.affirms
    unknown = with_answer(tree, asked.questions[0], [])
    assert "unsure" in unknown
    assert not load().assess(unknown).answer.affirms
    assert load().questions(unknown).questions[0].criterion.slug != "investment-funding"


@pytest.mark.parametrize(
    ("asks", "first"),
    [
        ("faut-il publier ?", "Une publicité est due."),
        ("qui signe ?", "Faire décider"),
        ("combien ça coûte ?", "Nous n'estimons pas les prix"),
        ("en combien de temps ?", "Comptez"),
    ],
)
def test_what_is_asked_is_answered_first(asks: str, first: str) -> None:
    text = f"Ville, fourniture seule de 240 lanternes LED, 90 000 € HT, {asks}"
    assert load().assess(text).answer.headline.fr.startswith(first)


def test_a_sentence_is_a_source_like_a_file() -> None:
    read = load().assess("Commune, 20 capteurs de bruit, 12 000 € HT par an pendant 4 ans")
    assert read.premises.whole.answer("estimated-value").number == 48_000
    stopped = load().assess("Commune, capteurs de bruit, on rembourse la société sur 12 ans")
    assert not stopped.answer.affirms


def test_a_class_of_words_in_doubt_has_not_the_name_of_a_sentence_that_is_told() -> None:
    """What may speak of something would be told as if it did."""
    assert not set(deciding_classes()) & set(yaml_of("told"))
