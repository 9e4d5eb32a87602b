"""A store on disk as the service reads it: one generation, of the rulebook that the service has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from montages.store.disk.load_files import require_same_rulebook
from montages.store.disk.published_graphs import knowledge_digest
from montages.store.disk.store_folder import StoreFolder, StoreManifest


@dataclass(frozen=True, eq=False)
class ServedStore:
    """One generation of a store: its folder, and what it says of itself."""

    folder: StoreFolder
    manifest: StoreManifest

    @property
    def quads(self) -> Path:
        """Return the folder of the engine's files."""
        return self.folder.quads(self.manifest.generation)

    @property
    def names(self) -> Path:
        """Return the index of the names of things."""
        return self.folder.names(self.manifest.generation)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what the store says of itself, its files' checksums among it."""
        return hashlib.sha256(self.manifest.text().encode()).hexdigest()


def served_store(path: Path, day: date) -> ServedStore:
    """Return the store of a folder, to be served under the law of a day.

    Raises UnreadableInput where there is none, UnusableInput where it is of another rulebook.
    """
    folder = StoreFolder(path.resolve())
    manifest = folder.current()
    require_same_rulebook(folder, manifest, knowledge_digest(day))
    return ServedStore(folder, manifest)


def opened_store(quads: Path) -> ox.Store:
    """Return the engine's files opened to be read only: any number of processes may."""
    return ox.Store.read_only(str(quads))
