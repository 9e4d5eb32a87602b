"""The versions of an entry that were public, remembered: of thousands, a request needs few (RFC 7089)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app

from montages.knowledge.files.caching import CountedCache
from montages.publish.registry.time_map import Memento, TimeMap
from montages.registry.version import State, Version, public_versions
from montages.web.registry.app_registry import app_registry
from montages.web.registry.entry_addresses import entry_url, time_map_url

_KEY = "montages-released-versions"
_MOST = 200  # entries


@dataclass(frozen=True)
class ReleasedVersions:
    """The versions of an entry that everybody could read at some time, the oldest first; and their mementos.

    That is so as of its `latest` version and so many `erasures` of the record, `until` the moment when the
    next one comes to be public, if any.
    """

    slug: str
    versions: tuple[Version, ...] = ()
    mementos: tuple[Memento, ...] = ()
    latest: int = 0
    erasures: int = 0
    until: datetime | None = None

    @property
    def time_map(self) -> TimeMap:
        """Return the TimeMap of the entry, at the addresses of the service."""
        return TimeMap(self.slug, entry_url(self.slug), time_map_url(self.slug), self.mementos)


def released_versions(slug: str) -> ReleasedVersions:
    """Return the versions of an entry that were public, none for one that is unknown."""
    registry, now = app_registry().registry, datetime.now(UTC)
    latest = registry.current(slug, public=False)
    if latest is None:
        return ReleasedVersions(slug)
    cache: CountedCache[str, ReleasedVersions] = current_app.extensions.setdefault(
        _KEY, CountedCache(_MOST)
    )
    known, erasures = cache.get(slug), registry.acts().erasures
    if (
        known is None
        or (known.latest, known.erasures) != (latest.number, erasures)
        or (known.until and known.until <= now)
    ):
        versions = registry.versions(slug, public=False)
        coming = (v.public_from for v in versions if v.public_from and not v.is_public(now))
        until = min(coming, default=None)
        public = public_versions(versions, now)
        mementos = tuple(_mementos(public))
        known = ReleasedVersions(slug, public, mementos, versions[-1].number, erasures, until)
        cache.add(slug, known)
    return known


def _mementos(versions: Iterable[Version]) -> Iterable[Memento]:
    for it in versions:
        withdrawn = it.state is State.WITHDRAWN
        erased = it.erasure.moment if it.erasure else None
        yield Memento(it.public_from or it.moment, it.number, it.publisher, withdrawn, erased)
