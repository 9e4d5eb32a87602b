"""Publishers of the registry: the token of each, and how much it may write."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from montages import settings
from montages.bilingual import message
from montages.errors import TooLarge, UnknownName, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry import moments
from montages_registry.database import Database
from montages_registry.registry_errors import QuotaReached, UnknownToken

# What a token begins with, so that a scanner of secrets knows one that was published by mistake.
TOKEN_PREFIX = "mtg_"  # noqa: S105  # no secret
_BYTES, _LONGEST_TOKEN, _LONGEST_NAME = 32, 200, 160
_SLUG = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")
# Versions and bytes in 24 hours, bytes of an entry; None: any.
QUOTA: Mapping[str, int | None] = {
    "versions_a_day": 100,
    "bytes_a_day": 20_000_000,
    "bytes_an_entry": 500_000,
}
NO_QUOTA: Mapping[str, int | None] = dict.fromkeys(QUOTA)
_NO_TOKEN = message(
    "This asks for the token of a publisher, in force: header “Authorization: Bearer …”. Who runs "
    "the registry gives one: montages publisher rotate."
)
_NO_NAME = message(
    "A publisher has a slug, as ville-de-vernon, and a name that people read, of {most} signs at "
    "most: --name “Ville de Vernon”."
)
_THERE = message(
    "The publisher “{slug}” exists already: montages publisher rotate {slug} gives it a token."
)
_NOT_THERE = message("Unknown publisher: {slug}. The list: montages publisher list.")
_TOO_LARGE = message(
    "The description has {count} bytes, over the {most} that an entry of “{publisher}” may have. "
    "Ask who runs the registry for more: montages publisher quota {publisher} --bytes-an-entry N."
)
_REACHED = message(
    "“{publisher}” may write {versions} versions and {bytes} bytes in 24 hours: nothing was "
    "written. Wait, or ask who runs the registry for more: montages publisher quota {publisher}."
)


@dataclass(frozen=True)
class Publisher:
    """Who writes: `slug` owns entries, `name` is what people read; the rest is its quota."""

    slug: str
    name: str
    versions_a_day: int | None = None
    bytes_a_day: int | None = None
    bytes_an_entry: int | None = None


class Publishers:
    """The publishers of a registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, slug: str, name: str, quota: Mapping[str, int | None] = QUOTA) -> None:
        """Add a publisher, who has no token yet; raises UnusableInput for a name taken or in no such form."""
        name = " ".join(name.split())
        if not _SLUG.fullmatch(slug) or not 0 < len(name) <= _LONGEST_NAME or HIDDEN.search(name):
            raise UnusableInput(_NO_NAME.fill(most=_LONGEST_NAME))
        row = (slug, name, *(quota[key] for key in QUOTA))
        insertion = "INSERT INTO publishers VALUES (?, ?, NULL, ?, ?, ?) ON CONFLICT DO NOTHING"
        with self._database.transaction() as connection:
            if not connection.execute(insertion, row).rowcount:
                raise UnusableInput(_THERE.fill(slug=slug))

    def set_quota(self, slug: str, quota: Mapping[str, int | None]) -> None:
        """Set what is said of how much a publisher may write; the rest stays. Raises UnknownName."""
        for key, most in quota.items():
            self._set(slug, key, most)

    def rotate(self, slug: str) -> str:
        """Return a new token of a publisher, shown this once: the former one is void; raises UnknownName."""
        token = TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
        self._set(slug, "token", _digest(token))
        return token

    def _set(self, slug: str, column: str, value: int | str | None) -> None:
        update = f"UPDATE publishers SET {column} = ? WHERE slug = ?"  # noqa: S608  # our own word
        with self._database.transaction() as connection:
            if not connection.execute(update, (value, slug)).rowcount:
                raise UnknownName(_NOT_THERE.fill(slug=slug))

    def entries(self, where: str = "TRUE ORDER BY rowid", *values: str) -> list[Publisher]:
        """Return the publishers that a condition of SQL names: all, in the order in which they were added."""
        query = f"SELECT slug, name, {', '.join(QUOTA)} FROM publishers WHERE {where}"  # noqa: S608
        with self._database.connection() as connection:
            return [Publisher(*row) for row in connection.execute(query, values)]

    def authenticate(self, token: str | None) -> Publisher:
        """Return the publisher of a token; raises UnknownToken."""
        if token and len(token) <= _LONGEST_TOKEN:
            for publisher in self.entries("token = ?", _digest(token)):
                return publisher
        raise UnknownToken(_NO_TOKEN)


def _digest(token: str) -> str:
    # One hash is enough: 256 random bits are not guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_IS_BEYOND = """
SELECT count(*) + 1 > :versions OR coalesce(sum(size), 0) + :size > :bytes FROM versions
WHERE publisher = :publisher AND moment > :since AND state <> 'withdrawn'
"""


def check_quota(connection: sqlite3.Connection, publisher: Publisher, size: int) -> None:
    """Raise TooLarge or QuotaReached where a publisher may not write so many bytes now.

    A draft counts as a version does; a publication and a withdrawal count for nothing.
    """
    slug, most = publisher.slug, settings.number("max_bytes")
    if publisher.bytes_an_entry is not None:
        most = min(most, publisher.bytes_an_entry)
    if size > most:
        raise TooLarge(_TOO_LARGE.fill(count=size, most=most, publisher=slug))
    quota = {"versions": publisher.versions_a_day, "bytes": publisher.bytes_a_day}
    since = moments.moment_text(moments.now() - timedelta(days=1))
    asked = {**quota, "publisher": slug, "size": size, "since": since}
    if connection.execute(_IS_BEYOND, asked).fetchone()[0]:
        limits = {name: "∞" if value is None else value for name, value in quota.items()}
        raise QuotaReached(_REACHED.fill(publisher=slug, **limits), publisher=slug, **quota)
