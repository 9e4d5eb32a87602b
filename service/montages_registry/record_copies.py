"""Copies of the record, and registries made of them: each is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from montages.bilingual import message
from montages.errors import UnreadableInput, UnusableInput
from montages_registry.erasures import carry_over
from montages_registry.record_check import RecordReport, record_report
from montages_registry.record_file import RecordFile
from montages_registry.record_schema import FILE


def backup(record: RecordFile, file: Path) -> RecordReport:
    """Copy a record as it is at one moment into a new file, and return what was verified of the copy.

    The service may write meanwhile. The file is there whole or not at all. Raises UnusableInput where there
    is one already or it cannot be written, BrokenRecord where the record is not what was written.
    """
    if file.exists():
        raise UnusableInput(
            message("{file} exists already: name another file, nothing is overwritten.", file=file)
        )
    try:
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{file.name}-", dir=file.absolute().parent
        ) as beside:
            draft = RecordFile(Path(beside))
            with record.faults(), closing(record.connection()) as source:
                _copy(source, draft)
            report = record_report(draft)
            report.check()
            _sync(draft.path)
            os.link(draft.path, file)  # fails where somebody else was faster
            _sync(file.absolute().parent)
    except OSError as error:
        raise UnusableInput(
            message(
                "{file}: the backup could not be written ({reason}).",
                file=file,
                reason=error.strerror,
            )
        ) from error
    return report


def restore(file: Path, folder: Path, later: Path | None = None) -> RecordReport:
    """Make a registry of a backup in a folder that is empty or not there, and return what was verified.

    What was erased since is erased again, as `later` says: a later backup, or the folder of the registry
    that this one replaces. Raises UnreadableInput, UnusableInput where there is something in the folder,
    BrokenRecord where the backup is not what was written: then there is no registry either.
    """
    if not file.is_file():
        raise UnreadableInput(message("No such backup: {file}.", file=file))
    with new_folder(folder) as draft:
        record = RecordFile(draft)
        shutil.copyfile(file, record.path)
        record.check()
        record_report(record).check()
        with record.faults(), closing(record.connection()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        if later is not None:
            carry_over(record, RecordFile.at(later))
        record.empty_journal()
        report = record_report(record)
        report.check()
        _sync(draft / FILE)
    return report


def _copy(source: sqlite3.Connection, draft: RecordFile) -> None:
    """Copy a record into one file, with nothing beside it."""
    with draft.faults(), closing(draft.connection()) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield a draft of a folder, beside it, which takes its place once all is well.

    Raises UnusableInput where the folder holds something, or none can be made there.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UnusableInput(
                message(
                    "{folder} is not empty: nothing in it was touched. Name a folder that is "
                    "empty or not there.",
                    folder=folder,
                )
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent)
    except OSError as error:
        raise UnusableInput(
            message(
                "{folder}: no folder can be made there ({reason}).",
                folder=folder,
                reason=error.strerror,
            )
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
            message(
                "{file}: the file could not be written ({reason}).",
                file=file,
                reason=error.strerror,
            )
        ) from error


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
