"""Publishers of the registry, and their tokens: who may write, and who may publish."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from montages.errors import UnknownName, UnusableInput
from montages.registry.group_commit import GroupCommit
from montages.registry.hash_chain import FIRST, row_hash
from montages.registry.moments import moment_after, moment_of, moment_text
from montages.registry.record_file import RecordFile
from montages.registry.registry_errors import RightMissing, UnknownToken

# What a token begins with, so that a scanner of secrets knows one that was published by mistake.
TOKEN_PREFIX = "mtg_"  # noqa: S105  # no secret
_BYTES = 32
_LONGEST_TOKEN = 200
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 80


class Right(StrEnum):
    """What a token lets do: write drafts; make public, and withdraw."""

    EDIT = "edit"
    PUBLISH = "publish"


ALL_RIGHTS = frozenset(Right)


@dataclass(frozen=True)
class Publisher:
    """Who writes: `slug` owns entries, `name` is what people read, `rights` are those of the token."""

    slug: str
    name: str
    rights: frozenset[Right] = ALL_RIGHTS

    def check(self, right: Right) -> None:
        """Raise RightMissing where the token does not have a right."""
        if right in self.rights:
            return
        if right is Right.PUBLISH:
            raise RightMissing(
                f"Ce jeton de « {self.slug} » permet d'écrire des brouillons, pas de publier ni de retirer : "
                "enregistrez un brouillon, et demandez la publication à qui en a le droit.",
                f"This token of “{self.slug}” may write drafts, and neither publish nor withdraw: save a "
                "draft, and ask who has the right to publish it.",
                right=str(right),
            )
        raise RightMissing(
            f"Ce jeton de « {self.slug} » ne permet pas d'écrire.",
            f"This token of “{self.slug}” may not write.",
            right=str(right),
        )


@dataclass(frozen=True)
class PublisherToken:
    """A token as the record knows it: its name among those of its publisher, never the token itself."""

    publisher: str
    name: str
    rights: frozenset[Right]
    added: datetime
    revoked: datetime | None = None


@dataclass(frozen=True)
class PublisherEntry:
    """A publisher with its tokens, revoked ones included."""

    slug: str
    name: str
    added: datetime
    tokens: tuple[PublisherToken, ...] = field(default=())


class Publishers:
    """The publishers of a record."""

    def __init__(self, record: RecordFile, commit: GroupCommit) -> None:
        self._record, self._commit = record, commit

    def add(self, slug: str, name: str) -> Publisher:
        """Add a publisher; raises UnusableInput for a name that is taken or in no such form."""
        name = " ".join(name.split())
        if len(slug) > _LONGEST_NAME or not _NAME.fullmatch(slug):
            raise UnusableInput(
                f"« {slug} » ne peut pas nommer un éditeur : lettres minuscules sans accents, chiffres et "
                "traits d'union, comme ville-de-vernon.",
                f"“{slug}” cannot name a publisher: lower-case letters without accents, digits and hyphens, "
                "as ville-de-vernon.",
            )
        if not name or len(name) > 2 * _LONGEST_NAME:
            raise UnusableInput(
                "Un éditeur a un nom que l'on lit, de 160 signes au plus : --name « Ville de Vernon ».",
                "A publisher has a name that people read, of 160 signs at most: --name “Ville de Vernon”.",
            )

        def change(connection: sqlite3.Connection) -> None:
            if slug in {event.publisher for event in _events(connection)}:
                raise UnusableInput(
                    f"L'éditeur « {slug} » existe déjà : montages publisher rotate {slug} lui donne un "
                    "jeton.",
                    f"The publisher “{slug}” exists already: montages publisher rotate {slug} gives it a "
                    "token.",
                )
            _write(connection, "publisher", slug, name)

        self._commit.run(change)
        return Publisher(slug, name)

    def rotate(
        self, publisher: str, name: str = "main", rights: Iterable[Right] | None = None
    ) -> str:
        """Return a new token of a publisher, shown this once; the former one of that name is revoked.

        `rights` are those of the former one by default, all where there is none. Raises UnknownName.
        """
        token = TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            raise UnusableInput(
                f"« {name} » ne peut pas nommer un jeton : lettres minuscules, chiffres et traits d'union.",
                f"“{name}” cannot name a token: lower-case letters, digits and hyphens.",
            )
        asked = None if rights is None else frozenset(rights)

        def change(connection: sqlite3.Connection) -> None:
            entry = _entry(_events(connection), publisher)
            former = [t for t in entry.tokens if t.name == name]
            live = any(token.revoked is None for token in former)
            held = asked if asked is not None else (former[-1].rights if former else ALL_RIGHTS)
            if live:
                _write(connection, "revocation", publisher, name)
            _write(connection, "token", publisher, name, held, _digest(token))

        self._commit.run(change)
        return token

    def revoke(self, publisher: str, name: str | None = None) -> tuple[str, ...]:
        """Revoke a token of a publisher, or all of them, and return their names; raises UnknownName."""

        def change(connection: sqlite3.Connection) -> tuple[str, ...]:
            entry = _entry(_events(connection), publisher)
            live = [t.name for t in entry.tokens if t.revoked is None and name in (None, t.name)]
            if not live:
                which = f" « {name} »" if name else ""
                which_en = f" “{name}”" if name else ""
                raise UnknownName(
                    f"L'éditeur « {publisher} » n'a pas de jeton{which} en cours : montages publisher list.",
                    f"The publisher “{publisher}” has no token{which_en} in force: montages publisher list.",
                )
            for each in live:
                _write(connection, "revocation", publisher, each)
            return tuple(live)

        return self._commit.run(change)

    def entries(self) -> tuple[PublisherEntry, ...]:
        """Return the publishers with their tokens, in the order in which they were added."""
        with self._record.faults():
            events = _events(self._record.read())
        slugs = dict.fromkeys(event.publisher for event in events)
        return tuple(_entry(events, slug) for slug in slugs)

    def named(self, slug: str) -> PublisherEntry:
        """Return a publisher; raises UnknownName."""
        with self._record.faults():
            return _entry(_events(self._record.read()), slug)

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
                    return Publisher(publisher, name, _rights(rights))
        raise UnknownToken(
            "Cette demande veut le jeton d'un éditeur, en cours de validité : en-tête « Authorization: "
            "Bearer … ». Qui tient le registre en donne un : montages publisher rotate.",
            "This asks for the token of a publisher, in force: header “Authorization: Bearer …”. Who runs "
            "the registry gives one: montages publisher rotate.",
        )


@dataclass(frozen=True)
class _Event:
    event: str
    publisher: str
    name: str
    rights: str
    moment: datetime


def _events(connection: sqlite3.Connection) -> list[_Event]:
    rows = connection.execute(
        "SELECT event, publisher, name, rights, moment FROM publisher_events ORDER BY sequence"
    )
    return [
        _Event(event, publisher, name, rights, moment_of(moment))
        for event, publisher, name, rights, moment in rows
    ]


def _entry(events: Iterable[_Event], slug: str) -> PublisherEntry:
    """Return a publisher as its events leave it; raises UnknownName."""
    own = [event for event in events if event.publisher == slug]
    if not own:
        raise UnknownName(
            f"Éditeur inconnu : {slug}. La liste : montages publisher list.",
            f"Unknown publisher: {slug}. The list: montages publisher list.",
        )
    tokens: list[PublisherToken] = []
    for event in own:
        if event.event == "token":
            tokens.append(PublisherToken(slug, event.name, _rights(event.rights), event.moment))
        elif event.event == "revocation":
            tokens = [
                PublisherToken(t.publisher, t.name, t.rights, t.added, event.moment)
                if t.name == event.name and t.revoked is None
                else t
                for t in tokens
            ]
    return PublisherEntry(slug, own[0].name, own[0].moment, tuple(tokens))


def _write(
    connection: sqlite3.Connection,
    event: str,
    publisher: str,
    name: str,
    rights: frozenset[Right] = frozenset(),
    token_digest: str = "",
) -> None:
    last = connection.execute(
        "SELECT sequence, moment, hash FROM publisher_events ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    sequence, moment, previous = last or (0, None, FIRST)
    now = moment_text(moment_after(moment_of(moment) if moment else None))
    values = (sequence + 1, event, publisher, name, " ".join(sorted(rights)), token_digest, now)
    connection.execute(
        "INSERT INTO publisher_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, previous, row_hash(previous, values)),
    )


def _rights(text: str) -> frozenset[Right]:
    return frozenset(Right(word) for word in text.split())


def _digest(token: str) -> str:
    # One hash is enough: 256 random bits are not guessed.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
