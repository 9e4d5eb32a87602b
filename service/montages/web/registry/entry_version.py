"""A version of an entry as its documents speak of it, beside its description (G1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from montages.publish.registry.time_map import iso_time
from montages.registry.version import Version

# Versions that a page lists; the TimeMap has all.
MOST_LISTED = 20


@dataclass(frozen=True)
class EntryVersion:
    """What a document says of a version beside its description; moments are texts, the newest first."""

    slug: str
    number: int
    publisher: str
    media_type: str
    state: str
    moment: str
    public_from: str
    is_entry: bool
    newest: int
    count: int
    history: Sequence[tuple[int, str, str]]

    @classmethod
    def of(cls, version: Version, released: Sequence[Version], is_entry: bool) -> EntryVersion:
        """Return what is said of a version, among those that were public."""
        return cls(
            version.slug,
            version.number,
            version.publisher,
            version.media_type,
            version.state.value,
            iso_time(version.moment),
            _text(version.public_from),
            is_entry,
            released[-1].number if released else 0,
            len(released),
            [
                (it.number, iso_time(it.public_from or it.moment), _became(it))
                for it in reversed(released[-MOST_LISTED:])
            ],
        )


def _became(version: Version) -> str:
    return "erased" if version.erasure else version.state.value


def _text(moment: datetime | None) -> str:
    return iso_time(moment) if moment else ""
