"""Which versions of an entry everybody could read, each from its own moment until the next one's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class Dated(Protocol):
    """What is public from a moment on, if ever."""

    @property
    def public_from(self) -> datetime | None:
        """Return the moment, None for what is not to be public."""
        ...

    def is_public(self, now: datetime) -> bool:
        """Tell whether everybody may read it."""
        ...


D = TypeVar("D", bound=Dated)


def public_versions(versions: Sequence[D], now: datetime) -> tuple[D, ...]:
    """Return those versions of an entry that were public for some time until now, in their order.

    A version that was to be public later than one written after it never was. Their moments of
    publication grow.
    """
    public: list[D] = []
    earliest: datetime | None = None
    for version in reversed(versions):
        begin = version.public_from
        if begin is None or not version.is_public(now):
            continue
        if earliest is None or begin < earliest:
            public.append(version)
            earliest = begin
    return tuple(reversed(public))
