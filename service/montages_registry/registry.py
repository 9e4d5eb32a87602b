"""The registry of a folder: what one may ask of it, and ask it to write.

What a write returns is on the disk: it outlives the process, killed at any instant.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from montages.bilingual import NO_TEXT, message
from montages.errors import MontagesError, UnknownName
from montages_registry import moments
from montages_registry.database import Database
from montages_registry.entry_names import check_slug
from montages_registry.entry_quads import in_graph, version_quads
from montages_registry.entry_summary import EntrySummary
from montages_registry.publishers import Publisher, Publishers, Right, publisher_quota
from montages_registry.quota import check_quota
from montages_registry.registry_errors import NothingToPublish, NotYours, Withdrawn
from montages_registry.version import (
    EntryContent,
    State,
    Version,
    WriteCondition,
    check_condition,
    erasure_of,
    versions,
)

# After so long a service that is asked looks at the clock again.
_LOOK = timedelta(hours=1)
_GONE = EntryContent(b"", "", "", EntrySummary("", NO_TEXT))
_PUBLIC = message("The last version of “{slug}”, {number}, is public already.")
_OTHERS = message("The entry “{slug}” belongs to another publisher: choose another name.")
_WITHDRAWN = message(
    "The entry “{slug}” was withdrawn on {day}: its history stays, its name is not given again. "
    "Choose another name."
)


class EntryGraph(NamedTuple):
    """The graph of an entry as it is public now; no version where nothing is."""

    slug: str
    version: Version | None
    quads: bytes


class Registry:
    """The entries of a folder, with all their versions; any number of threads and processes may use it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, folder: Path) -> Registry:
        """Return the registry of a folder; raises UnreadableInput, UnusableInput or BrokenRecord."""
        database = Database(folder)
        database.check()
        return cls(database)

    @classmethod
    def create(cls, folder: Path) -> Registry:
        """Make an empty registry in a folder that is empty or not there; raises UnusableInput."""
        return cls(Database.create(folder))

    @cached_property
    def publishers(self) -> Publishers:
        """Return the publishers, who are added, and known by their tokens."""
        return Publishers(self.database)

    def check_write(
        self, slug: str, publisher: Publisher, condition: WriteCondition, size: int, state: State
    ) -> None:
        """Raise what `write` would refuse, whatever the bytes are: before they are judged."""
        check_slug(slug, publisher.slug)
        publisher.check(Right.EDIT)
        if state is State.PUBLISHED:
            publisher.check(Right.PUBLISH)
        with self.database.connection() as connection:
            _writable(connection, slug, publisher, condition)
            quota = publisher_quota(connection, publisher.slug)
            check_quota(connection, publisher.slug, quota, size, moments.now())

    def write(
        self,
        slug: str,
        content: EntryContent,
        publisher: Publisher,
        condition: WriteCondition,
        state: State = State.PUBLISHED,
    ) -> Version:
        """Add a version to an entry, or make the entry, and return it once it is on the disk.

        Raises UnusableSlug, TooLarge, RightMissing, NotYours, StaleVersion, ConditionMissing, Withdrawn,
        Erased, QuotaReached, ClockInDoubt, RegistryBusy or RegistryUnwritable.
        """
        self.check_write(slug, publisher, condition, len(content.body), state)
        with self.database.transaction() as connection:
            latest = _writable(connection, slug, publisher, condition)
            moment = moments.write_moment(connection)
            quota = publisher_quota(connection, publisher.slug)
            check_quota(connection, publisher.slug, quota, len(content.body), moment)
            if erasure := erasure_of(connection, content.digest):
                raise erasure.error(message("These bytes"))
            number = latest.number + 1 if latest else 1
            insert_version(connection, slug, number, publisher.slug, state, moment, content)
            return _numbered(connection, slug, number)

    def publish(self, slug: str, publisher: Publisher, condition: WriteCondition) -> Version:
        """Make the last version of an entry public; raises NothingToPublish where it is.

        The rest as `write`, and UnknownName; Erased where its bytes are gone.
        """
        publisher.check(Right.PUBLISH)
        with self.database.transaction() as connection:
            latest = _existing(connection, slug, publisher, condition)
            if latest.erasure is not None:
                raise latest.erasure.error(latest.name)
            if latest.public_from is not None:
                raise NothingToPublish(_PUBLIC.fill(slug=slug, number=latest.number))
            moment = moments.moment_text(moments.write_moment(connection))
            connection.execute(
                "UPDATE versions SET state = 'published', public_from = ? "
                "WHERE slug = ? AND number = ?",
                (moment, slug, latest.number),
            )
            connection.execute("UPDATE entries SET public = latest WHERE slug = ?", (slug,))
            note_change(connection, slug)
            return _numbered(connection, slug, latest.number)

    def withdraw(self, slug: str, publisher: Publisher, condition: WriteCondition) -> Version:
        """Withdraw an entry, for good: its history stays, its name is not given again.

        A draft that was never public takes the right to edit, all else the right to publish, and nobody
        learns of it. Raises as `publish`.
        """
        with self.database.transaction() as connection:
            latest = _existing(connection, slug, publisher, condition)
            public = _public(connection, slug) is not None
            publisher.check(Right.PUBLISH if public else Right.EDIT)
            moment, number = moments.write_moment(connection), latest.number + 1
            of = (slug, number, publisher.slug, State.WITHDRAWN)
            insert_version(connection, *of, moment, _GONE, public=public)
            return _numbered(connection, slug, number)

    def public(self, slug: str) -> Version | None:
        """Return what everybody reads of an entry now, a withdrawal and an erased version included."""
        with self.database.connection() as connection:
            return _public(connection, slug)

    def latest(self, slug: str) -> Version | None:
        """Return the last version of an entry, a draft too."""
        with self.database.connection() as connection:
            return _latest(connection, slug)

    def numbered(self, slug: str, number: int) -> Version | None:
        """Return a version of an entry by its number, a draft too."""
        with self.database.connection() as connection:
            where = "v.slug = :slug AND v.number = :number"
            return next(versions(connection, where, slug=slug, number=number), None)

    def on_day(self, slug: str, day: date) -> Version | None:
        """Return what everybody read of an entry at the end of a day of UTC; None for nothing yet."""
        with self.database.connection() as connection:
            where = "v.slug = :slug AND v.public_from < :end ORDER BY v.number DESC LIMIT 1"
            return next(versions(connection, where, slug=slug, end=f"{day}T24"), None)

    def history(self, slug: str, most: int = -1) -> tuple[Version, ...]:
        """Return the versions of an entry, drafts too, in their order: all, or so many of the last."""
        with self.database.connection() as connection:
            where = "v.slug = :slug ORDER BY v.number DESC LIMIT :most"
            return tuple(versions(connection, where, slug=slug, most=most))[::-1]

    def entries(self) -> tuple[Version, ...]:
        """Return the last version of each entry, drafts too, by slug."""
        with self.database.connection() as connection:
            return tuple(versions(connection, "v.number = entries.latest ORDER BY v.slug"))

    def body(self, version: Version) -> bytes:
        """Return the bytes of a version as they were sent; raises Erased."""
        return self._content(version, "body")

    def quads(self, version: Version) -> bytes:
        """Return what the gate made of the bytes of a version; raises Erased."""
        return self._content(version, "quads")

    def _content(self, version: Version, column: str) -> bytes:
        with self.database.connection() as connection:
            content, state = connection.execute(
                f"SELECT {column}, state FROM versions WHERE slug = ? AND number = ?",  # noqa: S608
                (version.slug, version.number),
            ).fetchone()
            if state == State.ERASED:  # perhaps since it was looked up
                erasure = erasure_of(connection, version.digest)
                assert erasure is not None
                raise erasure.error(version.name)
        assert isinstance(content, bytes)
        return content

    def revision(self) -> int:
        """Return the number of the last change of what is public; every hour, look at the clock."""
        with self.database.connection() as connection:
            late = moments.now() - moments.seen(connection) > _LOOK
            late = late and not moments.is_in_doubt(connection)
            revision = connection.execute("SELECT max(changed) FROM entries").fetchone()[0]
        if late:
            with suppress(MontagesError), self.database.transaction() as connection:
                moments.see(connection)
        return revision or 0

    def graphs(self, since: int = -1) -> Iterator[EntryGraph]:
        """Yield the graphs of entries that changed after a revision, by slug: all by default."""
        with self.database.connection() as connection:
            changed = "SELECT slug FROM entries WHERE changed > ? ORDER BY slug"
            for (slug,) in connection.execute(changed, (since,)).fetchall():
                version = _public(connection, slug)
                if version is None or version.state is not State.PUBLISHED:
                    yield EntryGraph(slug, None, b"")
                    continue
                query = "SELECT quads FROM versions WHERE slug = ? AND number = ?"
                row = connection.execute(query, (slug, version.number)).fetchone()
                yield EntryGraph(slug, version, version_quads(version, row[0]))


