"""What was read of a value that is not in its own form: a label, an amount with its unit, an `oui`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text
from montages.knowledge.thing_labels import plain_form
from montages.one_line import OneLine

Canonical = str | int | float | bool
# What is no longer than this is not broken into two lines.
_ON_ONE_LINE = 40


def pointer_step(key: str) -> str:
    """Return a key as a step of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True)
class ValueReading(OneLine):
    """One value of a description as written and as read.

    `place` is its JSON pointer, `read` the value that our keys have for it, `about` what it answers and
    `meaning` the value in words.
    """

    place: str
    written: str
    read: Canonical
    about: Text
    meaning: Text

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the reading as JSON, the value in words in one language."""
        return {
            "place": self.place,
            "written": self.written,
            "read": self.read,
            "label": self.meaning[lang],
        }

    def text(self, lang: str) -> str:
        """Return the reading in a few words: `Valeur estimée : 20 k€ → 20 000 € HT`.

        A label is not written twice.
        """
        colon, meaning = ":" if lang == "en" else " :", self.meaning[lang]
        alike = plain_form(self.written) == plain_form(meaning)
        read = meaning if alike else f"{self.written} → {meaning}"
        if len(read) <= _ON_ONE_LINE:
            read = read.replace(" ", "\u00a0")
        return f"{self.about[lang]}{colon} {read}"


def readings_text(readings: Iterable[ValueReading], lang: str) -> str:
    """Return readings in one line, those that say the same once."""
    return " · ".join(dict.fromkeys(reading.text(lang) for reading in readings))
