"""The text of a file as JSON that a reader takes: no bare `NaN`, no half of a character, no long number."""

from __future__ import annotations

import re

from montages.imports.decp.utf8_text import EndlessText, Utf8Text

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
