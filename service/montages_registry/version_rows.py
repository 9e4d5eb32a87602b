"""Versions as rows of the record: written one after another, read one, all, or the current one of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from montages_registry.erasures import erasure_of
from montages_registry.moments import check_clock, moment_after, moment_of, moment_text
from montages_registry.publisher import Quota, quota_of
from montages_registry.record_schema import FIRST_HASH, content_digest, row_hash
from montages_registry.version import Acts, Content, Erasure, State, Version, version_etag

# Returns the content of a digest.
Bodies = Callable[[str], bytes]

HASHED = "sequence, slug, number, state, publisher, moment, public_from, media_type, digest, etag"
_COLUMNS = ", ".join(f"versions.{column}" for column in HASHED.split(", "))
_SELECT = (
    f"SELECT {_COLUMNS}, versions.previous_hash, versions.hash, length(body), "  # noqa: S608  # our own words
    "erasures.moment, erasures.reason, erasures.legal "
    "FROM versions JOIN contents USING (digest) LEFT JOIN erasures USING (digest)"
)
# What is public at a moment: at once, whatever the clock says now, or from its day on.
_PUBLIC = "(public_from IS NOT NULL AND (state <> 'scheduled' OR public_from <= :now))"
_LAST = "ORDER BY number DESC LIMIT 1"
_NEWEST = "ORDER BY sequence DESC LIMIT 1"


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

    def first_public(self, slug: str, now: datetime) -> Version | None:
        """Return the version by which everybody came to read an entry."""
        where = f"slug = :slug AND {_PUBLIC} ORDER BY public_from, number DESC LIMIT 1"
        return self._one(where, slug=slug, now=moment_text(now))

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

    def with_content(self, digest: str) -> tuple[Version, ...]:
        """Return all versions that have a content, of whichever entry, in their order."""
        return tuple(self._many("digest = :digest ORDER BY versions.sequence", digest=digest))

    def erased(self, slug: str) -> tuple[tuple[int, datetime], ...]:
        """Return the numbers of the versions of an entry that were erased, each with when."""
        rows = self._connection.execute(
            "SELECT number, erasures.moment FROM versions JOIN erasures USING (digest) "
            "WHERE slug = ? ORDER BY number",
            (slug,),
        )
        return tuple((number, moment_of(moment)) for number, moment in rows)

    def is_scheduled(self, slug: str) -> bool:
        """Tell whether anything of an entry is public, or will be."""
        return self._one(f"slug = :slug AND public_from IS NOT NULL {_LAST}", slug=slug) is not None

    def numbers(self, now: datetime | None) -> list[tuple[str, int]]:
        """Return the slug of each entry, with the number of what `last_numbers` says."""
        return last_numbers(self._connection, now)

    def changed(self, acts: Acts, since: datetime, now: datetime) -> list[str]:
        """Return the slugs of entries written or erased after some acts, or whose day came meanwhile."""
        rows = self._connection.execute(
            "SELECT slug FROM versions WHERE sequence > :versions UNION "
            "SELECT slug FROM versions WHERE public_from > :since AND public_from <= :now UNION "
            "SELECT slug FROM versions JOIN erasures USING (digest) WHERE erasures.sequence > :erasures",
            {
                "versions": acts.versions,
                "erasures": acts.erasures,
                "since": moment_text(since),
                "now": moment_text(now),
            },
        )
        return sorted(slug for (slug,) in rows)

    def acts(self) -> Acts:
        """Return how many versions and erasures are in the record."""
        return Acts(
            *self._connection.execute(
                "SELECT (SELECT coalesce(max(sequence), 0) FROM versions), "
                "(SELECT coalesce(max(sequence), 0) FROM erasures)"
            ).fetchone()
        )

    def last_moment(self) -> datetime | None:
        """Return the moment of the last version in the record, None where it is empty."""
        query = f"SELECT moment FROM versions {_NEWEST}"  # noqa: S608  # our own words
        last = self._connection.execute(query).fetchone()
        return moment_of(last[0]) if last else None

    def written_since(self, publisher: str, moment: datetime, beside: str) -> tuple[int, int]:
        """Return how many versions a publisher has written after a moment, and their bytes, each once.

        Withdrawals do not count, nor the bytes of the digest `beside`.
        """
        written = "FROM versions WHERE publisher = :publisher AND moment > :moment"
        row = self._connection.execute(
            f"SELECT (SELECT count(*) {written} AND state <> 'withdrawn'), "  # noqa: S608  # our own words
            f"coalesce(sum(length(body)), 0) FROM contents WHERE digest IN (SELECT digest {written}) "
            "AND digest <> :beside",
            {"publisher": publisher, "moment": moment_text(moment), "beside": beside},
        ).fetchone()
        return int(row[0]), int(row[1])

    def quota(self, publisher: str) -> Quota:
        """Return how much a publisher may write in a day."""
        return quota_of(self._connection, publisher)

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
        or at once where that is past or None. Raises ClockBehind, and Erased for bytes that were erased.
        """
        last = self._connection.execute(
            f"SELECT sequence, hash, moment FROM versions {_NEWEST}"  # noqa: S608  # our own words
        ).fetchone()
        sequence, previous, latest = last or (0, FIRST_HASH, None)
        number = former.number + 1 if former else 1
        check_clock(moment_of(latest) if latest else None)
        moment = moment_after(moment_of(latest) if latest else None)
        public_from = max(moment, publish_at or moment) if public else None
        if state is State.PUBLISHED and public_from != moment:
            state = State.SCHEDULED
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
        return self._version((*row, size, None, None, None))

    def _stored(self, content: Content | None, former: Version | None) -> tuple[str, str, int]:
        """Return the media type, the digest and the size of a content, stored once whoever sent it."""
        if content is None:
            assert former is not None
            content = former.content
        digest = content_digest(content.body)
        if erasure := erasure_of(self._connection, digest):
            raise erasure.error()
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
        digest, etag, previous_hash, own_hash, size, erased, reason, legal = row[8:]
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
            erasure=Erasure(moment_of(str(erased)), str(reason), bool(legal)) if erased else None,
        )
