"""Moments as the record has them: UTC, to the microsecond, in a form that sorts as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
_NEXT = timedelta(microseconds=1)


def moment_text(moment: datetime) -> str:
    """Return a moment as text; raises ValueError for one of no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    # The year by hand: strftime leaves out the zeros before one under 1000.
    utc = moment.astimezone(UTC)
    return f"{utc.year:04d}{utc.strftime(_FORM.removeprefix('%Y'))}"


def moment_of(text: str) -> datetime:
    """Return the moment that a text of the record gives."""
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)


def moment_after(previous: datetime | None) -> datetime:
    """Return the present moment, or the next after `previous` where the clock was put back."""
    now = datetime.now(UTC)
    return now if previous is None else max(now, previous + _NEXT)
