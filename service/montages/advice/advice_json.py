"""What the JSON of every piece of advice says alike: its head, and a source."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from montages.bilingual import Text
from montages.knowledge.model import Passage


class ProjectOfDay(Protocol):
    """What is said of a project under the law of a day."""

    @property
    def project(self) -> str:
        """Return the IRI of the project."""

    @property
    def label(self) -> Text:
        """Return the name of the project."""

    @property
    def as_of(self) -> date:
        """Return the day of the law."""

    @property
    def rulebook_version(self) -> str:
        """Return the version of the rules."""


def advice_head(it: ProjectOfDay, lang: str, *, brief: bool) -> dict[str, Any]:
    """Return what the JSON begins with: the project, the day, the rules, the size."""
    return {
        "project": str(it.project),
        "label": it.label[lang],
        "as_of": it.as_of.isoformat(),
        "rulebook_version": it.rulebook_version,
        "detail": "brief" if brief else "full",
    }


def source_json(source: Passage, lang: str) -> dict[str, Any]:
    """Return a source as JSON: its name, its label, its document, and where it can be read."""
    out = {"source": source.slug, "label": source.label[lang], "document": source.document[lang]}
    return out | ({"url": source.url} if source.url else {})
