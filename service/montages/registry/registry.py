"""The registry of a folder: what one may ask of it, and ask it to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from montages import settings
from montages.errors import TooLarge, UnknownName, UnusableInput
from montages.registry import version_rows
from montages.registry.entity_tags import check_condition
from montages.registry.group_commit import GroupCommit
from montages.registry.publishers import Publisher, Publishers, Right
from montages.registry.record_file import RecordFile
from montages.registry.registry_errors import NothingToPublish, NotYours, Withdrawn
from montages.registry.slugs import check_slug
from montages.registry.version import Content, State, Version, WriteCondition
from montages.registry.version_history import public_versions

T = TypeVar("T")

_GONE = Content(b"", "")


class Registry:
    """The entries of a folder, with all their versions; any number of threads and processes may use it.

    What a write returns is on the disk: it outlives the process, killed at any instant.
    """

    def __init__(self, record: RecordFile) -> None:
        self.record = record
        self.commit = GroupCommit(record)

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
        return Publishers(self.record, self.commit)

    def close(self) -> None:
        """Close what this thread has open."""
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
        NotYours, StaleVersion, ConditionMissing, Withdrawn, RegistryBusy or RegistryUnwritable.
        """
        check_slug(slug, publisher.slug)
        if state is State.WITHDRAWN or (state is State.DRAFT and publish_at is not None):
            raise UnusableInput(
                "Un brouillon n'a pas de date de publication : envoyez une version à publier à cette date, "
                "ou un brouillon sans date ; pour retirer la fiche, DELETE ou montages registry withdraw.",
                "A draft has no date of publication: send a version to publish on that date, or a draft "
                "without one; to withdraw the entry, DELETE or montages registry withdraw.",
            )
        publisher.check(Right.EDIT)
        if state is State.PUBLISHED:
            publisher.check(Right.PUBLISH)
        _check_size(content)

        def change(connection: sqlite3.Connection) -> Version:
            former = _former(connection, slug, publisher, condition)
            return version_rows.append(
                connection,
                slug,
                former,
                content,
                publisher.slug,
                state,
                publish_at,
                public=state is not State.DRAFT,
            )

        return self.commit.run(change)

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

        def change(connection: sqlite3.Connection) -> Version:
            former = _existing(connection, slug, publisher, condition)
            if former.is_public(datetime.now(UTC)):
                raise NothingToPublish(
                    f"La dernière version de « {slug} », la {former.number}, est déjà publique.",
                    f"The last version of “{slug}”, {former.number}, is public already.",
                )
            return version_rows.append(
                connection,
                slug,
                former,
                former.content,
                publisher.slug,
                State.PUBLISHED,
                publish_at,
            )

        return self.commit.run(change)

    def withdraw(self, slug: str, publisher: Publisher, condition: WriteCondition) -> Version:
        """Withdraw an entry, for good: its history stays, its name is not given again.

        A draft that was never public takes the right to edit, all else the right to publish. Raises as
        `publish`.
        """

        def change(connection: sqlite3.Connection) -> Version:
            former = _existing(connection, slug, publisher, condition)
            versions = version_rows.all_of(connection, slug)
            scheduled = any(version.public_from for version in versions)
            publisher.check(Right.PUBLISH if scheduled else Right.EDIT)
            # That there was an entry which nobody could read is nobody's business.
            was_public = any(version.is_public(datetime.now(UTC)) for version in versions)
            return version_rows.append(
                connection, slug, former, _GONE, publisher.slug, State.WITHDRAWN, public=was_public
            )

        return self.commit.run(change)

    def current(self, slug: str, *, public: bool = True) -> Version | None:
        """Return what everybody reads of an entry now, a withdrawal included, or its last version.

        None where there is none, or none that is public.
        """
        return self._read(
            lambda connection: (
                version_rows.public_now(connection, slug, datetime.now(UTC))
                if public
                else version_rows.latest(connection, slug)
            )
        )

    def at(self, slug: str, moment: datetime) -> Version | None:
        """Return what everybody could read of an entry at a moment; None where there was nothing yet."""
        return self._read(lambda connection: version_rows.public_at(connection, slug, moment))

    def versions(self, slug: str, *, public: bool = True) -> tuple[Version, ...]:
        """Return the versions of an entry that everybody could read at some time, or all, in their order."""
        versions = self._read(lambda connection: version_rows.all_of(connection, slug))
        return public_versions(versions, datetime.now(UTC)) if public else versions

    def numbered(self, slug: str, number: int, *, public: bool = True) -> Version | None:
        """Return a version of an entry by its number; None where there is none, or it was never public."""
        if public:
            return next((v for v in self.versions(slug) if v.number == number), None)
        return self._read(lambda connection: version_rows.numbered(connection, slug, number))

    def entries(self, *, public: bool = True) -> Iterator[Version]:
        """Yield the current version of each entry by slug: what everybody reads, or the last of each."""
        now = datetime.now(UTC) if public else None
        for slug, number in self._read(lambda c: version_rows.last_numbers(c, now)):
            version = self.numbered(slug, number, public=False)
            assert version is not None  # nothing is ever taken away
            yield version

    def sequence(self) -> int:
        """Return the number of versions in the record, which grows with each write."""
        query = "SELECT coalesce(max(sequence), 0) FROM versions"
        return int(self._read(lambda connection: connection.execute(query).fetchone()[0]))

    def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        with self.record.faults():
            return query(self.record.read())


def _check_size(content: Content) -> None:
    """Raise TooLarge for a content over the limit of the settings."""
    most = settings.number("max_bytes")
    if len(content.body) > most:
        raise TooLarge(
            f"La description fait {len(content.body)} octets, plus que les {most} admis "
            "(MONTAGES_MAX_BYTES).",
            f"The description has {len(content.body)} bytes, over the {most} allowed (MONTAGES_MAX_BYTES).",
        )


def _existing(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version:
    """Return the last version of an entry that is there; raises UnknownName where it is not."""
    if version_rows.latest(connection, slug) is None:
        raise UnknownName(
            f"Aucune fiche « {slug} » dans le registre.",
            f"No entry “{slug}” in the registry.",
        )
    former = _former(connection, slug, publisher, condition)
    assert former is not None
    return former


def _former(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version | None:
    """Return the last version of an entry, which a publisher may write after under a condition."""
    former = version_rows.latest(connection, slug)
    if former is not None and former.publisher != publisher.slug:
        raise NotYours(
            f"La fiche « {slug} » est d'un autre éditeur : choisissez un autre nom.",
            f"The entry “{slug}” belongs to another publisher: choose another name.",
        )
    if former is not None and former.state is State.WITHDRAWN:
        raise Withdrawn(
            f"La fiche « {slug} » a été retirée le {former.moment:%Y-%m-%d} : son histoire reste, son nom ne "
            "se redonne pas. Choisissez un autre nom.",
            f"The entry “{slug}” was withdrawn on {former.moment:%Y-%m-%d}: its history stays, its name is "
            "not given again. Choose another name.",
        )
    check_condition(slug, former, condition)
    return former
