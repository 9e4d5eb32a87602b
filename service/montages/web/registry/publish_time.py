"""The moment from which a version is to be public, as `publish-at` gives it (G1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from montages.errors import UnreadableInput


def publish_time(text: str | None) -> datetime | None:
    """Return the moment that a text gives, in UTC; a day alone is its first moment. None without a text.

    Raises UnreadableInput for a text that is no moment, a time without its zone, or a year that no clock has.
    """
    if not text:
        return None
    try:
        if len(text) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        # In an address a plus sign reads as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    start = text[:40]
    raise UnreadableInput(
        f"publish-at : une date, ou un instant avec son fuseau, comme 2026-12-01 (0 h UTC) ou "
        f"2026-12-01T08:00:00+01:00 (reçu : {start}).",
        f"publish-at: a day, or a moment with its time zone, as 2026-12-01 (midnight UTC) or "
        f"2026-12-01T08:00:00+01:00 (given: {start}).",
    )
