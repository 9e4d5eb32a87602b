"""Versions as rows of the record: written one after another, read one, all, or the current one of each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from montages.registry.entity_tags import version_etag
from montages.registry.hash_chain import FIRST, content_digest, row_hash
from montages.registry.moments import moment_after, moment_of, moment_text
from montages.registry.version import Content, State, Version

COLUMNS = (
    "sequence, slug, number, state, publisher, moment, public_from, media_type, digest, etag, "
    "previous_hash, hash"
)
_SELECT = f"SELECT {COLUMNS}, body FROM versions JOIN contents USING (digest)"  # noqa: S608  # our own words
# What is public at a moment: from its day on, or at once, whatever the clock says now.
_PUBLIC = "public_from IS NOT NULL AND (public_from <= :now OR public_from = moment)"


def latest(connection: sqlite3.Connection, slug: str) -> Version | None:
    """Return the last version of an entry, a draft too."""
    return _one(
        connection, f"{_SELECT} WHERE slug = :slug ORDER BY number DESC LIMIT 1", {"slug": slug}
    )


def public_now(connection: sqlite3.Connection, slug: str, now: datetime) -> Version | None:
    """Return what everybody reads of an entry now: the last of the versions that are public."""
    return _one(
        connection,
        f"{_SELECT} WHERE slug = :slug AND {_PUBLIC} ORDER BY number DESC LIMIT 1",
        {"slug": slug, "now": moment_text(now)},
    )


def public_at(connection: sqlite3.Connection, slug: str, moment: datetime) -> Version | None:
    """Return what everybody could read of an entry at a moment."""
    return _one(
        connection,
        f"{_SELECT} WHERE slug = :slug AND public_from <= :now ORDER BY number DESC LIMIT 1",
        {"slug": slug, "now": moment_text(moment)},
    )


def all_of(connection: sqlite3.Connection, slug: str) -> tuple[Version, ...]:
    """Return all versions of an entry, in their order."""
    rows = connection.execute(f"{_SELECT} WHERE slug = :slug ORDER BY number", {"slug": slug})
    return tuple(version_of(row) for row in rows)


def last_numbers(connection: sqlite3.Connection, now: datetime | None) -> list[tuple[str, int]]:
    """Return the slug of each entry with the number of its last version; of its public one at `now`."""
    where = "" if now is None else f"WHERE {_PUBLIC}"
    values = {} if now is None else {"now": moment_text(now)}
    rows = connection.execute(
        f"SELECT slug, max(number) FROM versions {where} GROUP BY slug ORDER BY slug",  # noqa: S608
        values,
    )
    return rows.fetchall()


def numbered(connection: sqlite3.Connection, slug: str, number: int) -> Version | None:
    """Return a version by its number."""
    return _one(
        connection,
        f"{_SELECT} WHERE slug = :slug AND number = :number",
        {"slug": slug, "number": number},
    )


def in_sequence(connection: sqlite3.Connection, after: int = 0) -> Iterator[Version]:
    """Yield the versions of all entries after a place of the record, in their order."""
    rows = connection.execute(f"{_SELECT} WHERE sequence > ? ORDER BY sequence", (after,))
    return map(version_of, rows)


def append(
    connection: sqlite3.Connection,
    slug: str,
    former: Version | None,
    content: Content,
    publisher: str,
    state: State,
    publish_at: datetime | None = None,
    public: bool = True,
) -> Version:
    """Add a version to an entry after its `former` one, inside a transaction, and return it.

    One that is to be `public` is so from `publish_at`, or at once where that is past or None.
    """
    last = connection.execute(
        "SELECT sequence, hash FROM versions ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    sequence, previous = last or (0, FIRST)
    number = former.number + 1 if former else 1
    moment = moment_after(former.moment if former else None)
    public_from = max(moment, publish_at or moment) if public else None
    digest = content_digest(content.body)
    values = (
        sequence + 1,
        slug,
        number,
        str(state),
        publisher,
        moment_text(moment),
        moment_text(public_from) if public_from else None,
        content.media_type,
        digest,
        version_etag(slug, number, content.media_type, digest),
    )
    if not connection.execute("SELECT 1 FROM contents WHERE digest = ?", (digest,)).fetchone():
        connection.execute("INSERT INTO contents VALUES (?, ?)", (digest, content.body))
    row = (*values, previous, row_hash(previous, values))
    connection.execute(f"INSERT INTO versions VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608
    return version_of((*row, content.body))


def version_of(row: tuple[object, ...]) -> Version:
    """Return a row of the record, its content last, as a version."""
    sequence, slug, number, state, publisher, moment, public_from, media_type, _, etag = row[:10]
    previous, own, body = row[10:]
    assert isinstance(sequence, int)
    assert isinstance(number, int)
    assert isinstance(body, bytes)
    return Version(
        sequence=sequence,
        slug=str(slug),
        number=number,
        content=Content(body, str(media_type)),
        etag=str(etag),
        state=State(str(state)),
        publisher=str(publisher),
        moment=moment_of(str(moment)),
        public_from=moment_of(str(public_from)) if public_from else None,
        previous_hash=str(previous),
        hash=str(own),
    )


def _one(connection: sqlite3.Connection, query: str, values: dict[str, object]) -> Version | None:
    row = connection.execute(query, values).fetchone()
    return version_of(row) if row else None
