"""The kind of holder that the name of a buyer tells: data, `data/imports/buyer-names.ttl`."""

from __future__ import annotations

from montages.imports.import_fields import Meaning, import_fields
from montages.knowledge.labels import plain_form


def named_holder(name: str, format_slug: str) -> tuple[Meaning, ...]:
    """Return the kind of holder that a name begins with, nothing where it tells none; longest words win."""
    said, written = import_fields(format_slug)["BUYER_NAME"], f"{plain_form(name)} "
    beginnings = [words for words in said if written.startswith(f"{words} ")]
    return said[max(beginnings, key=len)] if beginnings else ()
