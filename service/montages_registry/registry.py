"""The registry of a folder: what one may ask of it, and ask it to write; and the first one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.knowledge.files import library
from montages_registry.entry_names import OURS, check_slug
from montages_registry.erasures import checked_reason, erase_content, erasure_of
from montages_registry.moments import is_clock_behind
from montages_registry.publishers import ALL_RIGHTS, Publisher, Publishers, Right
from montages_registry.record_copies import new_folder
from montages_registry.record_file import RecordFile, RecordWriter
from montages_registry.registry_errors import NothingToPublish
from montages_registry.version import Acts, Content, State, Version, WriteCondition, public_versions
from montages_registry.version_rows import VersionRows
from montages_registry.write_checks import (
    check_quota,
    check_size,
    erasable_version,
    existing_version,
    former_version,
)

T = TypeVar("T")

_GONE = Content(b"", "")
# The publisher of the real projects that ship, as people read it.
_OUR_NAME = "Montages"


class Registry:
    """The entries of a folder, with all their versions; any number of threads and processes may use it.

    What a write returns is on the disk: it outlives the process, killed at any instant.
    """

    def __init__(self, record: RecordFile) -> None:
        self.record = record
        self.writer = RecordWriter(record)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Registry:
        """Return the registry of a folder; raises UnreadableInput, UnusableInput or BrokenRecord."""
        record = RecordFile(folder, read_only)
        record.check()
        return cls(record)

    @classmethod
    def create(cls, folder: Path) -> Registry:
        """Make an empty registry in a folder that is empty or not there; raises UnusableInput."""
        return cls(RecordFile.create(folder))

    @cached_property
    def publishers(self) -> Publishers:
        """Return the publishers, who are added, and known by their tokens."""
        return Publishers(self.record, self.writer)

    def close(self) -> None:
        """Close what this thread reads by, and what all threads write by, once none does."""
        self.writer.close()
        self.record.close()

    def write(
        self,
        slug: str,
        content: Content,
        publisher: Publisher,
        condition: WriteCondition,
        *,
        state: State = State.PUBLISHED,
        publish_at: datetime | None = None,
    ) -> Version:
        """Add a version to an entry, or make the entry, and return it once it is on the disk.

        `publish_at` is the moment from which it is public. Raises UnusableSlug, TooLarge, RightMissing,
        NotYours, StaleVersion, ConditionMissing, Withdrawn, Erased, QuotaReached, ClockBehind, RegistryBusy
        or RegistryUnwritable.
        """
        check_slug(slug, publisher.slug)
        if state not in (State.DRAFT, State.PUBLISHED) or (
            state is State.DRAFT and publish_at is not None
        ):
            raise UnusableInput(
                message(
                    "A draft has no date of publication: send a version to publish on that "
                    "date, or a draft without one; to withdraw the entry, DELETE or montages "
                    "registry withdraw."
                )
            )
        publisher.check(Right.EDIT)
        if state is State.PUBLISHED:
            publisher.check(Right.PUBLISH)
        check_size(content)

        def change(rows: VersionRows) -> Version:
            former = former_version(rows, slug, publisher, condition)
            check_quota(rows, publisher.slug, content.body)
            public = state is not State.DRAFT
            return rows.append(slug, former, content, publisher.slug, state, publish_at, public)

        return self._write(change)

    def publish(
        self,
        slug: str,
        publisher: Publisher,
        condition: WriteCondition,
        *,
        publish_at: datetime | None = None,
    ) -> Version:
        """Make the last version of an entry public, now or from a moment, as a version of its own.

        Raises NothingToPublish where it is public; the rest as `write`, and UnknownName.
        """
        publisher.check(Right.PUBLISH)

        def change(rows: VersionRows) -> Version:
            former = existing_version(rows, slug, publisher, condition)
            if former.is_public(datetime.now(UTC)):
                raise NothingToPublish(
                    message(
                        "The last version of “{slug}”, {number}, is public already.",
                        slug=slug,
                        number=former.number,
                    )
                )
            check_quota(rows, publisher.slug)
            return rows.append(slug, former, None, publisher.slug, State.PUBLISHED, publish_at)

        return self._write(change)

    def withdraw(self, slug: str, publisher: Publisher, condition: WriteCondition) -> Version:
        """Withdraw an entry, for good: its history stays, its name is not given again.

        A draft that was never public takes the right to edit, all else the right to publish. Raises as
        `publish`.
        """

        def change(rows: VersionRows) -> Version:
            former = existing_version(rows, slug, publisher, condition)
            publisher.check(Right.PUBLISH if rows.is_scheduled(slug) else Right.EDIT)
            # That there was an entry which nobody could read is nobody's business.
            public = rows.public(slug, datetime.now(UTC)) is not None
            return rows.append(slug, former, _GONE, publisher.slug, State.WITHDRAWN, public=public)

        return self._write(change)

    def erase(
        self, slug: str, number: int, reason: str, *, legal: bool = False
    ) -> tuple[Version, ...]:
        """Erase the bytes of a version for good, and return all the versions that had them.

        Their rows stay, with the digest; the same bytes are not taken again. What is kept beside the record,
        and its journal (`RecordFile.empty_journal`), have them still. Raises UnusableInput for no reason,
        UnknownName, NothingToErase, RegistryBusy or RegistryUnwritable.
        """
        reason = checked_reason(reason)

        def change(connection: sqlite3.Connection) -> tuple[Version, ...]:
            rows = VersionRows(connection, self._body)
            version = erasable_version(rows, slug, number)
            erase_content(connection, version.digest, reason, legal)
            return rows.with_content(version.digest)

        return self.writer.run(change)

    def current(self, slug: str, *, public: bool = True) -> Version | None:
        """Return what everybody reads of an entry now, a withdrawal included, or its last version.

        None where there is none, or none that is public.
        """
        now = datetime.now(UTC)
        return self._read(lambda rows: rows.public(slug, now) if public else rows.latest(slug))

    def first(self, slug: str) -> Version | None:
        """Return the version by which everybody came to read an entry; None where nothing is public."""
        now = datetime.now(UTC)
        return self._read(lambda rows: rows.first_public(slug, now))

    def at(self, slug: str, moment: datetime) -> Version | None:
        """Return what everybody could read of an entry at a moment; None where there was nothing yet."""
        return self._read(lambda rows: rows.public_at(slug, moment))

    def before(self, version: Version) -> Version | None:
        """Return what everybody could read of an entry until a version of it became public."""
        return self._read(lambda rows: rows.public_before(version))

    def versions(self, slug: str, *, public: bool = True) -> tuple[Version, ...]:
        """Return the versions of an entry that everybody could read at some time, or all, in their order."""
        versions = self._read(lambda rows: rows.all_of(slug))
        return public_versions(versions, datetime.now(UTC)) if public else versions

    def erased(self, slug: str) -> tuple[tuple[int, datetime], ...]:
        """Return the numbers of the versions of an entry that were erased, each with when."""
        return self._read(lambda rows: rows.erased(slug))

    def numbered(self, slug: str, number: int, *, public: bool = True) -> Version | None:
        """Return a version of an entry by its number; None where there is none, or it was never public."""
        version = self._read(lambda rows: rows.numbered(slug, number))
        if version is None or not public:
            return version
        never = self._read(lambda rows: rows.is_overtaken(version))
        return version if version.is_public(datetime.now(UTC)) and not never else None

    def entries(self, *, public: bool = True) -> Iterator[Version]:
        """Yield the current version of each entry by slug: what everybody reads, or the last of each."""
        now = datetime.now(UTC) if public else None
        for slug, number in self._read(lambda rows: rows.numbers(now)):
            version = self.numbered(slug, number, public=False)
            assert version is not None  # nothing is ever taken away
            yield version

    def changed(self, acts: Acts, since: datetime, now: datetime) -> list[str]:
        """Return the slugs of entries written or erased after some acts, or whose day came meanwhile."""
        return self._read(lambda rows: rows.changed(acts, since, now))

    def acts(self) -> Acts:
        """Return how many versions and erasures are in the record, which grow with each write."""
        return self._read(lambda rows: rows.acts())

    def is_clock_behind(self) -> bool:
        """Tell whether the clock stands before the last version by so much that a write is refused."""
        return is_clock_behind(self._read(lambda rows: rows.last_moment()))

    def _read(self, query: Callable[[VersionRows], T]) -> T:
        with self.record.faults():
            return query(VersionRows(self.record.read(), self._body))

    def _write(self, change: Callable[[VersionRows], T]) -> T:
        return self.writer.run(lambda connection: change(VersionRows(connection, self._body)))

    def _body(self, digest: str) -> bytes:
        with self.record.faults():
            query = "SELECT body FROM contents WHERE digest = ?"
            body = self.record.read().execute(query, (digest,)).fetchone()[0]
            gone = None if body else erasure_of(self.record.read(), digest)
        if gone is not None:  # since the version was read
            raise gone.error()
        assert isinstance(body, bytes)
        return body


def first_registry(folder: Path) -> tuple[Version, ...]:
    """Make a registry with the real projects, each as the bytes of its Turtle; return their versions.

    The folder is empty or not there, else UnusableInput is raised; it is there whole, or not at all.
    """
    with new_folder(folder) as draft:
        registry = Registry.create(draft)
        registry.publishers.add(OURS, _OUR_NAME)
        publisher = Publisher(OURS, _OUR_NAME, ALL_RIGHTS)
        versions = tuple(
            registry.write(
                slug, Content(path.read_bytes(), "text/turtle"), publisher, WriteCondition()
            )
            for slug, path in sorted(library.projects().items())
            if path.parent.name == "projects"
        )
        registry.close()
    return versions
