"""JSON as every door writes it: the command line and HTTP give the same bytes (R30)."""

from __future__ import annotations

import json
from typing import Any

import orjson

from montages.assessment.json_pieces import compact

_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def dump(value: Any) -> str:
    """Return a value as JSON text: readable, in the order given, accents kept, one last newline."""
    return dump_bytes(value).decode()


def dump_bytes(value: Any) -> bytes:
    """Return what `dump` does, in UTF-8: a megabyte less to copy for those who send it."""
    try:
        return orjson.dumps(value, option=_READABLE)
    except (
        TypeError
    ):  # a whole number of over 64 bits, a key that is no text: the same form, slowly
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def json_line(value: Any) -> bytes:
    """Return a value as a line of JSON Lines, without spaces."""
    return compact(value) + b"\n"
