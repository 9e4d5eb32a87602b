"""What who runs a registry does with its file: erase for good, back up, restore.

Erased are the bytes, quads and words of a version; a row says who erased them, when and why. A copy is
SQLite's own, whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from montages.bilingual import message
from montages.errors import UnknownName, UnreadableInput, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry.database import FILE, Database
from montages_registry.entry_summary import NOTHING
from montages_registry.moments import write_moment
from montages_registry.registry import Registry, note_change
from montages_registry.registry_errors import BrokenRecord, RegistryBusy
from montages_registry.version import NUMBERED, State, Version, versions

_LONGEST = 500
_NO_VERSION = message("No version {number} of “{slug}”: montages registry list {slug}.")
_A_WITHDRAWAL = message("Version {number} of “{slug}” is its withdrawal, which has no bytes.")
_LEFT = message("It is erased, but others hold bytes in {left}: run the same command again.")
_NO_REASON = message(
    "An erasure has a reason that everybody may read, of {longest} signs at most, without personal "
    "data: --reason “Telephone number of an official”."
)
_SAME = "v.digest = :digest AND v.state <> 'withdrawn' ORDER BY v.slug, v.number"


def erase(
    registry: Registry, slug: str, number: int, reason: str, operator: str, *, legal: bool = False
) -> tuple[Version, ...]:
    """Erase the content of a version, and return all the versions that had the very same bytes.

    They are not taken again. Backups made before have them still. Raises UnusableInput for no reason and for
    a withdrawal, UnknownName, RegistryUnwritable, or RegistryBusy: run again, it finishes.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST or HIDDEN.search(reason):
        raise UnusableInput(_NO_REASON.fill(longest=_LONGEST))
    with registry.database.transaction() as connection:
        version = next(versions(connection, NUMBERED, slug=slug, number=number), None)
        if version is None:
            raise UnknownName(_NO_VERSION.fill(slug=slug, number=number))
        if version.state is State.WITHDRAWN:
            raise UnusableInput(_A_WITHDRAWAL.fill(slug=slug, number=number))
        if version.erased is None:
            row = (version.digest, write_moment(connection), operator, reason, int(legal))
            connection.execute("INSERT INTO erasures VALUES (?, ?, ?, ?, ?)", row)
        for one in list(versions(connection, _SAME, digest=version.digest)):
            note_change(connection, one.slug)
        connection.execute(
            "UPDATE versions SET state = 'erased', summary = ?, words = '', body = x'', "
            "quads = x'' WHERE digest = ? AND state <> 'withdrawn'",
            (json.dumps(NOTHING), version.digest),
        )
        erased = tuple(versions(connection, _SAME, digest=version.digest))
    with registry.database.connection() as connection:
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise RegistryBusy(_LEFT.fill(left=f"{registry.database.path.name}-wal"))
    return erased


_NOT_AS_WRITTEN = message(
    "{path} is not what was written: {where}. Take the last backup: montages registry restore."
)
_NO_BACKUP = message("No such backup: {file}.")
_NOT_COPIED = message("{file}: the copy could not be written ({reason}).")
_THERE = message("{file} exists already: name another one, nothing is overwritten.")
_ALTERED = """
SELECT slug || ', ' || number FROM versions WHERE state <> 'erased' AND sha256(body) <> digest
"""


def verify(database: Database) -> int:
    """Return how many versions a registry has, all as they were written; raises BrokenRecord."""
    with database.connection() as connection:
        connection.create_function("sha256", 1, lambda body: hashlib.sha256(body).hexdigest())
        (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (altered,) = connection.execute(_ALTERED).fetchone() or ("",)
        if fault != "ok" or altered:
            raise BrokenRecord(_NOT_AS_WRITTEN.fill(path=database.path, where=altered or fault))
        return int(connection.execute("SELECT count(*) FROM versions").fetchone()[0])


def backup(database: Database, file: Path) -> int:
    """Copy a registry as it is at one moment into a new file, verified; return how many versions it has.

    The service may write meanwhile. Raises UnusableInput where there is such a file already, or it cannot be
    written; BrokenRecord.
    """
    with _copy(database, file) as copy:
        return verify(copy)


def restore(file: Path, folder: Path) -> int:
    """Make a registry of a backup, verified, in a folder that has none; return how many versions it has.

    Raises UnreadableInput, UnusableInput where there is a registry in the folder, BrokenRecord.
    """
    if not file.is_file():
        raise UnreadableInput(_NO_BACKUP.fill(file=file))
    source = Database(file.parent, file.name)
    source.check()
    count = verify(source)
    with _copy(source, folder / FILE) as copy, copy.connection() as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return count


@contextmanager
def _copy(source: Database, file: Path) -> Iterator[Database]:
    """Yield a copy of a registry, which takes its place at a file that is not there once all is well."""
    if file.exists():
        raise UnusableInput(_THERE.fill(file=file))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as beside:
            draft = Database(Path(beside))
            with source.connection() as connection:
                connection.execute("VACUUM INTO ?", (str(draft.path),))
            yield draft
            os.link(draft.path, file)  # fails where somebody else was faster
        os.sync()
    except OSError as error:
        raise UnusableInput(_NOT_COPIED.fill(file=file, reason=error.strerror)) from error
