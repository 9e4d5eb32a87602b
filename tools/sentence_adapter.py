"""What a scorer of sentences reads: the description of a sentence, and its words that were not used."""

from __future__ import annotations

from typing import Any

from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import sentence_project


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """Return the description that a sentence is read as, and the words of it that nothing used."""
    reading = read_sentence(text)
    return sentence_project(reading), [one.words for one in reading.unsure] + list(reading.unread)
