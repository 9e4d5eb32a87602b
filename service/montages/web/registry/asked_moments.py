"""The moments that a request names: the one it asks for (RFC 7089), the one from which it publishes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flask import request

from montages.errors import UnreadableInput
from montages.registry.moments import read_moment

# The one form of a moment that the RFC takes (2.1.1).
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


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


def publish_time(text: str | None) -> datetime | None:
    """Return the moment that a text gives, None without a text; raises UnreadableInput, which names it."""
    if not text:
        return None
    try:
        # In an address a plus sign reads as a space.
        return read_moment(text.replace(" ", "+") if "T" in text else text)
    except UnreadableInput as error:
        fr, en = error.message("fr"), error.message("en")
        raise UnreadableInput(f"publish-at : {fr}", f"publish-at: {en}") from error
