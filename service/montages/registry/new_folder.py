"""A folder that is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from montages.errors import UnusableInput


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a draft of a folder, beside it, which takes its place once all is well.

    Raises UnusableInput where the folder holds something, or none can be made there.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UnusableInput(
                f"{folder} n'est pas vide : rien n'y est touché. Nommez un dossier vide, ou à créer.",
                f"{folder} is not empty: nothing in it was touched. Name a folder that is empty or not "
                "there.",
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent)
    except OSError as error:
        raise UnusableInput(
            f"{folder} : impossible d'y faire un dossier ({error.strerror}).",
            f"{folder}: no folder can be made there ({error.strerror}).",
        ) from error
    draft = Path(beside)
    try:
        yield draft
        _sync(draft)
        draft.rename(folder)  # over an empty folder too
        _sync(folder.absolute().parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
