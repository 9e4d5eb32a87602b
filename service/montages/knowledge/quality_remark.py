"""One remark on the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.knowledge.model import Text


@dataclass(frozen=True)
class Remark:
    """What one check has to say about one thing: an error, a warning, or a mere note."""

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
