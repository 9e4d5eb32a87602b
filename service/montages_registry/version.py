"""A version of an entry: its state, what everybody may know of it, the condition of a write."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from werkzeug.http import parse_etags

from montages.bilingual import message
from montages_registry.entry_summary import EntrySummary
from montages_registry.registry_errors import (
    ConditionMissing,
    Erased,
    ErasedByLaw,
    StaleVersion,
    Withdrawn,
)


class State(StrEnum):
    """What a version is: a draft is for its publisher alone, withdrawn is an entry, erased are bytes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


_WITHDRAWN = message(
    "“{slug}” was withdrawn on {day}: its history stays, its name is not given again."
)
_ERASED = message("Erased on {day} by who runs the registry. Reason: {reason}")


def erasure_error(moment: str, reason: str, legal: bool) -> Erased:
    """Return the error of who asks for, or sends, what was erased."""
    kind, day = ErasedByLaw if legal else Erased, moment[:10]
    return kind(_ERASED.fill(day=day, reason=reason), reason=reason, erased=day)


@dataclass(frozen=True)
class Version:
    """A version of an entry, numbered from 1, without its bytes; of an erased one, nothing is left but this.

    `moment` is when it was written, `public_from` since when everybody may read it, None for a draft.
    `issued` is the moment from which everybody could read the entry.
    """

    slug: str
    number: int
    state: State
    publisher: str
    publisher_name: str
    moment: str
    public_from: str | None
    media_type: str
    digest: str
    size: int
    summary: EntrySummary
    issued: str | None = None
    erased: str | None = None
    reason: str = ""
    legal: bool = False

    @property
    def etag(self) -> str:
        """Return the strong entity tag, with its quotes: another one for each version."""
        parts = f"{self.slug} {self.number} {self.media_type} {self.digest}"
        return f'"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'

    def check_there(self) -> None:
        """Raise Erased or Withdrawn where it has no bytes."""
        if self.erased is not None:
            raise erasure_error(self.erased, self.reason, self.legal)
        if self.state is State.WITHDRAWN:
            raise Withdrawn(_WITHDRAWN.fill(slug=self.slug, day=self.moment[:10]))


# Each column is a field of `Version`.
_SELECT = """
SELECT v.slug, v.number, v.state, v.publisher, p.name AS publisher_name, v.moment,
    v.public_from, v.media_type, v.digest, v.size, v.summary, (
        SELECT min(public_from) FROM versions AS f WHERE f.slug = v.slug
    ) AS issued, x.moment AS erased, x.reason, x.legal
FROM versions AS v JOIN publishers AS p ON p.slug = v.publisher
    JOIN entries ON entries.slug = v.slug
    LEFT JOIN erasures AS x ON v.state = 'erased' AND x.digest = v.digest
"""
LATEST = "v.slug = :slug AND v.number = entries.latest"
PUBLIC = "v.slug = :slug AND v.number = entries.public"
NUMBERED = "v.slug = :slug AND v.number = :number"


def versions(connection: sqlite3.Connection, where: str, **values: object) -> Iterator[Version]:
    """Yield the versions `v`, of `entries`, that a condition of SQL names, in the order that it says."""
    for row in connection.execute(f"{_SELECT} WHERE {where}", values):
        fields = {**row, "state": State(row["state"]), "summary": json.loads(row["summary"])}
        yield Version(**fields)


_NOT_THERE = message(
    "“{slug}” does not exist: the condition If-Match cannot hold. Without it, the entry is created."
)
_WHICH = message(
    "“{slug}” exists already: choose another name, or say which version to replace. If-Match: "
    "{etag} replaces the last one, version {number}."
)
_CHANGED = message(
    "“{slug}” has changed: read its version {number}, {etag}, and send yours with that tag."
)


def check_condition(slug: str, latest: Version | None, if_match: str | None) -> None:
    """Raise StaleVersion or ConditionMissing where an entry may not be written under an `If-Match`.

    `latest` is the last version of the entry, a draft too; None where there is none.
    """
    if latest is None:
        if if_match is not None:
            raise StaleVersion(_NOT_THERE.fill(slug=slug), current=None)
        return
    values = {"slug": slug, "number": latest.number, "etag": latest.etag}
    if if_match is None:
        raise ConditionMissing(_WHICH.fill(**values), current=latest.etag)
    own, tags = latest.etag[1:-1], parse_etags(if_match)
    # Another form of the same version has its tag, and more.
    named = any(tag == own or tag.startswith(f"{own}-") for tag in tags.as_set())
    if not tags.star_tag and not named:
        raise StaleVersion(_CHANGED.fill(**values), current=latest.etag)
