"""One contract of another format as a description: its keys, what is unknown, and what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montages.bilingual import Text
from montages.hidden_signs import visible
from montages.knowledge.description_keys import criterion_keys
from montages_decp_ted.note_texts import NOTE_TEXTS

# A value is shown in a note as far as this.
_LONGEST = 80


@dataclass(frozen=True)
class ImportNote:
    """What an import could not take as it stood: a code, where it stood, what was written there.

    `place` is a JSON pointer, or an XPath, into the file; `value` what was found there, cut short.
    """

    code: str
    place: str
    value: str = ""

    @property
    def text(self) -> Text:
        """Return the note as a sentence, in both languages."""
        value = visible(self.value)
        if len(value) > _LONGEST:
            value = f"{value[:_LONGEST]}…"
        return NOTE_TEXTS[self.code].fill(value=value)

    def to_json(self, lang: str) -> dict[str, str]:
        """Return the note as JSON, its sentence in one language."""
        return {
            "code": self.code,
            "place": self.place,
            "value": self.value[:_LONGEST],
            "message": self.text[lang],
        }


@dataclass(frozen=True)
class ImportedContract:
    """A contract as a description: `keys` are those of our JSON and YAML, ready for the parser.

    `identifier` names it in its file; `notes` say what was not taken as it stood.
    """

    identifier: str
    keys: dict[str, Any]
    notes: tuple[ImportNote, ...] = field(default=())


def unknown_criteria(keys: Mapping[str, Any]) -> list[str]:
    """Return the slugs of the criteria that a description leaves unanswered, in the order of the rulebook."""
    answered = set(keys.get("answers", {}))
    for part in keys.get("perimeters", {}).values():
        answered |= set(part.get("answers", {}))
    return [criterion for criterion, key in criterion_keys().items() if key not in answered]
