"""Where a request ends in the bytes of a connection: its head by the blank line, its body as the head says.

Nothing is judged here: what is not as it should be counts as whole, and gunicorn's parser says what is wrong
with it (RFC 9112). Each byte is looked at once, whatever the pieces it comes in.
"""

from __future__ import annotations

import re
from enum import Enum, auto

# Bytes of a head; of a line that says how long a chunk is; of the trailers after the last chunk.
LONGEST_HEAD = 65_536
_LONGEST_LINE, _LONGEST_TRAILERS = 8_190, 32_768
# Chunks of a body: each costs as much to read as a thousand bytes.
_MOST_CHUNKS = 20_000
_FRAMING = re.compile(
    rb"\r\n(content-length|transfer-encoding|expect)[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE
)
_LENGTH = re.compile(rb"[0-9]{1,15}")
_SIZE = re.compile(rb"[0-9a-fA-F]{1,15}")
_END = b"\r\n\r\n"


class Stage(Enum):
    """How far a request has come."""

    HEAD = auto()
    BODY = auto()
    WHOLE = auto()
    # What has come is enough to refuse it by, and nothing more is read: its length is over the limit, or it
    # is no request.
    CUT = auto()
    # No head, or no body of chunks, ends within the limit.
    HEAD_TOO_LARGE = auto()
    BODY_TOO_LARGE = auto()


class RequestScan:
    """One request as it comes in; `limit` is the largest body that is waited for, in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.data = bytearray()
        self.stage = Stage.HEAD
        self.awaits_continue = False
        self._searched = 0  # up to where no head ends
        self._end = 0  # where a body of known length ends; while it comes in chunks, 0
        self._at = 0  # where the next line of a chunked body begins, or the data of its chunk ends
        self._decoded = self._chunks = self._trailers = 0

    def feed(self, data: bytes) -> Stage:
        """Take what has come in; return how far the request is."""
        self.data += data
        if self.stage is Stage.HEAD:
            self._look_for_head()
        if self.stage is Stage.BODY:
            self._look_for_end()
        return self.stage

    def take(self) -> tuple[bytes, bytes]:
        """Return the bytes of the request, and those that came after it."""
        end = self._end if self.stage is Stage.WHOLE else len(self.data)
        return bytes(self.data[:end]), bytes(self.data[end:])

    def _look_for_head(self) -> None:
        # A blank line before a request is none of it (RFC 9112, 2.2).
        while self.data.startswith(b"\r\n"):
            del self.data[:2]
            self._searched = 0
        end = self.data.find(_END, self._searched)
        self._searched = max(0, len(self.data) - len(_END) + 1)
        if end >= 0 and end <= LONGEST_HEAD:
            self._read_framing(end + len(_END))
        elif len(self.data) > LONGEST_HEAD:
            self.stage = Stage.HEAD_TOO_LARGE

    def _read_framing(self, body: int) -> None:
        self.stage, self._end = Stage.WHOLE, body
        fields = [
            (name.lower(), value.strip())
            for name, value in _FRAMING.findall(self.data, 0, body - len(_END) + 2)
        ]
        if not fields:
            return
        self.awaits_continue = (b"expect", b"100-continue") in [(n, v.lower()) for n, v in fields]
        lengths = [value for name, value in fields if name == b"content-length"]
        codings = [value.lower() for name, value in fields if name == b"transfer-encoding"]
        if codings == [b"chunked"] and not lengths:
            self.stage, self._end, self._at = Stage.BODY, 0, body
        elif len(lengths) == 1 and not codings and _LENGTH.fullmatch(lengths[0]):
            length = int(lengths[0])
            self._end = body + length
            self.stage = Stage.CUT if length > self._limit else Stage.BODY

    def _look_for_end(self) -> None:
        if self._end:
            if len(self.data) >= self._end:
                self.stage = Stage.WHOLE
            return
        while self.stage is Stage.BODY and self._at <= len(self.data):
            end = self.data.find(b"\r\n", self._at, self._at + _LONGEST_LINE + 2)
            if end < 0:
                if len(self.data) - self._at > _LONGEST_LINE:
                    self.stage = Stage.CUT
                return
            line = bytes(self.data[self._at : end])
            self._at = end + 2
            if self._trailers:
                self._read_trailer(line)
            else:
                self._read_size(line)

    def _read_size(self, line: bytes) -> None:
        size = line.partition(b";")[0].rstrip(b" \t")
        if not _SIZE.fullmatch(size):
            self.stage = Stage.CUT
            return
        length = int(size, 16)
        if not length:
            self._trailers = self._at
            return
        self._chunks += 1
        self._decoded += length
        if self._decoded > self._limit or self._chunks > _MOST_CHUNKS:
            self.stage = Stage.BODY_TOO_LARGE
        self._at += length + 2

    def _read_trailer(self, line: bytes) -> None:
        if not line:
            self.stage, self._end = Stage.WHOLE, self._at
        elif self._at - self._trailers > _LONGEST_TRAILERS:
            self.stage = Stage.CUT