def _latest(connection: sqlite3.Connection, slug: str) -> Version | None:
    where = "v.slug = :slug AND v.number = entries.latest"
    return next(versions(connection, where, slug=slug), None)


def _public(connection: sqlite3.Connection, slug: str) -> Version | None:
    where = "v.slug = :slug AND v.number = entries.public"
    return next(versions(connection, where, slug=slug), None)


def _numbered(connection: sqlite3.Connection, slug: str, number: int) -> Version:
    return next(
        versions(connection, "v.slug = :slug AND v.number = :number", slug=slug, number=number)
    )


def _writable(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version | None:
    """Return the last version of an entry, after which a publisher may write under a condition.

    None where there is none yet. Raises NotYours, Withdrawn, StaleVersion or ConditionMissing.
    """
    latest = _latest(connection, slug)
    if latest is not None and latest.publisher != publisher.slug:
        raise NotYours(_OTHERS.fill(slug=slug))
    if latest is not None and latest.state is State.WITHDRAWN:
        raise Withdrawn(_WITHDRAWN.fill(slug=slug, day=f"{latest.moment:%Y-%m-%d}"))
    check_condition(slug, latest, condition)
    return latest


def _existing(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, condition: WriteCondition
) -> Version:
    """Return the last version of an entry that is there; raises UnknownName where it is not."""
    if _latest(connection, slug) is None:
        raise UnknownName(message("No entry “{slug}” in the registry.", slug=slug))
    latest = _writable(connection, slug, publisher, condition)
    assert latest is not None
    return latest


def note_change(connection: sqlite3.Connection, slug: str) -> None:
    """Give an entry the number of the next change of what is public."""
    connection.execute(
        "UPDATE entries SET changed = (SELECT max(changed) + 1 FROM entries) WHERE slug = ?",
        (slug,),
    )


def insert_version(
    connection: sqlite3.Connection,
    slug: str,
    number: int,
    publisher: str,
    state: State,
    moment: datetime,
    content: EntryContent,
    public: bool = True,
) -> None:
    """Write a version, with its content and its facets, as the last one of its entry.

    Everybody reads it from its moment on, unless it is a draft or not to be `public`.
    """
    public = public and state is not State.DRAFT
    connection.execute(
        "INSERT INTO entries VALUES (:slug, :publisher, :number, :public, 0) "
        "ON CONFLICT DO UPDATE SET latest = :number, public = coalesce(:public, public)",
        {
            "slug": slug,
            "publisher": publisher,
            "number": number,
            "public": number if public else None,
        },
    )
    if public:
        note_change(connection, slug)
    written, summary = moments.moment_text(moment), content.summary
    row = (slug, number, str(state), publisher, written, written if public else None)
    about = (content.media_type, content.digest, len(content.body))
    described = (json.dumps(summary.to_json(), ensure_ascii=False), summary.words(slug))
    quads = in_graph(content.triples, slug, number)
    marks = ", ".join("?" * 13)
    connection.execute(
        f"INSERT INTO versions VALUES ({marks})",  # noqa: S608  # marks alone
        (*row, *about, *described, content.body, quads),
    )
    facets = {**summary.facets, "publisher": (publisher,)}
    connection.executemany(
        "INSERT INTO facets VALUES (?, ?, ?, ?)",
        [(key, value, slug, number) for key, values in facets.items() for value in values],
    )
