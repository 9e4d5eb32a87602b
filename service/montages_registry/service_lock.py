"""One service a folder: two would each know half of what the other counts and remembers.

The commands are no services: they write beside one, and the record keeps them apart.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput

_LOCK = "service.lock"


class ServiceLock:
    """The right of one service to a folder, with all the processes it forks, until the last of them ends.

    Where there is no registry, that is for who opens it to tell.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / _LOCK
        self._descriptor = -1
        if not folder.is_dir():
            return
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise UnusableInput(
                message(
                    "{folder}: the folder of the registry cannot be written ({reason}).",
                    folder=folder,
                    reason=error.strerror,
                )
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise UnusableInput(
                message(
                    "{folder}: another service has this registry already (process {process}). "
                    "Stop it, or give this one a folder of its own.",
                    folder=folder,
                    process=holder or "?",
                )
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def close(self) -> None:
        """Give the folder to whoever comes next."""
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def __enter__(self) -> ServiceLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def hold_registry() -> None:
    """Take the folder of the setting for this service, until the last of its processes ends."""
    if folder := settings.get("registry"):
        ServiceLock(Path(folder))  # none of the processes has to know of it
