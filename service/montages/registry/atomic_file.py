"""A file that is there whole, or as it was before."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from montages.errors import UnusableInput


def write_whole(file: Path, content: bytes) -> None:
    """Write a file, in the place of the former one once it is whole; raises UnusableInput."""
    try:
        with tempfile.NamedTemporaryFile(
            prefix=f".{file.name}-", dir=file.absolute().parent, delete=False
        ) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).chmod(0o644)
                Path(draft.name).replace(file)
            except BaseException:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise UnusableInput(
            f"{file} : le fichier n'a pas pu être écrit ({error.strerror}).",
            f"{file}: the file could not be written ({error.strerror}).",
        ) from error
