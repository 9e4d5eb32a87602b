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
from montages.api import Knowledge
from montages.knowledge.files import library
from montages.knowledge.files.caching import ByteCache
from montages.knowledge.files.fingerprint import fingerprint
from montages.names import BASE
from montages.publish.linked_data.documents import served_dataset
from montages.store.dataset import Dataset

_KEY = "montages"


@dataclass(frozen=True, eq=False)
class AppState:
    """One service: made once a process, read by all its routes."""

    knowledge: Knowledge
    dataset: Dataset
    extra: tuple[Path, ...] = ()
    # Bodies of answers, by what they are made of.
    bodies: ByteCache[bytes] = field(
        default_factory=lambda: ByteCache(settings.number("documents_remembered"), len)
    )

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of all that answers show.

        That is: knowledge, code, day of the law, real projects, questions, templates and further files.
        """
        digest = hashlib.sha256(f"{fingerprint()} {self.dataset.day}".encode())
        for path in _displayed_files():
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


def _displayed_files() -> list[Path]:
    """Return the files that are shown beside the knowledge that decides."""
    package = library.PACKAGE
    suffixes = (".html", ".txt", ".svg", ".json", ".po", ".mo", ".css")
    pages = sorted(
        p for p in package.rglob("*") if p.suffix in suffixes and "_bundled" not in p.parts
    )
    return [*library.displayed(), *pages]


def make_state(knowledge: Knowledge, extra: Sequence[Path] = ()) -> AppState:
    """Return a site under today's law, with further files beside the knowledge."""
    return AppState(knowledge, served_dataset(date.today(), tuple(extra)), tuple(extra))


def attach(app: Flask, state: AppState) -> None:
    """Let an application know its site."""
    app.extensions[_KEY] = state


def current_state() -> AppState:
    """Return the site of the application at work."""
    state = current_app.extensions[_KEY]
    assert isinstance(state, AppState)
    return state
