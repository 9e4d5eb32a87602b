"""Moments as the record has them: UTC, to the microsecond, in a form that sorts as text."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from montages.bilingual import message
from montages.description.dates import read_day
from montages.errors import UnreadableInput
from montages_registry.registry_errors import ClockBehind

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
_NEXT = timedelta(microseconds=1)
# A clock that was put right by less is waited for in steps of a microsecond; by more it is wrong.
_PATIENCE = timedelta(minutes=5)


def moment_text(moment: datetime) -> str:
    """Return a moment as text; raises ValueError for one of no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    # The year by hand: strftime leaves out the zeros before one under 1000.
    utc = moment.astimezone(UTC)
    return f"{utc.year:04d}{utc.strftime(_FORM.removeprefix('%Y'))}"


def moment_of(text: str) -> datetime:
    """Return the moment that a text of the record gives."""
    return datetime.fromisoformat(text)


def is_clock_behind(previous: datetime | None) -> bool:
    """Tell whether the clock stands before a moment of the record by more than is ever put right."""
    return previous is not None and datetime.now(UTC) < previous - _PATIENCE


def check_clock(previous: datetime | None) -> None:
    """Raise ClockBehind where the clock stands so far before the last version."""
    if is_clock_behind(previous):
        now = datetime.now(UTC)
        raise ClockBehind(
            message(
                "The clock of the machine says {now:%Y-%m-%d %H:%M} UTC, yet the registry was "
                "written on {previous:%Y-%m-%d %H:%M} UTC; nothing was written. Put the clock "
                "right, then send the same request; if it is right, it was ahead for a while: "
                "restore a backup from before.",
                now=now,
                previous=previous,
            )
        )


def moment_after(previous: datetime | None) -> datetime:
    """Return the present moment, or the next after `previous` where the clock was put back."""
    now = datetime.now(UTC)
    return now if previous is None else max(now, previous + _NEXT)


def read_moment(text: str) -> datetime:
    """Return the moment that somebody wrote: a day (its first moment, in UTC), or a time with its zone.

    Raises UnreadableInput for any other writing.
    """
    if "T" not in text.upper():
        return datetime.combine(read_day(text), time(), UTC)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UnreadableInput(
        message(
            "“{text}” is no moment: write a day (midnight UTC), or a time with its zone, as "
            "2026-12-01 or 2026-12-01T08:00:00+01:00.",
            text=text[:40],
        )
    )
