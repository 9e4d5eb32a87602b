"""A store on disk as the service reads it: one generation, of the rulebook that the service has.

Files to serve beside what is published have a store made of them for as long as the service runs.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.store.dataset import Dataset
from montages.store.disk.bulk_load import load_files, require_same_rulebook
from montages.store.disk.rdf_files import rdf_files
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
    require_same_rulebook(folder, manifest, day)
    return ServedStore(folder, manifest)


def opened_store(quads: Path) -> ox.Store:
    """Return the engine's files opened to be read only: any number of processes may."""
    return ox.Store.read_only(str(quads))


# What the name of such a folder begins with: no other is ever removed.
_DATA_PREFIX = "montages-data-"


def data_folder(paths: Sequence[Path], dataset: Dataset) -> Path:
    """Return a new folder with a store of files beside a dataset; raises UnreadableInput or UnusableInput."""
    files = rdf_files(paths)
    try:
        folder = Path(tempfile.mkdtemp(prefix=_DATA_PREFIX))
    except OSError as error:
        raise UnusableInput(
            message(
                "No temporary folder to load the data in ({reason}): set TMPDIR.",
                reason=error.strerror,
            )
        ) from error
    try:
        load_files(StoreFolder(folder), files, dataset)
    except BaseException:
        remove_data(folder)
        raise
    return folder


def data_beside(paths: Sequence[Path], dataset: Dataset) -> ServedStore:
    """Return a store of files beside a dataset, removed when this process ends."""
    folder, owner = data_folder(paths, dataset), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:
            remove_data(folder)

    atexit.register(remove)
    return served_store(folder, dataset.day)


def refuse_both(data: object, store: object) -> None:
    """Check that further data come from files or from a store; raises UnusableInput."""
    if data and store:
        raise UnusableInput(
            message(
                "--data or --store (MONTAGES_DATA, MONTAGES_STORE), not both: load the files "
                "into the store, by montages load."
            )
        )


def remove_data(folder: Path) -> None:
    """Remove a folder that was made for some files; any other stays."""
    if folder.name.startswith(_DATA_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
