"""The chain of hashes: each row of the record has the hash of the row before it in its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

# What stands before the first row.
FIRST = "0" * 64


def content_digest(body: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def row_hash(previous: str, values: Sequence[str | int | None]) -> str:
    """Return the hash of a row, in hexadecimal: SHA-256 of the JSON array of its values after `previous`.

    The array is written in UTF-8 without blanks, so that anybody can count it again with other tools.
    """
    text = json.dumps([previous, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
