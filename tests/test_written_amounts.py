"""Amounts, durations and labels as people write them: tests/amounts.yaml, and our own labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from montages.bilingual import Text
from montages.description.parsing import answer_values
from montages.description.parsing.answer_values import (
    ClosedList,
    criterion_list,
    read_word,
    written_amount,
)
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.parse import parse
from montages.errors import UnusableInput
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import label_index, plain_form

AMOUNTS = yaml.safe_load((Path(__file__).parent / "amounts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("criterion", "text"), [(name, text) for name, texts in AMOUNTS.items() for text in texts]
)
def test_an_amount_is_read_as_people_mean_it(criterion: str, text: str) -> None:
    amount, wanted = written_amount(text, answer_units()[criterion]), AMOUNTS[criterion][text]
    if isinstance(wanted, list):
        assert amount is not None
        assert amount.doubtful == tuple(wanted)
    elif wanted is None:
        assert amount is None
    else:
        assert amount is not None
        assert (float(amount.number), amount.doubtful) == (wanted, None)


def test_every_numeric_criterion_has_units() -> None:
    numeric = {c.slug for c in rulebook().criteria.values() if c.numeric_property}
    assert {name for name, units in answer_units().items() if units.worth} == numeric


def test_every_label_of_a_value_is_read_as_that_value() -> None:
    for criterion in rulebook().criteria.values():
        for value in criterion.values:
            for written in (value.label.fr, value.label.en.upper(), value.slug.replace("-", " ")):
                read = read_word(criterion_list(criterion.slug), "/x", KeyNotes(), written)
                assert read == value.slug


def test_no_name_in_our_lists_means_two_things() -> None:
    assert [
        (name, form)
        for name, forms in label_index().items()
        for form in forms
        if len(forms[form]) > 1
    ] == []


def test_a_word_that_means_two_values_is_refused_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    both = ClosedList("x", ("one", "two"), Text("", ""), "")
    monkeypatch.setattr(answer_values, "label_index", lambda: {"x": {"a": ("one", "two")}})
    with pytest.raises(UnusableInput) as refused:
        read_word(both, "/x", KeyNotes(), "A")
    assert "one ou two" in refused.value.message("fr")
    assert refused.value.extra["accepted"] == ["one", "two"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Droit d’exploiter", "droit d'exploiter"),
        ("Éclairage-public", "eclairage  PUBLIC"),
        ("œ", "OE"),
    ],
)
def test_names_are_compared_without_what_differs_in_writing(one: str, other: str) -> None:
    assert plain_form(one) == plain_form(other)


@pytest.mark.parametrize("number", ["217.000", "1.500"])
@pytest.mark.parametrize("syntax", ["json", "yaml"])
def test_a_doubtful_number_is_refused_without_quotes_too(number: str, syntax: str) -> None:
    text = f'{{"project": "A", "answers": {{"estimated-value": {number}}}}}'
    with pytest.raises(UnusableInput) as refused:
        parse(text, syntax)
    assert len(refused.value.extra["accepted"]) == 2


@pytest.mark.parametrize("number", [1.5, 1234.125, 0.125, 20000])
def test_a_number_that_a_program_writes_is_no_doubt(number: Any) -> None:
    text = f'{{"project": "A", "answers": {{"estimated-value": {number}}}}}'
    assert not parse(text, "json").readings
