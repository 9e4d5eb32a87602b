"""Which versions of an entry everybody could read, each from its own moment until the next one's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from montages.registry.version import Version


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
