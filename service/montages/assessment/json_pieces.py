"""JSON put together from pieces that are written already: an entry a line, or all on one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import orjson

from montages.knowledge.model import SECTIONS

T = TypeVar("T")
# What stands after each entry.
LINES, ONE_LINE = b"\n", b""
# A value that is written, a list of such, or the members of an object, each under its name.
Piece = bytes | Sequence[bytes] | Mapping[str, bytes]


def compact(value: Any) -> bytes:
    """Return a value as JSON without spaces."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a whole number of over 64 bits: the same form, slowly
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def array(pieces: Iterable[bytes]) -> orjson.Fragment:
    """Return pieces as an array, to stand in a value that is still to be written."""
    return orjson.Fragment(b"[%b]" % b",".join(pieces))


def member(name: str, value: Any) -> bytes:
    """Return a member of an object: its name, and a value without spaces."""
    return _named(name, compact(value))


def members(values: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the members of an object that has these values."""
    return {name: member(name, value) for name, value in values.items()}


def by_section(entries: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Return entries in the sections of an assessment, each by the kind of its arrangement."""
    sections: dict[str, list[T]] = {name: [] for name in SECTIONS.values()}
    for kind, entry in entries:
        sections[SECTIONS[kind]].append(entry)
    return sections


def document(pieces: Mapping[str, Piece], end: bytes = LINES) -> bytes:
    """Return the object that has these pieces, each on its line; so are the entries of each."""
    lines = (_named(name, _text(piece, end)) for name, piece in pieces.items())
    return _between(lines, end, b"{", b"}")


def documents(texts: Sequence[bytes]) -> bytes:
    """Return one document as it is, several as an array, with a last newline."""
    return (texts[0] if len(texts) == 1 else _between(texts, LINES, b"[", b"]")) + LINES


def _text(piece: Piece, end: bytes) -> bytes:
    if isinstance(piece, bytes):
        return piece
    if isinstance(piece, Mapping):
        return _between(piece.values(), end, b"{", b"}")
    return _between(piece, end, b"[", b"]")


def _named(name: str, text: bytes) -> bytes:
    return b"%b:%b" % (orjson.dumps(name), text)


def _between(entries: Iterable[bytes], end: bytes, opening: bytes, closing: bytes) -> bytes:
    text = (b"," + end).join(entries)
    return b"%b%b%b%b%b" % (opening, end, text, end, closing) if text else opening + closing
