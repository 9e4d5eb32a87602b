"""The bytes of a file as UTF-8, in whatever encoding it is: its mark tells, or what is no UTF-8."""

from __future__ import annotations

from codecs import (
    BOM_UTF8,
    BOM_UTF16_BE,
    BOM_UTF16_LE,
    IncrementalDecoder,
    getincrementaldecoder,
    utf_8_decode,
)
from typing import BinaryIO

from montages.imports.imported_contract import ImportNote

_CHUNK = 1 << 16
# A control sign is a blank outside texts, and nothing that JSON or XML allows in them.
_TO_BLANKS = bytes.maketrans(bytes(range(32)), b" " * 32)
# What holds no contract for so long is no file of contracts, however it was packed.
_MOST_BARREN = 1 << 25


class EndlessText(Exception):
    """A text or a token that does not end within what any contract holds."""


class Utf8Text:
    """A file open for reading, a chunk of UTF-8 at a time; `notes` say what was none.

    Bytes that are no UTF-8 are read as Windows-1252. Reading raises EndlessText past what may stand between
    two calls of `go_on`.
    """

    def __init__(self, file: BinaryIO, place: str) -> None:
        self.notes: list[ImportNote] = []
        self.bytes_read = self._good_until = 0
        self._file, self._place = file, place
        self._decoder: IncrementalDecoder | None = None
        self._pending = b""  # bytes of a character that goes on
        self._started = self._ended = self._foreign = False
        self._ahead = b""

    def starts_with(self, sign: bytes) -> bool:
        """Tell, before any chunk is taken, whether a file begins with a sign, blanks left out."""
        self._ahead = self._next().lstrip()
        return self._ahead.startswith(sign)

    def chunk(self) -> bytes:
        """Return the next bytes, none at the end."""
        text, self._ahead = self._ahead or self._next(), b""
        return text

    def go_on(self) -> None:
        """Take note that what was read so far was of use."""
        self._good_until = self.bytes_read

    def _next(self) -> bytes:
        text = b""
        while not text and not self._ended:
            raw = self._file.read(_CHUNK)
            self._ended = not raw
            self.bytes_read += len(raw)
            if self.bytes_read - self._good_until > _MOST_BARREN:
                raise EndlessText
            if not self._started and raw:
                raw = self._without_mark(raw)
            text = self._in_utf_8(raw).translate(_TO_BLANKS)
        return text

    def _without_mark(self, raw: bytes) -> bytes:
        self._started = True
        for mark, coding in (
            (BOM_UTF8, None),
            (BOM_UTF16_LE, "utf-16-le"),
            (BOM_UTF16_BE, "utf-16-be"),
        ):
            if raw.startswith(mark):
                code = "byte-order-mark" if coding is None else "not-utf-8"
                self.notes.append(ImportNote(code, self._place, coding or "U+FEFF"))
                if coding is not None:
                    self._decoder = getincrementaldecoder(coding)("replace")
                return raw[len(mark) :]
        return raw

    def _in_utf_8(self, raw: bytes) -> bytes:
        if self._decoder is not None:
            return bytes(self._decoder.decode(raw, self._ended).encode("utf-8", "replace"))
        raw, self._pending = self._pending + raw, b""
        parts, at = [], 0
        while True:
            rest = memoryview(raw)[at:]
            try:
                _, length = utf_8_decode(rest, "strict", self._ended)
            except UnicodeDecodeError as error:
                bad = bytes(rest[error.start : error.end])
                parts += [bytes(rest[: error.start]), bad.decode("cp1252", "replace").encode()]
                self._note_foreign(bad)
                at += error.end
                continue
            parts.append(bytes(rest[:length]))
            self._pending = bytes(rest[length:])
            return b"".join(parts)

    def _note_foreign(self, bad: bytes) -> None:
        if not self._foreign:
            self._foreign = True
            self.notes.append(ImportNote("not-utf-8", self._place, bad.hex()))
