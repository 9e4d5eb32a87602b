"""Moments as the registry has them: text of UTC, to the microsecond, in order; when a clock is believed.

A clock that jumps by more than a day from when the registry last saw it is not believed, ahead or behind,
until who runs the registry says that it is right. A service that is asked sees it every hour.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from montages.bilingual import message
from montages_registry.registry_errors import ClockInDoubt

_IN_DOUBT = message(
    "The clock of the machine says {clock}, and the registry last saw it on {seen}; nothing was "
    "written. If the clock is right, who runs the registry says so: montages registry clock. "
    "Then send the same request."
)


def now() -> datetime:
    """Return what the clock of the machine says."""
    return datetime.now(UTC)


def moment_text(moment: datetime) -> str:
    """Return a moment of UTC as text: 2026-11-26T13:56:33.000000Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def seen(connection: sqlite3.Connection) -> datetime:
    """Return when the registry last saw a clock that it believed; that of the machine where it never did."""
    row = connection.execute("SELECT seen FROM clock").fetchone()
    return datetime.fromisoformat(row[0]) if row else now()


def is_in_doubt(connection: sqlite3.Connection) -> bool:
    """Tell whether the clock of the machine is more than a day from when it was last seen."""
    return abs(now() - seen(connection)) > timedelta(days=1)


def see(connection: sqlite3.Connection) -> None:
    """Note what the clock says, inside a transaction."""
    connection.execute("INSERT OR REPLACE INTO clock VALUES (1, ?)", (moment_text(now()),))


def write_moment(connection: sqlite3.Connection) -> str:
    """Return the moment of a write, after that of any other, inside its transaction; raises ClockInDoubt."""
    if is_in_doubt(connection):
        clock, last_seen = moment_text(now()), moment_text(seen(connection))
        raise ClockInDoubt(_IN_DOUBT.fill(clock=clock, seen=last_seen))
    see(connection)
    (last,) = connection.execute("SELECT max(moment) FROM versions").fetchone()
    after = datetime.fromisoformat(last) + timedelta(microseconds=1) if last else now()
    return moment_text(max(now(), after))
