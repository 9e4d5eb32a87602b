"""Sentences in everyday words: what is read of them, what is held back, what changes nothing."""

from __future__ import annotations

import unicodedata
from itertools import permutations
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from montages.description.reader import read_sentence
from montages.description.reader.deciding import deciding_classes
from montages.description.reader.groups import hits_in, known_words
from montages.description.reader.numbers import words_of
from montages.description.reader.reader_data import yaml_of
from montages.description.reader.stems import folded, stem_of
from montages.description.reader.words import spoken

_FOLDER = Path(__file__).parent / "reader"


def _of(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _of("sentences"), ids=lambda case: case["text"][:40])
def test_a_sentence_is_read(case: dict[str, Any]) -> None:
    reading = read_sentence(case["text"])
    for key, value in case.get("facts", {}).items():
        if isinstance(value, list):
            assert set(value) <= set(reading.facts.get(key, ())), key
        else:
            assert reading.facts.get(key) == value, key
    assert not set(case.get("without", ())) & set(reading.facts)
    assert (reading.scope.slug if reading.scope else None) == case.get("scope")
    assert reading.asks == case.get("asks", reading.asks)
    if "unsure" in case:
        assert {one.of for one in reading.unsure if one.hard} == set(case["unsure"])


def test_a_fact_has_its_words() -> None:
    reading = read_sentence(
        "Village, 12 bornes de recharge, l'exploitant se paie sur les recharges"
    )
    words = {
        key: [reading.text[start:end] for start, end in of] for key, of in reading.spans.items()
    }
    assert words["holder"] == ["Village"]
    assert words["remuneration"] == ["paie sur les recharges"]


@pytest.mark.parametrize("text", _of("banal"))
def test_nothing_holds_back_a_banal_purchase(text: str) -> None:
    reading = read_sentence(text)
    assert reading.sure, (reading.unsure, reading.scope)


@pytest.mark.parametrize("text", _of("banal")[::3])
def test_capitals_and_accents_change_nothing(text: str) -> None:
    bare = "".join(s for s in unicodedata.normalize("NFD", text) if not unicodedata.combining(s))
    facts = read_sentence(text).facts
    assert read_sentence(bare).facts == facts
    assert read_sentence(text.upper()).facts == facts


def test_the_order_of_clauses_changes_nothing() -> None:
    clauses = (
        "ville de 9 000 habitants",
        "12 panneaux lumineux à 2 400 € HT pièce",
        "nos agents les posent",
        "groupement de commandes avec les voisins",
    )
    facts = [read_sentence(", ".join(order)).facts for order in permutations(clauses)]
    assert all(other == facts[0] for other in facts)


def _hard_words() -> list[tuple[str, str]]:
    """Return the hard deciding words written as one word, with their class, that decide among any facts."""
    words = []
    for slug, of in deciding_classes().items():
        text = yaml_of("deciding")["classes"][slug].get("says", "").replace("\n", " ; ")
        says = (part.strip() for part in text.split(" ; "))
        words += [(slug, word) for word in says if of.hard and not of.where and word.isalpha()]
    return words


@pytest.mark.parametrize(("slug", "word"), _hard_words())
def test_a_deciding_word_that_nothing_uses_holds_back(slug: str, word: str) -> None:
    text = f"commune, 12 bancs, 9 000 € HT, {word}"
    words = spoken(words_of(text, known_words()))
    used = any(hit.group.holds and len(words) - 1 in hit.places for hit in hits_in(words))
    reading = read_sentence(text)
    settled = not deciding_classes()[slug].open_with(reading.facts)
    assert used or settled or not reading.sure


@pytest.mark.parametrize(
    "text",
    [
        "une société se zorgue sur les recharges",
        "l'exploitant zorgue les recettes",
        "commune, 12 bancs, 9 000 € zorgués",
        "commune, mais la région zorgue tout",
    ],
)
def test_a_nonsense_word_of_money_holds_back(text: str) -> None:
    assert not read_sentence(text).sure


def test_a_nonsense_word_elsewhere_is_told_only() -> None:
    reading = read_sentence("commune, des bancs zorgués pour le square, 9 000 € HT")
    assert reading.sure
    assert any("zorgués" in words for words in reading.unread)


@pytest.mark.parametrize("forms", _of("words")["forms"], ids=lambda forms: forms[0])
def test_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({stem_of(folded(form)) for form in forms}) == 1


@pytest.mark.parametrize(("typo", "word"), _of("words")["typos"].items())
def test_a_typo_is_taken_for_a_known_word(typo: str, word: str) -> None:
    assert words_of(typo, known_words())[0].corrected == word


def test_a_typo_never_becomes_a_deciding_word() -> None:
    reading = read_sentence("bornes de recharge, l'entreprise est remboursee sur les redevamces")
    assert "remuneration" not in reading.facts
    assert not reading.sure


@pytest.mark.slow
def test_five_hundred_sentences_take_five_seconds() -> None:
    texts = [*_of("banal"), *(case["text"] for case in _of("sentences"))]
    read_sentence(texts[0])
    start = process_time()
    for at in range(500):
        read_sentence(texts[at % len(texts)])
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SEMOP ou DSP classique pour le réseau de chaleur, 12 M€ sur 20 ans", "SEMOP ou DSP"),
        ("parking de la gare : DSP ou marché de services ?", "DSP ou marché"),
        (
            "éclairage, on garde en régie ou on confie à une entreprise, 300 000 € HT",
            "en régie ou on confie à",
        ),
    ],
)
def test_a_way_that_is_only_weighed_is_no_fact_and_is_asked(text: str, words: str) -> None:
    reading = read_sentence(text)
    assert not {"operated-by", "remuneration", "shared-governance"} & reading.facts.keys()
    assert [one.words for one in reading.unsure if one.of == "choice"] == [words]
