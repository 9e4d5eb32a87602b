"""Versions as rows of the record: written one after another, read one, all, or the current one of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from montages.registry.entity_tags import version_etag
from montages.registry.hash_chain import FIRST, content_digest, row_hash
from montages.registry.moments import moment_after, moment_of, moment_text
from montages.registry.version import Content, State, Version

# Returns the content of a digest.
Bodies = Callable[[str], bytes]

HASHED = "sequence, slug, number, state, publisher, moment, public_from, media_type, digest, etag"
_SELECT = (
    f"SELECT {HASHED}, previous_hash, hash, length(body) "  # noqa: S608  # our own words
    "FROM versions JOIN contents USING (digest)"
)
# What is public at a moment: from its day on, or at once, whatever the clock says now.
_PUBLIC = "(public_from <= :now OR public_from = moment)"
_LAST = "ORDER BY number DESC LIMIT 1"


def last_numbers(connection: sqlite3.Connection, now: datetime | None) -> list[tuple[str, int]]:
    """Return the slug of each entry with the number of its last version; of its public one at `now`."""
    where, values = ("", {}) if now is None else (f"WHERE {_PUBLIC}", {"now": moment_text(now)})
    query = f"SELECT slug, max(number) FROM versions {where} GROUP BY slug ORDER BY slug"  # noqa: S608
    return connection.execute(query, values).fetchall()


class VersionRows:
    """The versions that a connection sees; their contents are read by `bodies` when asked for."""

    def __init__(self, connection: sqlite3.Connection, bodies: Bodies) -> None:
        self._connection, self._bodies = connection, bodies

    def latest(self, slug: str) -> Version | None:
        """Return the last version of an entry, a draft too."""
        return self._one(f"slug = :slug {_LAST}", slug=slug)

    def public(self, slug: str, now: datetime) -> Version | None:
        """Return what everybody reads of an entry now: the last of the versions that are public."""
        return self._one(f"slug = :slug AND {_PUBLIC} {_LAST}", slug=slug, now=moment_text(now))

    def public_at(self, slug: str, moment: datetime) -> Version | None:
        """Return what everybody could read of an entry at a moment."""
        where = f"slug = :slug AND public_from <= :now {_LAST}"
        return self._one(where, slug=slug, now=moment_text(moment))

    def public_before(self, version: Version) -> Version | None:
        """Return what everybody could read of an entry until a version of it became public."""
        if version.public_from is None:
            return None
        where = f"slug = :slug AND number < :number AND public_from < :now {_LAST}"
        now = moment_text(version.public_from)
        return self._one(where, slug=version.slug, number=version.number, now=now)

    def numbered(self, slug: str, number: int) -> Version | None:
        """Return a version of an entry by its number."""
        return self._one("slug = :slug AND number = :number", slug=slug, number=number)

    def is_overtaken(self, version: Version) -> bool:
        """Tell whether a later version was public no later than this one: then this one never was."""
        if version.public_from is None:
            return False
        where = f"slug = :slug AND number > :number AND public_from <= :begin {_LAST}"
        begin = moment_text(version.public_from)
        return self._one(where, slug=version.slug, number=version.number, begin=begin) is not None

    def all_of(self, slug: str) -> tuple[Version, ...]:
        """Return all versions of an entry, in their order."""
        return tuple(self._many("slug = :slug ORDER BY number", slug=slug))

    def is_scheduled(self, slug: str) -> bool:
        """Tell whether anything of an entry is public, or will be."""
        return self._one(f"slug = :slug AND public_from IS NOT NULL {_LAST}", slug=slug) is not None

    def numbers(self, now: datetime | None) -> list[tuple[str, int]]:
        """Return the slug of each entry, with the number of what `last_numbers` says."""
        return last_numbers(self._connection, now)

    def changed(self, sequence: int, since: datetime, now: datetime) -> list[str]:
        """Return the slugs of entries written after a place of the record, or whose day came meanwhile."""
        rows = self._connection.execute(
            "SELECT slug FROM versions WHERE sequence > :sequence UNION "
            "SELECT slug FROM versions WHERE public_from > :since AND public_from <= :now",
            {"sequence": sequence, "since": moment_text(since), "now": moment_text(now)},
        )
        return sorted(slug for (slug,) in rows)

    def sequence(self) -> int:
        """Return the number of versions in the record."""
        query = "SELECT coalesce(max(sequence), 0) FROM versions"
        return int(self._connection.execute(query).fetchone()[0])

    def append(
        self,
        slug: str,
        former: Version | None,
        content: Content | None,
        publisher: str,
        state: State,
        publish_at: datetime | None = None,
        public: bool = True,
    ) -> Version:
        """Add a version to an entry after its `former` one, inside a transaction, and return it.

        Without `content` it has that of the former one. One that is to be `public` is so from `publish_at`,
        or at once where that is past or None.
        """
        last = self._connection.execute(
            "SELECT sequence, hash FROM versions ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
        sequence, previous = last or (0, FIRST)
        number = former.number + 1 if former else 1
        moment = moment_after(former.moment if former else None)
        public_from = max(moment, publish_at or moment) if public else None
        media_type, digest, size = self._stored(content, former)
        values = (
            sequence + 1,
            slug,
            number,
            str(state),
            publisher,
            moment_text(moment),
            moment_text(public_from) if public_from else None,
            media_type,
            digest,
            version_etag(slug, number, media_type, digest),
        )
        row = (*values, previous, row_hash(previous, values))
        marks = ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO versions VALUES ({marks})", row)  # noqa: S608
        return self._version((*row, size))

    def _stored(self, content: Content | None, former: Version | None) -> tuple[str, str, int]:
        """Return the media type, the digest and the size of a content, stored once whoever sent it."""
        if content is None:
            assert former is not None
            return former.media_type, former.digest, former.size
        digest = content_digest(content.body)
        present = "SELECT 1 FROM contents WHERE digest = ?"
        if not self._connection.execute(present, (digest,)).fetchone():
            self._connection.execute("INSERT INTO contents VALUES (?, ?)", (digest, content.body))
        return content.media_type, digest, len(content.body)

    def _one(self, where: str, **values: str | int) -> Version | None:
        row = self._connection.execute(f"{_SELECT} WHERE {where}", values).fetchone()
        return self._version(row) if row else None

    def _many(self, where: str, **values: str | int) -> Iterator[Version]:
        return map(self._version, self._connection.execute(f"{_SELECT} WHERE {where}", values))

    def _version(self, row: tuple[object, ...]) -> Version:
        sequence, slug, number, state, publisher, moment, public_from, media_type = row[:8]
        digest, etag, previous_hash, own_hash, size = row[8:]
        assert isinstance(sequence, int)
        assert isinstance(number, int)
        assert isinstance(size, int)
        return Version(
            sequence=sequence,
            slug=str(slug),
            number=number,
            state=State(str(state)),
            publisher=str(publisher),
            moment=moment_of(str(moment)),
            public_from=moment_of(str(public_from)) if public_from else None,
            media_type=str(media_type),
            digest=str(digest),
            etag=str(etag),
            previous_hash=str(previous_hash),
            hash=str(own_hash),
            size=size,
            body=lambda: self._bodies(str(digest)),
        )
