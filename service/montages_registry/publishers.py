"""Publishers of the registry: the token of each, and how much it may write."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from montages import settings
from montages.bilingual import message
from montages.errors import TooLarge, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry import moments
from montages_registry.database import Database
from montages_registry.registry_errors import QuotaReached, UnknownToken

# What a token begins with, so that a scanner of secrets knows one that was published by mistake.
TOKEN_PREFIX = "mtg_"  # noqa: S105  # no secret
_BYTES, _LONGEST_TOKEN, _LONGEST_NAME = 32, 200, 160
_SLUG = re.compile(r"(?=.{1,80}\Z)[a-z0-9]+(-[a-z0-9]+)*")
# How much one writes in 24 hours, unless its quota is lifted, and how large an entry is.
VERSIONS_A_DAY, BYTES_A_DAY, BYTES_AN_ENTRY = 100, 20_000_000, 500_000
_NO_TOKEN = message(
    "This asks for the token of a publisher, in force: header “Authorization: Bearer …”. Who runs "
    "the registry gives one: montages publisher add."
)
_NO_NAME = message(
    "A publisher has a slug, as ville-de-vernon, and a name that people read, of {most} signs at "
    "most: --name “Ville de Vernon”."
)
_THERE = message("“{slug}” is another publisher: choose another slug, or give the name it has.")
_TOO_LARGE = message(
    "The description has {count} bytes, over the {most} that an entry of “{publisher}” may have. "
    "Ask who runs the registry for more: montages publisher add --no-quota."
)
_REACHED = message(
    "“{publisher}” may write {versions} versions and {bytes} bytes in 24 hours: nothing was "
    "written. Wait, or ask who runs the registry for more: montages publisher add --no-quota."
)


@dataclass(frozen=True)
class Publisher:
    """Who writes: `slug` owns entries, `name` is what people read."""

    slug: str
    name: str
    has_quota: bool = True


_ADDED = """
INSERT INTO publishers VALUES (?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE
SET token = excluded.token, has_quota = excluded.has_quota WHERE name = excluded.name
"""


class Publishers:
    """The publishers of a registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, slug: str, name: str, has_quota: bool = True) -> str:
        """Return the new token of a publisher, shown this once; its former one, if it has one, is void.

        Raises UnusableInput for a slug or a name in no such form, or a slug that has another name.
        """
        name, token = " ".join(name.split()), TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
        if not _SLUG.fullmatch(slug) or not 0 < len(name) <= _LONGEST_NAME or HIDDEN.search(name):
            raise UnusableInput(_NO_NAME.fill(most=_LONGEST_NAME))
        row = (slug, name, _digest(token), has_quota)
        with self._database.transaction() as connection:
            if not connection.execute(_ADDED, row).rowcount:
                raise UnusableInput(_THERE.fill(slug=slug))
        return token

    def entries(self, where: str = "TRUE ORDER BY rowid", *values: str) -> list[Publisher]:
        """Return the publishers that a condition of SQL names: all, in the order in which they were added."""
        query = f"SELECT slug, name, has_quota FROM publishers WHERE {where}"  # noqa: S608
        with self._database.connection() as connection:
            rows = connection.execute(query, values).fetchall()
        return [Publisher(slug, name, bool(has_quota)) for slug, name, has_quota in rows]

    def authenticate(self, token: str | None) -> Publisher:
        """Return the publisher of a token; raises UnknownToken."""
        if token and len(token) <= _LONGEST_TOKEN:
            for publisher in self.entries("token = ?", _digest(token)):
                return publisher
        raise UnknownToken(_NO_TOKEN)


def _digest(token: str) -> str:
    # One hash is enough: 256 random bits are not guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_WRITTEN = """
SELECT count(*), coalesce(sum(size), 0) FROM versions
WHERE publisher = ? AND moment > ? AND state <> 'withdrawn'
"""


def check_quota(connection: sqlite3.Connection, publisher: Publisher, size: int) -> None:
    """Raise TooLarge or QuotaReached where a publisher may not write so many bytes now.

    A draft counts as a version does; a publication and a withdrawal count for nothing.
    """
    slug, most = publisher.slug, settings.number("max_bytes")
    most = min(most, BYTES_AN_ENTRY) if publisher.has_quota else most
    if size > most:
        raise TooLarge(_TOO_LARGE.fill(count=size, most=most, publisher=slug))
    since = moments.moment_text(moments.now() - timedelta(days=1))
    count, sent = connection.execute(_WRITTEN, (slug, since)).fetchone()
    if publisher.has_quota and (count >= VERSIONS_A_DAY or sent + size > BYTES_A_DAY):
        quota = {"publisher": slug, "versions": VERSIONS_A_DAY, "bytes": BYTES_A_DAY}
        raise QuotaReached(_REACHED.fill(**quota), **quota)
