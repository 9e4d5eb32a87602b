"""A version of an entry of the registry, what it is made of, and the condition under which one is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class State(StrEnum):
    """What a version is to its readers: a draft is for its publisher alone, a withdrawn entry is gone."""

    DRAFT = "draft"
    PUBLISHED = "published"
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


@dataclass(frozen=True)
class Version:
    """A version of an entry, numbered from 1; `moment` is when it was acknowledged, in UTC.

    `etag` is a strong entity tag with its quotes, another one for each version. `public_from` is the moment
    from which everybody may read it, None for a draft; that of a withdrawal is when the entry went. The
    content, of `size` bytes with the SHA-256 `digest`, is read when it is asked for; that of a withdrawn
    version is empty. `hash` is that of the row, `previous_hash` that of the row before it in the record,
    which may be of another entry.
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

    @cached_property
    def content(self) -> Content:
        """Return the description as it was sent."""
        return Content(self.body(), self.media_type)

    def is_public(self, now: datetime) -> bool:
        """Tell whether everybody may read it: from its acknowledgement on, or from its day.

        A clock that was put back hides nothing that was public at once.
        """
        return self.public_from is not None and self.public_from <= max(now, self.moment)
