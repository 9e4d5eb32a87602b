"""The tables of the record: rows are added and never changed or taken away.

Triggers refuse a change by mistake, of `INSERT OR REPLACE` too, and the chain of hashes tells one on purpose.
A content that several versions have is stored once.
"""

from __future__ import annotations

FILE = "record.sqlite3"
# "MTGR": what the file says it is, to whom looks at its head.
APPLICATION_ID = 0x4D544752
# A record laid out otherwise has another number.
LAYOUT = 1

_TABLES = """
CREATE TABLE contents (
    digest TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE versions (
    sequence INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
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
CREATE TABLE publisher_events (
    sequence INTEGER PRIMARY KEY,
    event TEXT NOT NULL CHECK (event IN ('publisher', 'token', 'revocation')),
    publisher TEXT NOT NULL,
    name TEXT NOT NULL,
    rights TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    moment TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX publisher_tokens ON publisher_events (token_digest);
"""
_TRIGGERS = """
CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table}
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
CHAINS = ("versions", "publisher_events")
TRIGGERS = (
    *(f"{table}_{end}" for table in ("contents", *CHAINS) for end in ("unchanged", "kept")),
    *(f"{table}_in_sequence" for table in CHAINS),
    "contents_new",
    "versions_numbered",
)
SCHEMA = (
    _TABLES
    + "".join(_TRIGGERS.format(table=table) for table in ("contents", *CHAINS))
    + "".join(_SEQUENCE.format(table=table) for table in CHAINS)
    + _NEW
)
