"""What every route shares: the knowledge, the published graphs, the public address, the languages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from flask import Flask, current_app, request

from montages import settings
from montages.decision.api import Knowledge
from montages.knowledge import library
from montages.knowledge.made_of import fingerprint
from montages.names import BASE
from montages.publish.documents import everything
from montages.store.dataset import Dataset
from montages.store.remembered import Remembered

_KEY = "montages"


@dataclass(frozen=True, eq=False)
class Site:
    """One service: made once a process, read by all its routes."""

    knowledge: Knowledge
    dataset: Dataset
    extra: tuple[Path, ...] = ()
    # Bodies of answers, by what they are made of.
    written: Remembered[bytes] = field(
        default_factory=lambda: Remembered(settings.number("documents_remembered"), len)
    )

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of all that answers show.

        That is: knowledge, code, day of the law, real projects, questions, templates and further files.
        """
        digest = hashlib.sha256(f"{fingerprint()} {self.dataset.day}".encode())
        for path in _shown():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
        for path in self.extra:
            digest.update(path.read_bytes())
        return digest.hexdigest()[:32]

    def base_url(self) -> str:
        """Return the public address of the service, without a last slash: the setting, else the request's."""
        return (settings.get("base_url") or request.url_root).rstrip("/")

    def url(self, iri: str) -> str:
        """Return where this service serves an IRI of the base; any other IRI as it is."""
        return f"{self.base_url()}/{iri[len(BASE) :]}" if iri.startswith(BASE) else iri


def _shown() -> list[Path]:
    """Return the files that are shown beside the knowledge that decides."""
    package = Path(__file__).parents[1]
    kept = (".html", ".txt", ".svg", ".json", ".po", ".mo", ".css")
    pages = sorted(p for p in package.rglob("*") if p.suffix in kept and "_bundled" not in p.parts)
    return [*library.projects().values(), *library.files("queries", "*.rq"), *pages]


def made(knowledge: Knowledge, extra: Sequence[Path] = ()) -> Site:
    """Return a site under today's law, with further files beside the knowledge."""
    return Site(knowledge, everything(date.today(), tuple(extra)), tuple(extra))


def keep(app: Flask, found: Site) -> None:
    """Let an application know its site."""
    app.extensions[_KEY] = found


def site() -> Site:
    """Return the site of the application at work."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Site)
    return found
