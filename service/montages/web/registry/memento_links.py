"""Time over HTTP (RFC 7089): the TimeMap of an entry, and the day that a request asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flask import request

from montages.errors import UnreadableInput
from montages.publish.registry.time_map import Memento, TimeMap
from montages.registry.version import State, Version
from montages.web.registry.entry_addresses import entry_url, time_map_url, version_url

# The one form of a moment that the RFC takes (2.1.1).
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


def time_map(slug: str, released: Sequence[Version]) -> TimeMap:
    """Return the TimeMap of an entry, whose versions that were public are given."""
    mementos = [
        Memento(
            version_url(slug, it.number),
            it.public_from or it.moment,
            it.number,
            it.publisher,
            it.state is State.WITHDRAWN,
        )
        for it in released
    ]
    return TimeMap(slug, entry_url(slug), time_map_url(slug), mementos)


def accept_datetime() -> datetime | None:
    """Return the moment that Accept-Datetime asks for, None without; raises UnreadableInput (4.5.3)."""
    text = request.headers.get("Accept-Datetime")
    if text is None:
        return None
    if _DATE.fullmatch(text.strip()):
        try:
            return parsedate_to_datetime(text.strip()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    start = text[:60]
    raise UnreadableInput(
        "Accept-Datetime : un instant comme HTTP les écrit, par exemple Thu, 26 Nov 2026 13:56:33 GMT "
        f"(reçu : {start}).",
        "Accept-Datetime: a moment as HTTP writes it, for example Thu, 26 Nov 2026 13:56:33 GMT "
        f"(given: {start}).",
    )
