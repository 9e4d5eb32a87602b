"""The moment from which a version is to be public, as `publish-at` gives it in an address (G1)."""

from __future__ import annotations

from datetime import datetime

from montages.errors import UnreadableInput
from montages.registry.moments import read_moment


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
