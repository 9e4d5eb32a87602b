"""The tables of the record: rows are added and never changed or taken away; and the chain of hashes.

Triggers refuse a change by mistake, of `INSERT OR REPLACE` too, and the chain of hashes tells one on purpose.
A content that several versions have is stored once. Its bytes alone may go, once an erasure says so: a
version is known by their digest, which stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

FILE = "record.sqlite3"
# "MTGR": what the file says it is, to whom looks at its head.
APPLICATION_ID = 0x4D544752
# A record laid out otherwise has another number.
LAYOUT = 2

_TABLES = """
CREATE TABLE contents (
    digest TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE versions (
    sequence INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'scheduled', 'withdrawn')),
    publisher TEXT NOT NULL,
    moment TEXT NOT NULL,
    public_from TEXT CHECK (public_from >= moment),
    media_type TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES contents (digest),
    etag TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    UNIQUE (slug, number)
) STRICT;
CREATE INDEX versions_by_date ON versions (public_from, slug);
CREATE INDEX versions_by_publisher ON versions (publisher, moment);
CREATE TABLE erasures (
    sequence INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    legal INTEGER NOT NULL CHECK (legal IN (0, 1)),
    reason TEXT NOT NULL,
    moment TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE publisher_events (
    sequence INTEGER PRIMARY KEY,
    publisher TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('publisher', 'quota', 'token', 'revocation')),
    name TEXT NOT NULL,
    rights TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    bytes_a_day INTEGER CHECK (bytes_a_day >= 0),
    versions_a_day INTEGER CHECK (versions_a_day >= 0),
    moment TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX publisher_tokens ON publisher_events (token_digest);
"""
_TRIGGERS = """
CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {unless}
BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
"""
_SEQUENCE = """
CREATE TRIGGER {table}_in_sequence BEFORE INSERT ON {table}
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM {table})
BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
"""
_NEW = """
CREATE TRIGGER contents_new BEFORE INSERT ON contents
WHEN EXISTS (SELECT 1 FROM contents WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
CREATE TRIGGER versions_numbered BEFORE INSERT ON versions
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM versions WHERE slug = NEW.slug)
BEGIN SELECT RAISE(ABORT, 'the record only grows'); END;
"""
_ERASED = (
    "WHEN NEW.digest IS NOT OLD.digest OR length(NEW.body) "
    "OR NOT EXISTS (SELECT 1 FROM erasures WHERE digest = OLD.digest)"
)
CHAINS = ("versions", "publisher_events", "erasures")
TRIGGERS = (
    *(f"{table}_{end}" for table in ("contents", *CHAINS) for end in ("unchanged", "kept")),
    *(f"{table}_in_sequence" for table in CHAINS),
    "contents_new",
    "versions_numbered",
)
SCHEMA = (
    _TABLES
    + _TRIGGERS.format(table="contents", unless=_ERASED)
    + "".join(_TRIGGERS.format(table=table, unless="") for table in CHAINS)
    + "".join(_SEQUENCE.format(table=table) for table in CHAINS)
    + _NEW
)


# What stands before the first row.
FIRST_HASH = "0" * 64


def content_digest(body: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def row_hash(previous: str, values: Sequence[str | int | None]) -> str:
    """Return the hash of a row, in hexadecimal: SHA-256 of the JSON array of its values after `previous`.

    The array is written in UTF-8 without blanks, so that anybody can count it again with other tools.
    """
    text = json.dumps([previous, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
