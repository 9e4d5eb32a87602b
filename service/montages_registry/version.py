"""A version of an entry: its state, what the gate made of its bytes, the condition of a write."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from montages.bilingual import Text, message
from montages_registry.entry_summary import EntrySummary
from montages_registry.moments import moment_of, moment_text
from montages_registry.registry_errors import ConditionMissing, Erased, ErasedByLaw, StaleVersion


class State(StrEnum):
    """What a version is: a draft is for its publisher alone, withdrawn is an entry, erased are bytes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True)
class EntryContent:
    """The bytes of a description as they were sent, and what the gate made of them.

    `triples` are lines of N-Triples, under the names of the entry.
    """

    body: bytes
    media_type: str
    triples: str
    summary: EntrySummary

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class WriteCondition:
    """The entity tags under which a write is wanted, as `If-Match` and `If-None-Match` have them."""

    if_match: str | None = None
    if_none_match: str | None = None


@dataclass(frozen=True)
class Erasure:
    """That a content was erased: when, why, and whether the law asked for it."""

    moment: datetime
    reason: str
    legal: bool

    def error(self, name: Text) -> Erased:
        """Return the error of who asks for what is no longer there, by its name."""
        kind, day = ErasedByLaw if self.legal else Erased, f"{self.moment:%Y-%m-%d}"
        return kind(
            message(
                "{name}: erased on {day} by who runs the registry. Reason: {reason}",
                name=name,
                day=day,
                reason=self.reason,
            ),
            reason=self.reason,
            erased=day,
        )


@dataclass(frozen=True)
class Version:
    """A version of an entry, numbered from 1, without its bytes; of an erased one, nothing is left but this.

    `moment` is when it was written, `public_from` since when everybody may read it, None for a draft.
    `licence` is that of its publisher's entries, `former` the number of the public version before it,
    `issued` the moment from which everybody could read the entry.
    """

    slug: str
    number: int
    state: State
    publisher: str
    publisher_name: str
    licence: str
    moment: datetime
    public_from: datetime | None
    media_type: str
    digest: str
    size: int
    summary: EntrySummary
    former: int | None = None
    issued: datetime | None = None
    erasure: Erasure | None = None

    @property
    def etag(self) -> str:
        """Return the strong entity tag, with its quotes: another one for each version."""
        parts = f"{self.slug} {self.number} {self.media_type} {self.digest}"
        return f'"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'

    @property
    def name(self) -> Text:
        """Return what it is called where it is refused."""
        return message("{slug}, version {number}", slug=self.slug, number=self.number)

    def to_json(self) -> dict[str, Any]:
        """Return the version as JSON."""
        return {
            "slug": self.slug,
            "version": self.number,
            "state": self.state.value,
            "publisher": self.publisher,
            "moment": moment_text(self.moment),
            "public_from": moment_text(self.public_from) if self.public_from else None,
            "media_type": self.media_type,
            "bytes": self.size,
            "sha256": self.digest,
            "etag": self.etag,
        }


_SELECT = """
SELECT v.slug, v.number, v.state, v.publisher, p.name, p.licence, v.moment, v.public_from,
    v.media_type, v.digest, v.size, v.summary, (
        SELECT max(number) FROM versions AS f
        WHERE f.slug = v.slug AND f.number < v.number AND f.public_from IS NOT NULL
    ), (
        SELECT min(public_from) FROM versions AS f WHERE f.slug = v.slug
    ), e.moment, e.reason, e.legal
FROM versions AS v JOIN publishers AS p ON p.slug = v.publisher
    JOIN entries ON entries.slug = v.slug
    LEFT JOIN erasures AS e ON v.state = 'erased' AND e.digest = v.digest
"""


def versions(connection: sqlite3.Connection, where: str, **values: object) -> Iterator[Version]:
    """Yield the versions `v`, of `entries`, that a condition of SQL names, in the order that it says."""
    return map(_version, connection.execute(f"{_SELECT} WHERE {where}", values))


def _version(row: Sequence[Any]) -> Version:
    slug, number, state, publisher, name, licence, moment, public_from, *content = row
    media_type, digest, size, summary, former, issued, erased, reason, legal = content
    return Version(
        slug,
        number,
        State(state),
        publisher,
        name,
        licence,
        moment_of(moment),
        moment_of(public_from) if public_from else None,
        media_type,
        digest,
        size,
        EntrySummary.from_json(json.loads(summary)),
        former,
        moment_of(issued) if issued else None,
        Erasure(moment_of(erased), reason, bool(legal)) if erased else None,
    )


def erasure_of(connection: sqlite3.Connection, digest: str) -> Erasure | None:
    """Return what became of the content of a digest, None where it was not erased."""
    row = connection.execute(
        "SELECT moment, reason, legal FROM erasures WHERE digest = ?", (digest,)
    ).fetchone()
    return Erasure(moment_of(row[0]), row[1], bool(row[2])) if row else None


_ETAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


_NOT_THERE = message(
    "“{slug}” does not exist: the condition If-Match cannot hold. Without it, the entry is created."
)
_THERE = message(
    "“{slug}” exists already (version {number}): choose another name, or replace that version "
    "with If-Match: {etag}."
)
_WHICH = message(
    "“{slug}” exists already: say which version to replace. If-Match: {etag} replaces the last "
    "one, version {number}."
)
_CHANGED = message(
    "“{slug}” has changed meanwhile: its last version is {number}, {etag}. Read it, make your "
    "change on it, and send it again with that tag."
)


def check_condition(slug: str, latest: Version | None, condition: WriteCondition) -> None:
    """Raise StaleVersion or ConditionMissing where an entry may not be written under a condition.

    `latest` is the last version of the entry, a draft too; None where there is none.
    """
    match, none_match = condition.if_match, condition.if_none_match
    if latest is None:
        if match is not None:
            raise StaleVersion(_NOT_THERE.fill(slug=slug), current=None)
        return
    etag, values = latest.etag, {"slug": slug, "number": latest.number, "etag": latest.etag}
    if none_match is not None and _names_etag(none_match, etag, weak=True):
        raise StaleVersion(_THERE.fill(**values), current=etag)
    if match is None:
        raise ConditionMissing(_WHICH.fill(**values), current=etag)
    if not _names_etag(match, etag, weak=False):
        raise StaleVersion(_CHANGED.fill(**values), current=etag)


def _names_etag(header: str, etag: str, weak: bool) -> bool:
    """Tell whether a header names an entity tag, or that of another form of the same version; `*` any."""
    if header.strip() == "*":
        return True
    own = etag[1:-1]
    tags = _ETAG.findall(header)
    return any(
        (tag == own or tag.startswith(f"{own}-")) and (weak or not mark) for mark, tag in tags
    )
