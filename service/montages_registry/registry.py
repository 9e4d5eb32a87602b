"""The registry of a folder: what one may ask of it, and ask it to write.

What a write returns is on the disk: it outlives the process, killed at any instant.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from montages.bilingual import message
from montages.errors import MontagesError, UnknownName
from montages.store.sparql.graph_updates import ChangedGraph, GraphUpdate
from montages_registry import moments
from montages_registry.database import Database
from montages_registry.entry_gate import EntryContent
from montages_registry.entry_names import check_slug, version_iri
from montages_registry.entry_quads import in_graph, version_quads
from montages_registry.entry_summary import NOTHING, EntrySummary, words
from montages_registry.publishers import Publisher, Publishers, check_quota
from montages_registry.registry_errors import NothingToPublish, NotYours
from montages_registry.version import (
    LATEST,
    NUMBERED,
    PUBLIC,
    State,
    Version,
    check_condition,
    erasure_error,
    versions,
)

# After so long a service that is asked looks at the clock again.
_LOOK = timedelta(hours=1)
_GONE = EntryContent(b"", "", "", NOTHING)
_PUBLIC = message("The last version of “{slug}”, {number}, is public already.")
_OTHERS = message("The entry “{slug}” belongs to another publisher: choose another name.")
_NO_ENTRY = message("No entry “{slug}” in the registry.")


class Registry:
    """The entries of a folder, with all their versions; any number of threads and processes may use it."""

    def __init__(self, database: Database) -> None:
        self.database, self.publishers, self._revision = database, Publishers(database), 0

    @classmethod
    def open(cls, folder: Path) -> Registry:
        """Return the registry of a folder; raises UnreadableInput, UnusableInput or BrokenRecord."""
        database = Database(folder)
        database.check()
        return cls(database)

    @classmethod
    def create(cls, folder: Path) -> Registry:
        """Make an empty registry in a folder that has none, which sees the clock; raises UnusableInput."""
        registry = cls(Database.create(folder))
        with registry.database.transaction() as connection:
            moments.see(connection)
        return registry

    def check_write(self, slug: str, publisher: Publisher, if_match: str | None, size: int) -> None:
        """Raise what `write` would refuse, whatever the bytes are: before they are judged."""
        with self.database.connection() as connection:
            _next_number(connection, slug, publisher, if_match, size)

    def write(
        self,
        slug: str,
        content: EntryContent,
        publisher: Publisher,
        if_match: str | None,
        state: State = State.PUBLISHED,
    ) -> Version:
        """Add a version to an entry, or make the entry, and return it once it is on the disk.

        Raises UnusableSlug, TooLarge, NotYours, StaleVersion, ConditionMissing, Withdrawn, Erased,
        QuotaReached, ClockInDoubt, RegistryBusy or RegistryUnwritable.
        """
        with self.database.transaction() as connection:
            number = _next_number(connection, slug, publisher, if_match, len(content.body))
            erasure = "SELECT moment, reason, legal FROM erasures WHERE digest = ?"
            for moment, reason, legal in connection.execute(erasure, (content.digest,)):
                raise erasure_error(moment, reason, legal)
            insert_version(connection, slug, number, publisher.slug, state, content)
            return next(versions(connection, LATEST, slug=slug))

    def publish(self, slug: str, publisher: Publisher, if_match: str | None) -> Version:
        """Make the last version of an entry public; raises NothingToPublish where it is.

        The rest as `write`, and UnknownName.
        """
        with self.database.transaction() as connection:
            latest = _existing(connection, slug, publisher, if_match)
            latest.check_there()
            if latest.public_from is not None:
                raise NothingToPublish(_PUBLIC.fill(slug=slug, number=latest.number))
            connection.execute(
                "UPDATE versions SET state = 'published', public_from = ? "
                "WHERE slug = ? AND number = ?",
                (moments.write_moment(connection), slug, latest.number),
            )
            connection.execute("UPDATE entries SET public = latest WHERE slug = ?", (slug,))
            note_change(connection, slug)
            return next(versions(connection, LATEST, slug=slug))

    def withdraw(self, slug: str, publisher: Publisher, if_match: str | None) -> Version:
        """Withdraw an entry, for good: its history stays, its name is not given again.

        Nobody learns of one that was never public. Raises as `publish`.
        """
        with self.database.transaction() as connection:
            number = _existing(connection, slug, publisher, if_match).number + 1
            public = any(versions(connection, PUBLIC, slug=slug))
            state = State.WITHDRAWN
            insert_version(connection, slug, number, publisher.slug, state, _GONE, public)
            return next(versions(connection, LATEST, slug=slug))

    def public(self, slug: str) -> Version | None:
        """Return what everybody reads of an entry now, a withdrawal and an erased version included."""
        return self._one(PUBLIC, slug=slug)

    def numbered(self, slug: str, number: int) -> Version | None:
        """Return a version of an entry by its number, a draft too."""
        return self._one(NUMBERED, slug=slug, number=number)

    def on_day(self, slug: str, day: date) -> Version | None:
        """Return what everybody read of an entry at the end of a day of UTC; None for nothing yet."""
        where = "v.slug = :slug AND v.public_from < :end ORDER BY v.number DESC LIMIT 1"
        return self._one(where, slug=slug, end=f"{day}T24")

    def _one(self, where: str, **values: object) -> Version | None:
        with self.database.connection() as connection:
            return next(versions(connection, where, **values), None)

    def history(self, slug: str, most: int = -1) -> tuple[Version, ...]:
        """Return the versions of an entry, drafts too, in their order: all, or so many of the last."""
        with self.database.connection() as connection:
            where = "v.slug = :slug ORDER BY v.number DESC LIMIT :most"
            return tuple(versions(connection, where, slug=slug, most=most))[::-1]

    def entries(self) -> tuple[Version, ...]:
        """Return the last version of each entry, drafts too, by slug."""
        with self.database.connection() as connection:
            return tuple(versions(connection, "v.number = entries.latest ORDER BY v.slug"))

    def content(self, version: Version, column: str = "body") -> bytes:
        """Return the bytes of a version as they were sent, or its `quads`; raises Erased."""
        place = {"slug": version.slug, "number": version.number}
        query = f"SELECT {column} FROM versions AS v WHERE {NUMBERED}"  # noqa: S608  # our own words
        with self.database.connection() as connection:
            connection.execute("BEGIN")
            # It may have been erased since it was looked up.
            next(versions(connection, NUMBERED, **place)).check_there()
            return bytes(connection.execute(query, place).fetchone()[0])

    def revision(self) -> int:
        """Return the number of the last change of what is public; every hour, look at the clock.

        While the registry cannot be read, it is the former one.
        """
        with suppress(MontagesError):
            with self.database.connection() as connection:
                late = moments.now() - moments.seen(connection) > _LOOK
                late = late and not moments.is_in_doubt(connection)
                changed = connection.execute("SELECT max(changed) FROM entries").fetchone()[0]
                self._revision = changed or 0
            if late:
                with self.database.transaction() as connection:
                    moments.see(connection)
        return self._revision

    def update(self, since: int = -1) -> GraphUpdate:
        """Return the graphs of entries that changed after a revision, as they were written; all after -1."""
        revision, graphs, gone = self.revision(), list[ChangedGraph](), list[str]()
        changed = "v.number = entries.public AND entries.changed > :since ORDER BY v.slug"
        with self.database.connection() as connection:
            public = list(versions(connection, changed, since=since))
        for version in public:
            if version.state is State.PUBLISHED:
                name = version_iri(version.slug, version.number)
                quads = version_quads(version, self.content(version, "quads"))
                graphs.append(ChangedGraph(version.slug, name, quads))
            else:
                gone.append(version.slug)
        return GraphUpdate(revision, since < 0, tuple(graphs), tuple(gone))


def _writable(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, if_match: str | None
) -> Version | None:
    """Return the last version of an entry, after which a publisher may write under an `If-Match`.

    None where there is none yet. Raises NotYours, Withdrawn, StaleVersion or ConditionMissing.
    """
    latest = next(versions(connection, LATEST, slug=slug), None)
    if latest is not None and latest.publisher != publisher.slug:
        raise NotYours(_OTHERS.fill(slug=slug))
    if latest is not None and latest.state is State.WITHDRAWN:
        latest.check_there()
    check_condition(slug, latest, if_match)
    return latest


def _next_number(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, if_match: str | None, size: int
) -> int:
    """Return the number of the version that so many bytes would become; raises what forbids it."""
    check_slug(slug)
    latest = _writable(connection, slug, publisher, if_match)
    check_quota(connection, publisher, size)
    return latest.number + 1 if latest else 1


def _existing(
    connection: sqlite3.Connection, slug: str, publisher: Publisher, if_match: str | None
) -> Version:
    """Return the last version of an entry that is there, likewise; raises UnknownName where it is not."""
    latest = _writable(connection, slug, publisher, if_match)
    if latest is None:
        raise UnknownName(_NO_ENTRY.fill(slug=slug))
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
    content: EntryContent,
    public: bool = True,
) -> None:
    """Write a version, with its content and its facets, as the last one of its entry.

    Everybody reads it from now on, unless it is a draft or not to be `public`; raises ClockInDoubt.
    """
    public, moment = public and state is not State.DRAFT, moments.write_moment(connection)
    connection.execute(
        "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, 0) "
        "ON CONFLICT DO UPDATE SET latest = ?3, public = coalesce(?4, public)",
        (slug, publisher, number, number if public else None),
    )
    if public:
        note_change(connection, slug)
    facets = {**content.summary["facets"], "publisher": [publisher]}
    summary: EntrySummary = {**content.summary, "facets": facets}
    row = (slug, number, state, publisher, moment, moment if public else None)
    about = (content.media_type, content.digest, len(content.body))
    described = (json.dumps(summary, ensure_ascii=False), words(summary, slug))
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, *about, *described, content.body, in_graph(content.triples, slug, number)),
    )
