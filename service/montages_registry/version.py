"""A version of an entry of the registry, its entity tag, and the condition under which one is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from montages.bilingual import Text, message
from montages_registry.record_schema import row_hash
from montages_registry.registry_errors import ConditionMissing, Erased, ErasedByLaw, StaleVersion


class State(StrEnum):
    """What a version is to its readers: a draft is for its publisher alone, a withdrawn entry is gone.

    A published version is public from when it was written, a scheduled one from its day on.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Content:
    """A description as it was sent: its bytes, and their media type."""

    body: bytes
    media_type: str


@dataclass(frozen=True)
class WriteCondition:
    """The entity tags under which a write is wanted, as `If-Match` and `If-None-Match` have them."""

    if_match: str | None = None
    if_none_match: str | None = None


_THESE_BYTES = message("These bytes")


class Acts(NamedTuple):
    """How many versions and erasures a record holds."""

    versions: int
    erasures: int


@dataclass(frozen=True)
class Erasure:
    """That a content was erased: when, why, and whether the law asked for it."""

    moment: datetime
    reason: str
    legal: bool

    def error(self, name: Text = _THESE_BYTES) -> Erased:
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
    """A version of an entry, numbered from 1; `moment` is when it was acknowledged, in UTC.

    `etag` is a strong entity tag with its quotes, another one for each version. `public_from` is the moment
    from which everybody may read it, None for a draft; that of a withdrawal is when the entry went. The
    content, of `size` bytes with the SHA-256 `digest`, is read when it is asked for; that of a withdrawn
    version is empty, that of one with an `erasure` is gone. `hash` is that of the row, `previous_hash` that
    of the row before it in the record, which may be of another entry.
    """

    sequence: int
    slug: str
    number: int
    state: State
    publisher: str
    moment: datetime
    public_from: datetime | None
    media_type: str
    digest: str
    etag: str
    previous_hash: str
    hash: str
    size: int
    body: Callable[[], bytes] = field(repr=False, compare=False)
    erasure: Erasure | None = None

    @cached_property
    def content(self) -> Content:
        """Return the description as it was sent; raises Erased."""
        if self.erasure is not None:
            name = f"{self.slug}, version {self.number}"
            raise self.erasure.error(Text(name, name))
        return Content(self.body(), self.media_type)

    def is_public(self, now: datetime) -> bool:
        """Tell whether everybody may read it: from its acknowledgement on, or from its day."""
        if self.public_from is None:
            return False
        return self.state is not State.SCHEDULED or self.public_from <= now


def public_versions(versions: Sequence[Version], now: datetime) -> tuple[Version, ...]:
    """Return those versions of an entry that were public for some time until now, in their order.

    A version that was to be public later than one written after it never was. Their moments of
    publication grow.
    """
    public: list[Version] = []
    earliest: datetime | None = None
    for version in reversed(versions):
        begin = version.public_from
        if begin is None or not version.is_public(now):
            continue
        if earliest is None or begin < earliest:
            public.append(version)
            earliest = begin
    return tuple(reversed(public))


_ETAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_ETAG_DIGITS = 32


def version_etag(slug: str, number: int, media_type: str, digest: str) -> str:
    """Return the strong entity tag of a version: another one for each, of the same bytes too."""
    return f'"{row_hash("", (slug, number, media_type, digest))[:_ETAG_DIGITS]}"'


def check_condition(slug: str, current: Version | None, condition: WriteCondition) -> None:
    """Raise StaleVersion or ConditionMissing where an entry may not be written under a condition.

    `current` is the latest version of the entry, a draft too; None where there is none.
    """
    match, none_match = condition.if_match, condition.if_none_match
    if current is None:
        if match is not None:
            raise StaleVersion(
                message(
                    "“{slug}” does not exist: the condition If-Match cannot hold. Without it, "
                    "the entry is created.",
                    slug=slug,
                ),
                current=None,
            )
        return
    if none_match is not None and _names_etag(none_match, current.etag, weak=True):
        raise StaleVersion(
            message(
                "“{slug}” exists already (version {number}): choose another name, or replace "
                "that version with If-Match: {etag}.",
                slug=slug,
                number=current.number,
                etag=current.etag,
            ),
            current=current.etag,
        )
    if match is None:
        raise ConditionMissing(
            message(
                "“{slug}” exists already: say which version to replace. If-Match: {etag} "
                "replaces the last one, version {number}.",
                slug=slug,
                etag=current.etag,
                number=current.number,
            ),
            current=current.etag,
        )
    if not _names_etag(match, current.etag, weak=False):
        raise StaleVersion(
            message(
                "“{slug}” has changed meanwhile: its last version is {number}, {etag}. Read "
                "it, make your change on it, and send it again with that tag.",
                slug=slug,
                number=current.number,
                etag=current.etag,
            ),
            current=current.etag,
        )


def _names_etag(header: str, etag: str, weak: bool) -> bool:
    """Tell whether a header names an entity tag; `*` names any. A weak one counts where `weak` says so."""
    if header.strip() == "*":
        return True
    tags = _ETAG.findall(header)
    return any(f'"{tag}"' == etag and (weak or not mark) for mark, tag in tags)
