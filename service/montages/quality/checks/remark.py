"""A remark on the rulebook: the result of one check about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text


@dataclass(frozen=True)
class Remark:
    """The result of one check about one thing; `severity` is error, warning or note."""

    check: str
    severity: str
    about: str
    text: Text

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the remark as JSON."""
        return {
            "check": self.check,
            "severity": self.severity,
            "about": self.about,
            "message": self.text[lang],
        }


def remark(check: str, severity: str, about: str, fr: str, en: str) -> Remark:
    """Return a remark whose text begins with the thing it is about."""
    return Remark(check, severity, about, Text(f"{about} : {fr}", f"{about}: {en}"))
