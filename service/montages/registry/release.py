"""When each version of an entry was public, without its content: what a history of thousands is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from montages.registry.moments import moment_of
from montages.registry.registry import Registry
from montages.registry.version import State
from montages.registry.version_history import public_versions

_QUERY = (
    "SELECT number, state, publisher, media_type, moment, public_from FROM versions "
    "WHERE slug = ? AND public_from IS NOT NULL ORDER BY number"
)


@dataclass(frozen=True)
class Release:
    """A version that everybody could read from a moment on: its number, its state, who wrote it."""

    number: int
    state: State
    publisher: str
    media_type: str
    moment: datetime
    public_from: datetime

    def is_public(self, now: datetime) -> bool:
        """Tell whether everybody may read it, as `Version.is_public` does."""
        return self.public_from <= max(now, self.moment)


def releases(registry: Registry, slug: str) -> tuple[Release, ...]:
    """Return the versions of an entry that were public for some time until now, in their order."""
    with registry.record.faults():
        rows = registry.record.read().execute(_QUERY, (slug,)).fetchall()
    written = [
        Release(number, State(state), publisher, media_type, moment_of(moment), moment_of(public))
        for number, state, publisher, media_type, moment, public in rows
    ]
    return public_versions(written, datetime.now(UTC))
