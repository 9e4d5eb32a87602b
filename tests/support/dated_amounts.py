"""Amounts of the law on a day, read from the data: what a test expects of dated law stands nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

from montages.knowledge.law import FOREVER
from montages.knowledge.rulebook import rulebook
from montages.names import ID


def amounts_of(threshold: str) -> list[tuple[date, date, int]]:
    """Return the first and last day of each known amount of a threshold, earliest first."""
    values = rulebook().thresholds[ID[f"threshold/{threshold}"]]
    return sorted((v.span.first, v.span.last, int(v.amount)) for v in values)


def amount_on(threshold: str, day: date) -> int | None:
    """Return what a threshold is worth on a day, None where nobody knows yet."""
    return next(
        (worth for first, last, worth in amounts_of(threshold) if first <= day <= last), None
    )


def unknown_day(threshold: str) -> date:
    """Return the first day from which the amount of a threshold is not known yet."""
    last = amounts_of(threshold)[-1][1]
    assert last != FOREVER, f"{threshold} is known for ever: take another one"
    return last + timedelta(days=1)
