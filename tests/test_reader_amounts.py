"""Amounts that cannot lie: everyday writings, generated writings of known sums, what may not change a sum."""

from __future__ import annotations

import random
import time
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from montages.description.reader.amounts import AmountReading, read_amounts, sum_text
from reader_amount_writings import writings

_TABLES = Path(__file__).parent / "reader"
_FRENCH: dict[str, Any] = yaml.safe_load((_TABLES / "amounts.yaml").read_text("utf-8"))
_ENGLISH: dict[str, Any] = yaml.safe_load((_TABLES / "amounts-en.yaml").read_text("utf-8"))


def _outcome(reading: AmountReading, expected: dict[str, Any]) -> str:
    """Return right, asked or wrong: a fact that is not meant is wrong, one that is missing is asked.

    What a contract of several months costs a year need not be listed beside the whole.
    """
    wanted = {key: Decimal(str(n)) for key, n in expected.items() if key != "ask"}
    whole, yearly = wanted.get("estimated-value"), reading.facts.get("yearly-value")
    if whole and yearly and (whole * 12 / yearly) % 1 < Decimal("0.01"):
        wanted.setdefault("yearly-value", yearly)
    if any(wanted.get(key) != value for key, value in reading.facts.items()):
        return "wrong"
    asks = expected.get("ask", ())
    unasked = [
        key
        for key in asks
        if not reading.doubts and all(g.criterion != key for g in reading.guesses)
    ]
    return "asked" if set(wanted) - set(reading.facts) or unasked else "right"


@pytest.mark.parametrize("table", [_FRENCH, _ENGLISH], ids=["french", "english"])
def test_everyday_writings(table: dict[str, Any]) -> None:
    outcomes = {text: _outcome(read_amounts(text), expected) for text, expected in table.items()}
    assert [text for text, outcome in outcomes.items() if outcome == "wrong"] == []
    asked = [text for text, outcome in outcomes.items() if outcome == "asked"]
    assert len(asked) <= len(table) / 10, asked


def test_generated_writings() -> None:
    cases = list(writings(random.Random(44), 400))  # noqa: S311 - no secret
    outcomes = {text: _outcome(read_amounts(text), expected) for text, expected in cases}
    assert [text for text, outcome in outcomes.items() if outcome == "wrong"] == []
    asked = [text for text, outcome in outcomes.items() if outcome == "asked"]
    assert len(asked) <= len(outcomes) / 10, asked


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [str.upper, str.lower, _bare, lambda t: t.replace(" ", "\u00a0"), lambda t: t.replace(" ", "\u202f"),
     lambda t: f"  {t}  ", lambda t: t.replace("'", "’"), lambda t: unicodedata.normalize("NFD", t)],
    ids=["capitals", "small", "accents", "hard-space", "narrow-space", "around", "apostrophe", "marks"],
)  # fmt: skip
def test_the_look_of_a_sentence_changes_no_fact(change: Any) -> None:
    kept = {
        text: read_amounts(text).facts
        for text in (*_FRENCH, *_ENGLISH)
        if not any(word in text for word in ("4K", "Rennes", "ça ", " m de", "2 M"))
    }
    assert {text: read_amounts(change(text)).facts for text in kept} == kept


def test_each_fact_has_its_words_and_its_sum() -> None:
    for text in (*_FRENCH, *_ENGLISH):
        reading = read_amounts(text)
        assert set(reading.spans) == set(reading.sums) == set(reading.facts)
        for name, spans in reading.spans.items():
            assert all(0 <= span.start < span.end <= len(text) for span in spans), (text, name)


def test_a_sum_is_written_in_both_languages() -> None:
    reading = read_amounts("60 personnes, 22 €/mois, 4 ans")
    assert reading.sums["estimated-value"] == "60 × 22 × 48 = 63\u202f360 € HT"
    working = reading.workings["estimated-value"]
    assert sum_text(working, "en") == "60 × 22 × 48 = €63,360 excl. tax"


@pytest.mark.parametrize(
    "word", ["par blork", "/blork", "+ 5 % d'aléas", "remise déduite", "par quinzaine", "la quinzaine"]
)  # fmt: skip
def test_an_unread_word_of_money_or_time_beside_an_amount_is_asked(word: str) -> None:
    reading = read_amounts(f"achat de mobilier, 45 000 € HT {word}")
    assert "estimated-value" not in reading.facts
    assert reading.doubts


def test_a_sentence_is_read_in_two_milliseconds() -> None:
    texts = [*_FRENCH, *_ENGLISH]
    read_amounts("une fois pour charger les mots, 10 €")
    start = time.process_time()
    for text in texts:
        read_amounts(text)
    assert (time.process_time() - start) / len(texts) < 0.004  # 0.8 ms where it was written
