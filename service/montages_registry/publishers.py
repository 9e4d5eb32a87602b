"""Publishers of the registry, and their tokens: who may write, and who may publish."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from montages.bilingual import NO_TEXT, message
from montages.errors import UnknownName, UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry.publisher import (
    ALL_RIGHTS,
    Publisher,
    PublisherEntry,
    PublisherEvent,
    Quota,
    Right,
    append_event,
    publisher_entry,
    publisher_events,
    quota_of,
    rights_of,
)
from montages_registry.record_file import RecordFile, RecordWriter
from montages_registry.registry_errors import UnknownToken

# Who may do what is found here too, by those who ask for it.
__all__ = ["ALL_RIGHTS", "Publisher", "PublisherEntry", "Publishers", "Quota", "Right"]

# What a token begins with, so that a scanner of secrets knows one that was published by mistake.
TOKEN_PREFIX = "mtg_"  # noqa: S105  # no secret
_BYTES = 32
_LONGEST_TOKEN = 200
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 80


class Publishers:
    """The publishers of a record."""

    def __init__(self, record: RecordFile, writer: RecordWriter) -> None:
        self._record, self._writer = record, writer

    def add(self, slug: str, name: str) -> Publisher:
        """Add a publisher, who has no token yet; raises UnusableInput for a name taken or in no such form."""
        name = _checked_names(slug, name)
        self._writer.run(lambda connection: _add(connection, slug, name))
        return Publisher(slug, name)

    def enrol(
        self,
        slug: str,
        name: str,
        label: str = "main",
        rights: Iterable[Right] | None = None,
        quota: Quota = Quota(),  # noqa: B008  # it does not change
    ) -> str:
        """Add a publisher with a token, both or neither, and return the token, shown this once.

        Without a `quota` it may write as much as it likes.
        """
        name, secret, asked = _checked_names(slug, name), _new_token(label), _right_set(rights)

        def change(connection: sqlite3.Connection) -> None:
            _add(connection, slug, name)
            _rotate(connection, slug, label, asked, secret)
            if quota != Quota():
                append_event(connection, "quota", slug, "", quota=quota)

        self._writer.run(change)
        return secret

    def set_quota(self, slug: str, quota: Quota) -> None:
        """Set how much a publisher may write in a day; raises UnknownName."""

        def change(connection: sqlite3.Connection) -> None:
            publisher_entry(publisher_events(connection), slug)
            append_event(connection, "quota", slug, "", quota=quota)

        self._writer.run(change)

    def rotate(
        self, publisher: str, name: str = "main", rights: Iterable[Right] | None = None
    ) -> str:
        """Return a new token of a publisher, shown this once; the former one of that name is revoked.

        `rights` are those of the former one by default, all where there is none. Raises UnknownName.
        """
        secret, asked = _new_token(name), _right_set(rights)
        self._writer.run(lambda connection: _rotate(connection, publisher, name, asked, secret))
        return secret

    def revoke(self, publisher: str, name: str | None = None) -> tuple[str, ...]:
        """Revoke a token of a publisher, or all of them, and return their names; raises UnknownName."""

        def change(connection: sqlite3.Connection) -> tuple[str, ...]:
            entry = publisher_entry(publisher_events(connection), publisher)
            live = [t.name for t in entry.tokens if t.revoked is None and name in (None, t.name)]
            if not live:
                which = message(" “{name}”", name=name) if name else NO_TEXT
                raise UnknownName(
                    message(
                        "The publisher “{publisher}” has no token{which} in force: montages "
                        "publisher list.",
                        publisher=publisher,
                        which=which,
                    )
                )
            for token_name in live:
                append_event(connection, "revocation", publisher, token_name)
            return tuple(live)

        return self._writer.run(change)

    def entries(self) -> tuple[PublisherEntry, ...]:
        """Return the publishers with their tokens, in the order in which they were added."""
        with self._record.faults():
            events = publisher_events(self._record.read())
            slugs = dict.fromkeys(event.publisher for event in events)
            return tuple(self._entry(events, slug) for slug in slugs)

    def named(self, slug: str) -> PublisherEntry:
        """Return a publisher; raises UnknownName."""
        with self._record.faults():
            return self._entry(publisher_events(self._record.read()), slug)

    def _entry(self, events: list[PublisherEvent], slug: str) -> PublisherEntry:
        quota = quota_of(self._record.read(), slug)
        return replace(publisher_entry(events, slug), quota=quota)

    def authenticate(self, token: str | None) -> Publisher:
        """Return the publisher of a token, with the rights that the token has; raises UnknownToken."""
        digest = _digest(token or "")
        if token and len(token) <= _LONGEST_TOKEN:
            with self._record.faults():
                rows = (
                    self._record.read()
                    .execute(
                        "SELECT token.publisher, token.rights, token.token_digest, named.name "
                        "FROM publisher_events AS token JOIN publisher_events AS named "
                        "ON named.event = 'publisher' AND named.publisher = token.publisher "
                        "WHERE token.event = 'token' AND token.token_digest = ? AND NOT EXISTS ("
                        "SELECT 1 FROM publisher_events AS revoked WHERE revoked.event = 'revocation' "
                        "AND revoked.publisher = token.publisher AND revoked.name = token.name "
                        "AND revoked.sequence > token.sequence)",
                        (digest,),
                    )
                    .fetchall()
                )
            for publisher, rights, stored, name in rows:
                if hmac.compare_digest(stored, digest):
                    return Publisher(publisher, name, rights_of(rights))
        raise UnknownToken(
            message(
                "This asks for the token of a publisher, in force: header “Authorization: "
                "Bearer …”. Who runs the registry gives one: montages publisher rotate."
            )
        )


def _checked_names(slug: str, name: str) -> str:
    """Return the name of a publisher with single blanks; raises UnusableInput for one that is none."""
    name = " ".join(name.split())
    if len(slug) > _LONGEST_NAME or not _NAME.fullmatch(slug):
        raise UnusableInput(
            message(
                "“{slug}” cannot name a publisher: lower-case letters without accents, digits "
                "and hyphens, as ville-de-vernon.",
                slug=slug,
            )
        )
    if not name or len(name) > 2 * _LONGEST_NAME or HIDDEN.search(name):
        raise UnusableInput(
            message(
                "A publisher has a name that people read, of 160 signs at most: --name “Ville "
                "de Vernon”."
            )
        )
    return name


def _new_token(name: str) -> str:
    """Return a new token; raises UnusableInput for a name that no token can have."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise UnusableInput(
            message(
                "“{name}” cannot name a token: lower-case letters, digits and hyphens.", name=name
            )
        )
    return TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)


def _right_set(rights: Iterable[Right] | None) -> frozenset[Right] | None:
    return None if rights is None else frozenset(rights)


def _add(connection: sqlite3.Connection, slug: str, name: str) -> None:
    if slug in {event.publisher for event in publisher_events(connection)}:
        raise UnusableInput(
            message(
                "The publisher “{slug}” exists already: montages publisher rotate {slug} gives "
                "it a token.",
                slug=slug,
            )
        )
    append_event(connection, "publisher", slug, name)


def _rotate(
    connection: sqlite3.Connection,
    publisher: str,
    name: str,
    asked: frozenset[Right] | None,
    secret: str,
) -> None:
    former = [
        t for t in publisher_entry(publisher_events(connection), publisher).tokens if t.name == name
    ]
    rights = former[-1].rights if former and asked is None else asked
    if any(token.revoked is None for token in former):
        append_event(connection, "revocation", publisher, name)
    append_event(
        connection,
        "token",
        publisher,
        name,
        ALL_RIGHTS if rights is None else rights,
        _digest(secret),
    )


def _digest(token: str) -> str:
    # One hash is enough: 256 random bits are not guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
