"""R53: while words that decide are in doubt nothing is affirmed; what is out of scope is told first."""

from __future__ import annotations

from typing import Any

import pytest

from crawling import client
from montages import load
from montages.assessment.assessment import Assessment
from montages.description.reader.deciding import deciding_classes
from montages.description.reader.reader_data import yaml_of
from montages.publish.text.answer_lines import answer_lines

PURCHASE: dict[str, Any] = {
    "project": "x",
    "holder": {"type": "Commune"},
    "usages": ["noise"],
    "answers": {"estimated-value": 20000, "contract-object": "supplies", "competence-held": "yes"},
}


def assessed(**more: str) -> Assessment:
    return load().assess(PURCHASE | more)


def test_nothing_in_doubt_is_affirmed() -> None:
    assert assessed().answer.affirms
    assert assessed(**{"not-understood": "campings"}).answer.affirms


@pytest.mark.parametrize("of", [one.slug for one in deciding_classes().values() if one.hard])
def test_a_word_of_each_hard_class_stops_the_answer_and_puts_its_question(of: str) -> None:
    answer = assessed(unsure=f"{of}: zorglub").answer
    assert not answer.affirms
    assert "zorglub" in answer.headline.fr or of in yaml_of("told")
    assert answer.unsure[0].of == of


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


def test_a_sentence_is_a_source_like_a_file() -> None:
    read = load().assess("Commune, 20 capteurs de bruit, 12 000 € HT par an pendant 4 ans")
    assert read.premises.whole.answer("estimated-value").number == 48_000
    stopped = load().assess("Commune, capteurs de bruit, on rembourse la société sur 12 ans")
    assert not stopped.answer.affirms
