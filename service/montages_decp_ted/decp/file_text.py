"""The text of a file as a reader takes it: UTF-8 whatever its encoding, and JSON without what is none."""

from __future__ import annotations

import re
from codecs import (
    BOM_UTF8,
    BOM_UTF16_BE,
    BOM_UTF16_LE,
    IncrementalDecoder,
    getincrementaldecoder,
    register_error,
)
from typing import BinaryIO

from montages_decp_ted.imported_contract import ImportNote

_CHUNK = 1 << 16
# A control sign is a blank outside texts, and nothing that JSON or XML allows in them.
_TO_BLANKS = bytes.maketrans(bytes(range(32)), b" " * 32)
# What holds no contract for so long is no file of contracts, however it was packed.
_MOST_BARREN = 1 << 25


_AS_WINDOWS = "montages: as Windows-1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


register_error(_AS_WINDOWS, _as_windows)
# The mark that a file may begin with, the encoding it is of, and the code of the note on it.
_MARKS = (
    (BOM_UTF8, "utf-8", "byte-order-mark"),
    (BOM_UTF16_LE, "utf-16-le", "not-utf-8"),
    (BOM_UTF16_BE, "utf-16-be", "not-utf-8"),
)


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
        self._decoder: IncrementalDecoder = getincrementaldecoder("utf-8")("strict")
        self._started = self._ended = False
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
        for mark, coding, code in _MARKS:
            if raw.startswith(mark):
                utf_8 = coding == "utf-8"
                self.notes.append(ImportNote(code, self._place, "U+FEFF" if utf_8 else coding))
                if not utf_8:
                    self._decoder = getincrementaldecoder(coding)("replace")
                return raw[len(mark) :]
        return raw

    def _in_utf_8(self, raw: bytes) -> bytes:
        try:
            text = self._decoder.decode(raw, self._ended)
        except UnicodeDecodeError as error:
            bad = error.object[error.start : error.end]
            self.notes.append(ImportNote("not-utf-8", self._place, bad.hex()))
            self._decoder.errors = _AS_WINDOWS  # from here on
            text = self._decoder.decode(raw, self._ended)
        return text.encode("utf-8", "replace")


# Half of a character that is written as two, with or without its other half; an escaped bar is none.
_HALVES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
_LENGTH_OF_HALF = 6
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\Z)|-?(?:NaN|Infinity)\b|[-+.0-9eE]{41,}', re.DOTALL)
# What `_TOKENS` may find outside texts: looked for first, it is seldom there.
_SUSPECT = re.compile(rb"NaN|Infinity|[0-9]{41}")
# Of such signs a token is made that may go on in the next chunk.
_TOKEN_SIGNS = b"-+.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# No text of a contract is as long, in bytes: a reader would hold all of it.
_LONGEST_TEXT = 1 << 20


class JsonRepair:
    """A text whose JSON is mended as it is read: bare `NaN` and numbers of more than 40 digits become texts.

    Whoever reads the field may tell them. `read` raises EndlessText.
    """

    def __init__(self, text: Utf8Text) -> None:
        self._source = text
        self._token = b""  # a token that goes on
        self._in_text, self._text_length = False, 0
        self._ended = False
        self._ready = b""

    def read(self, size: int = -1) -> bytes:
        """Return some of the mended bytes, at most `size`, none at the end."""
        if size == 0:
            return b""
        while not self._ready and not self._ended:
            self._ready = self._next()
        if size < 0:
            size = len(self._ready)
        out, self._ready = self._ready[:size], self._ready[size:]
        return out

    def _next(self) -> bytes:
        chunk = self._source.chunk()
        self._ended = not chunk
        text, self._token = self._token + chunk, b""
        if not self._ended:
            whole = text.rstrip(_TOKEN_SIGNS)
            # Half of an escape waits for its other half.
            end = len(whole) - (len(whole) - len(whole.rstrip(b"\\"))) % 2
            text, self._token = text[:end], text[end:]
            if len(self._token) > _LONGEST_TEXT:
                raise EndlessText
        return self._mended(text)

    def _mended(self, text: bytes) -> bytes:
        """Return a text with its bare words put in quotes; follows where texts begin and end."""
        began_in_text = self._in_text
        bare = text
        if b"\\" in text:
            bare = text.replace(b"\\\\", b"").replace(b'\\"', b"")
            text = _HALVES.sub(_whole, text)
        quotes = bare.count(b'"')
        if quotes:
            self._text_length = len(bare) - bare.rfind(b'"')
        else:
            self._text_length += len(text)
        self._in_text ^= bool(quotes % 2)
        if self._in_text and self._text_length > _LONGEST_TEXT:
            raise EndlessText
        if _SUSPECT.search(text) is None:
            return text
        # As if the text had begun here, so that its end is seen as one.
        opened = b'"' + text if began_in_text else text
        mended = _TOKENS.sub(_quoted, opened)
        return mended[1:] if began_in_text else mended


def _whole(match: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if len(match[0]) == _LENGTH_OF_HALF else match[0]


def _quoted(match: re.Match[bytes]) -> bytes:
    token = match[0]
    if token.startswith(b'"'):
        return token
    return b'"' + token[:80] + b'"'
