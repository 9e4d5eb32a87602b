"""How much a publisher may write in 24 hours and an entry, and whether it may write more."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from montages import settings
from montages.bilingual import Text, message
from montages.errors import TooLarge
from montages_registry.moments import moment_text
from montages_registry.registry_errors import QuotaReached


@dataclass(frozen=True)
class Quota:
    """How much a publisher may write: versions and bytes in 24 hours, bytes of an entry; None: any."""

    versions: int | None = 100
    bytes: int | None = 20_000_000
    entry_bytes: int | None = 500_000


NO_QUOTA = Quota(None, None, None)

_DAY = timedelta(days=1)
_TOO_LARGE = message(
    "The description has {count} bytes, over the {most} that an entry of “{publisher}” may have. "
    "Ask who runs the registry for more: montages publisher quota {publisher} --bytes-an-entry N."
)
_OVER_ALL = message(
    "The description has {count} bytes, over the {most} allowed (MONTAGES_MAX_BYTES)."
)
_REACHED = message(
    "“{publisher}” may write {limit} {unit} in 24 hours; with this, there would be {wanted}. Nothing "
    "was written. Wait, or ask who runs the registry for more: montages publisher quota {publisher}."
)


def check_quota(
    connection: sqlite3.Connection, publisher: str, quota: Quota, size: int, moment: datetime
) -> None:
    """Raise TooLarge or QuotaReached where a publisher may not write so many bytes at a moment.

    A draft counts as a version does; a publication and a withdrawal count for nothing.
    """
    most = settings.number("max_bytes")
    if quota.entry_bytes is not None and size > quota.entry_bytes:
        values = {"count": size, "most": quota.entry_bytes, "publisher": publisher}
        raise TooLarge(_TOO_LARGE.fill(**values))
    if size > most:
        raise TooLarge(_OVER_ALL.fill(count=size, most=most))
    written, sent = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0) FROM versions "
        "WHERE publisher = ? AND moment > ? AND state <> 'withdrawn'",
        (publisher, moment_text(moment - _DAY)),
    ).fetchone()
    _check(publisher, message("versions"), quota.versions, written + 1)
    _check(publisher, message("bytes"), quota.bytes, sent + size)


def _check(publisher: str, unit: Text, most: int | None, wanted: int) -> None:
    if most is None or wanted <= most:
        return
    values = {"publisher": publisher, "limit": most, "wanted": wanted}
    raise QuotaReached(_REACHED.fill(unit=unit, **values), unit=unit.en, **values)
