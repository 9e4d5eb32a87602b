"""Publishers of the registry: their tokens with the rights of each, their quotas, their licence."""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum

from montages.bilingual import message
from montages.description.well_formed import iri_fault
from montages.errors import UnknownName, UnusableInput
from montages.hidden_signs import HIDDEN
from montages.store.licence import LICENCE
from montages_registry.database import Database
from montages_registry.moments import moment_of, moment_text, now
from montages_registry.quota import Quota
from montages_registry.registry_errors import RightMissing, UnknownToken

# What a token begins with, so that a scanner of secrets knows one that was published by mistake.
TOKEN_PREFIX = "mtg_"  # noqa: S105  # no secret
_BYTES, _LONGEST_TOKEN = 32, 200
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 80


class Right(StrEnum):
    """What a token lets do: write drafts; make public, and withdraw."""

    EDIT = "edit"
    PUBLISH = "publish"


ALL_RIGHTS = frozenset(Right)


_NO_PUBLISHING = message(
    "This token of “{slug}” may write drafts, and neither publish nor withdraw: save a draft, and "
    "ask who has the right to publish it."
)
_NO_WRITING = message("This token of “{slug}” may not write.")
_NO_TOKEN = message(
    "This asks for the token of a publisher, in force: header “Authorization: Bearer …”. Who runs "
    "the registry gives one: montages publisher rotate."
)
_NO_NAME = message(
    "“{slug}” cannot name a publisher or a token: lower-case letters without accents, digits and "
    "hyphens, as ville-de-vernon."
)
_NO_LABEL = message(
    "A publisher has a name that people read, of 160 signs at most: --name “Ville de Vernon”."
)
_THERE = message(
    "The publisher “{slug}” exists already: montages publisher rotate {slug} gives it a token."
)
_NONE_IN_FORCE = message(
    "The publisher “{slug}” has no such token in force: montages publisher list."
)


@dataclass(frozen=True)
class Publisher:
    """Who writes: `slug` owns entries, `name` is what people read, `rights` are those of the token."""

    slug: str
    name: str
    rights: frozenset[Right] = ALL_RIGHTS

    def check(self, right: Right) -> None:
        """Raise RightMissing where the token does not have a right."""
        if right not in self.rights:
            refusal = _NO_PUBLISHING if right is Right.PUBLISH else _NO_WRITING
            raise RightMissing(refusal.fill(slug=self.slug), right=str(right))


@dataclass(frozen=True)
class PublisherToken:
    """A token as the registry knows it: its name among those of its publisher, never the token itself."""

    name: str
    rights: frozenset[Right]
    added: datetime
    revoked: datetime | None = None


@dataclass(frozen=True)
class PublisherEntry:
    """A publisher with its tokens, revoked ones included, its quota and the licence of its entries."""

    slug: str
    name: str
    licence: str
    added: datetime
    quota: Quota
    tokens: tuple[PublisherToken, ...]


