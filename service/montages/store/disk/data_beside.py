"""Files to serve beside what is published: a store is made of them for as long as the service runs."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from montages.errors import UnusableInput
from montages.store.dataset import Dataset
from montages.store.disk.load_files import load_files
from montages.store.disk.published_graphs import published_graphs
from montages.store.disk.rdf_files import rdf_files
from montages.store.disk.served_store import ServedStore, served_store
from montages.store.disk.store_folder import StoreFolder

# What the name of such a folder begins with: no other is ever removed.
PREFIX = "montages-data-"


def data_folder(paths: Sequence[Path], dataset: Dataset) -> Path:
    """Return a new folder with a store of files beside a dataset; raises UnreadableInput or UnusableInput."""
    files = rdf_files(paths)
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    except OSError as error:
        raise UnusableInput(
            f"Aucun dossier temporaire où charger les données ({error.strerror}) : réglez TMPDIR.",
            f"No temporary folder to load the data in ({error.strerror}): set TMPDIR.",
        ) from error
    try:
        load_files(StoreFolder(folder), files, published_graphs(dataset))
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
            "--data ou --store (MONTAGES_DATA, MONTAGES_STORE), pas les deux : chargez les fichiers dans le "
            "magasin, par montages load.",
            "--data or --store (MONTAGES_DATA, MONTAGES_STORE), not both: load the files into the store, by "
            "montages load.",
        )


def remove_data(folder: Path) -> None:
    """Remove a folder that was made for some files; any other stays."""
    if folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)
