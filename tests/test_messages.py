"""What is said to people is said in both languages."""

from __future__ import annotations

from montages.publish.linked_data.problem_types import IN_FRENCH, problem_types
from montages.publish.text.messages import PHRASES
from montages.registry import registry_errors


def test_a_phrase_is_there_in_both_languages() -> None:
    assert not [key for key, text in PHRASES.items() if not (text.fr.strip() and text.en.strip())]


def test_a_refusal_of_the_registry_has_its_title_and_meaning_in_both_languages() -> None:
    refusals = {
        slug: kind
        for slug, kind in problem_types().items()
        if kind.__module__ == registry_errors.__name__
    }
    assert len(refusals) > 10
    for slug, kind in refusals.items():
        assert kind.title["fr"] != kind.title["en"]
        assert slug in IN_FRENCH