class Publishers:
    """The publishers of a registry."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, slug: str, name: str, quota: Quota | None = None, licence: str = LICENCE
    ) -> Publisher:
        """Add a publisher, who has no token yet; raises UnusableInput for a name taken or in no such form."""
        _check_name(slug)
        name, quota = " ".join(name.split()), Quota() if quota is None else quota
        if not name or len(name) > 2 * _LONGEST_NAME or HIDDEN.search(name):
            raise UnusableInput(_NO_LABEL)
        if not licence.startswith(("https://", "http://")) or iri_fault(licence):
            raise UnusableInput(
                message("“{licence}” is no address of a licence: https://…", licence=licence)
            )
        row = (slug, name, licence, moment_text(now()), *astuple(quota))
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM publishers WHERE slug = ?", (slug,)).fetchone():
                raise UnusableInput(_THERE.fill(slug=slug))
            connection.execute("INSERT INTO publishers VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return Publisher(slug, name)

    def set_quota(self, slug: str, quota: Quota) -> None:
        """Set how much a publisher may write; raises UnknownName."""
        with self._database.transaction() as connection:
            _publisher_entry(connection, slug)
            connection.execute(
                "UPDATE publishers SET versions_a_day = ?, bytes_a_day = ?, bytes_an_entry = ? "
                "WHERE slug = ?",
                (*astuple(quota), slug),
            )

    def rotate(
        self, publisher: str, name: str = "main", rights: Iterable[Right] | None = None
    ) -> str:
        """Return a new token of a publisher, shown this once; the former one of that name is revoked.

        `rights` are those of the former one by default, all where there is none. Raises UnknownName, and
        UnusableInput for a name that no token can have.
        """
        _check_name(name)
        secret = TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
        with self._database.transaction() as connection:
            tokens = _publisher_entry(connection, publisher).tokens
            former = [token for token in tokens if token.name == name]
            if rights is None:
                rights = former[-1].rights if former else ALL_RIGHTS
            _revoke(connection, publisher, name)
            connection.execute(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, NULL)",
                (_digest(secret), publisher, name, " ".join(sorted(rights)), moment_text(now())),
            )
        return secret

    def revoke(self, publisher: str, name: str | None = None) -> tuple[str, ...]:
        """Revoke a token of a publisher, or all of them, and return their names; raises UnknownName."""
        with self._database.transaction() as connection:
            tokens = _publisher_entry(connection, publisher).tokens
            live = [t.name for t in tokens if t.revoked is None and name in (None, t.name)]
            if not live:
                raise UnknownName(_NONE_IN_FORCE.fill(slug=publisher))
            for token_name in live:
                _revoke(connection, publisher, token_name)
        return tuple(live)

    def entries(self) -> tuple[PublisherEntry, ...]:
        """Return the publishers with their tokens, in the order in which they were added."""
        with self._database.connection() as connection:
            slugs = connection.execute("SELECT slug FROM publishers ORDER BY rowid").fetchall()
            return tuple(_publisher_entry(connection, slug) for (slug,) in slugs)

    def named(self, slug: str) -> PublisherEntry:
        """Return a publisher; raises UnknownName."""
        with self._database.connection() as connection:
            return _publisher_entry(connection, slug)

    def authenticate(self, token: str | None) -> Publisher:
        """Return the publisher of a token, with the rights that the token has; raises UnknownToken."""
        if token and len(token) <= _LONGEST_TOKEN:
            with self._database.connection() as connection:
                row = connection.execute(
                    "SELECT publishers.slug, publishers.name, rights FROM tokens "
                    "JOIN publishers ON publishers.slug = tokens.publisher "
                    "WHERE digest = ? AND revoked IS NULL",
                    (_digest(token),),
                ).fetchone()
            if row:
                return Publisher(row[0], row[1], _rights(row[2]))
        raise UnknownToken(_NO_TOKEN)


def publisher_quota(connection: sqlite3.Connection, slug: str) -> Quota:
    """Return how much a publisher may write; raises UnknownName."""
    return _publisher_entry(connection, slug).quota


def _publisher_entry(connection: sqlite3.Connection, slug: str) -> PublisherEntry:
    row = connection.execute(
        "SELECT name, licence, added, versions_a_day, bytes_a_day, bytes_an_entry "
        "FROM publishers WHERE slug = ?",
        (slug,),
    ).fetchone()
    if row is None:
        raise UnknownName(
            message("Unknown publisher: {slug}. The list: montages publisher list.", slug=slug)
        )
    tokens = connection.execute(
        "SELECT name, rights, added, revoked FROM tokens WHERE publisher = ? ORDER BY rowid",
        (slug,),
    )
    listed = tuple(
        PublisherToken(
            name, _rights(rights), moment_of(added), moment_of(revoked) if revoked else None
        )
        for name, rights, added, revoked in tokens
    )
    return PublisherEntry(slug, row[0], row[1], moment_of(row[2]), Quota(*row[3:]), listed)


def _revoke(connection: sqlite3.Connection, publisher: str, name: str) -> None:
    connection.execute(
        "UPDATE tokens SET revoked = ? WHERE publisher = ? AND name = ? AND revoked IS NULL",
        (moment_text(now()), publisher, name),
    )


def _check_name(name: str) -> None:
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise UnusableInput(_NO_NAME.fill(slug=name))


def _rights(text: str) -> frozenset[Right]:
    return frozenset(Right(word) for word in text.split())


def _digest(token: str) -> str:
    # One hash is enough: 256 random bits are not guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
