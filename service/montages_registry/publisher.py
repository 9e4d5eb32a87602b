"""A publisher of the registry, its tokens and their rights, and the rows of the record that tell of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from montages.bilingual import message
from montages.errors import UnknownName
from montages_registry.moments import moment_after, moment_of, moment_text
from montages_registry.record_schema import FIRST_HASH, row_hash
from montages_registry.registry_errors import RightMissing


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
                message(
                    "This token of “{slug}” may write drafts, and neither publish nor "
                    "withdraw: save a draft, and ask who has the right to publish it.",
                    slug=self.slug,
                ),
                right=str(right),
            )
        raise RightMissing(
            message("This token of “{slug}” may not write.", slug=self.slug), right=str(right)
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
class Quota:
    """How much a publisher may write in a day: bytes and versions, None for as much as it likes."""

    bytes: int | None = None
    versions: int | None = None


@dataclass(frozen=True)
class PublisherEntry:
    """A publisher with its tokens, revoked ones included, and how much it may write."""

    slug: str
    name: str
    added: datetime
    tokens: tuple[PublisherToken, ...] = field(default=())
    quota: Quota = Quota()


@dataclass(frozen=True)
class PublisherEvent:
    """A row: a publisher was added or given a quota, a token given or revoked; `name` is that of either."""

    event: str
    publisher: str
    name: str
    rights: str
    moment: datetime


def publisher_events(connection: sqlite3.Connection) -> list[PublisherEvent]:
    """Return all that happened, in its order."""
    rows = connection.execute(
        "SELECT event, publisher, name, rights, moment FROM publisher_events ORDER BY sequence"
    )
    return [
        PublisherEvent(event, publisher, name, rights, moment_of(moment))
        for event, publisher, name, rights, moment in rows
    ]


def publisher_entry(events: Iterable[PublisherEvent], slug: str) -> PublisherEntry:
    """Return a publisher as its events leave it; raises UnknownName."""
    own = [event for event in events if event.publisher == slug]
    if not own:
        raise UnknownName(
            message("Unknown publisher: {slug}. The list: montages publisher list.", slug=slug)
        )
    tokens: list[PublisherToken] = []
    for event in own:
        if event.event == "token":
            tokens.append(PublisherToken(slug, event.name, rights_of(event.rights), event.moment))
        elif event.event == "revocation":
            tokens = [
                PublisherToken(t.publisher, t.name, t.rights, t.added, event.moment)
                if t.name == event.name and t.revoked is None
                else t
                for t in tokens
            ]
    return PublisherEntry(slug, own[0].name, own[0].moment, tuple(tokens))


def quota_of(connection: sqlite3.Connection, publisher: str) -> Quota:
    """Return how much a publisher may write in a day."""
    row = connection.execute(
        "SELECT bytes_a_day, versions_a_day FROM publisher_events "
        "WHERE event = 'quota' AND publisher = ? ORDER BY sequence DESC LIMIT 1",
        (publisher,),
    ).fetchone()
    return Quota(*row) if row else Quota()


def append_event(
    connection: sqlite3.Connection,
    event: str,
    publisher: str,
    name: str,
    rights: frozenset[Right] = frozenset(),
    token_digest: str = "",
    quota: Quota = Quota(),
) -> None:
    """Add a row, inside a transaction."""
    last = connection.execute(
        "SELECT sequence, moment, hash FROM publisher_events ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    sequence, moment, previous = last or (0, None, FIRST_HASH)
    now = moment_text(moment_after(moment_of(moment) if moment else None))
    columns = (publisher, event, name, " ".join(sorted(rights)), token_digest)
    values = (sequence + 1, *columns, quota.bytes, quota.versions, now)
    row = (*values, previous, row_hash(previous, values))
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO publisher_events VALUES ({marks})", row)  # noqa: S608


def rights_of(text: str) -> frozenset[Right]:
    """Return the rights that a row names."""
    return frozenset(Right(word) for word in text.split())
