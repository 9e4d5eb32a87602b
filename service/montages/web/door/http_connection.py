"""uvicorn's reader of HTTP, with what it leaves open: heads are strict, nothing is waited for without end."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import Enum, auto
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from montages import settings
from montages.web.door import refusals
from montages.web.door.connection_crowd import ConnectionCrowd
from montages.web.door.refusals import Refusal

# Bytes of a head, and those that a body has beside its data: sizes of chunks, trailers; and of an address.
_LONGEST_HEAD, _LONGEST_TARGET = 65_536, 8_190
_MOST_HEADERS = 100
# Chunks of a body, and bytes that each has beside its data.
_MOST_CHUNKS, _CHUNK = 20_000, 16
_VERSIONS = ("1.0", "1.1")
# What says where a request ends, and for whom it is: in a head alone, and once.
_FRAMING = (b"content-length", b"transfer-encoding", b"host")
# Seconds that a client has to read why it was refused, and to send what it sent before it knew of the end.
_LINGER_SECONDS, _LAST_SECONDS = 2.0, 1.0


class Stage(Enum):
    """What comes in on a connection."""

    NOTHING = auto()
    HEAD = auto()
    BODY = auto()


class Refused(Exception):
    """A request is not to be answered."""


class HttpConnection(HttpToolsProtocol):
    """A connection of a client; the `crowd` of its process knows how long it is waited for."""

    crowd: ConnectionCrowd

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._refusal = refusals.MALFORMED
        self._stage, self._has_moved, self._is_ended = Stage.NOTHING, False, False
        # Bytes that may still come beside data; those of the data, in chunks; those held for an answer too.
        self._spare, self._size, self._chunks, self._held = _LONGEST_HEAD, 0, 0, 0
        self._is_last = self.has_left = False
        self.deadline, self.untaken, self.address = 0.0, 0, ""

    # Its beginning and its end.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn
        """Wait for a request."""
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.crowd.await_request(self, settings.number("head_seconds"))
        self.crowd.make_room(len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self.has_left = self._is_ended = True
        self.crowd.has_come(self)
        self.crowd.has_taken(self)
        self.hold(-self._held)
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # True: answer who sends no more
        """Answer what has come whole."""
        self.has_left = True
        if self._is_answered or self._stage is not Stage.NOTHING:
            return False
        self.cycle.keep_alive = False
        return True

    def shutdown(self) -> None:
        """Answer what comes on it before its client knows that the process ends, then end it."""
        self._is_last = True
        if not self._is_answered:
            self.cycle.keep_alive = False
        elif self.cycle is None:  # who has said nothing is not waited for
            self.transport.close()
        else:
            self.loop.call_later(_LAST_SECONDS, self._end_idle)

    def _end_idle(self) -> None:
        if self._is_answered:
            self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """End it, even where the last answer is still to be taken."""
        self.transport.abort()

    def drop(self) -> None:
        """End it at once."""
        self.transport.abort()

    def refuse(self, refusal: Refusal) -> None:
        """Say why a request is not answered, where that can be said, and end the connection."""
        self.crowd.has_come(self)
        self._is_ended = True
        is_read = self._stage is Stage.BODY
        if is_read and (self.pipeline or self.cycle.response_started):
            self.drop()
        elif not is_read and not self._is_answered:
            self.cycle.keep_alive = False  # another is still to be answered
        elif self._stage is Stage.NOTHING and refusal is not refusals.MALFORMED:
            self.drop()
        else:
            if is_read:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            with suppress(OSError):
                self.transport.write(refusal.encoded(self.headers or ()))
                # Who still sends is to read it all the same (RFC 9112, 9.6).
                self.flow.resume_reading()
                self.transport.write_eof()
            self.loop.call_later(_LINGER_SECONDS, self.transport.abort)

    @property
    def _is_answered(self) -> bool:
        """Tell whether no request waits for its answer."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    # What comes in.

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self._is_ended:
            return
        self._unset_keepalive_if_required()
        self._has_moved = False
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._read_without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self.refuse(self._refusal)
        else:
            self._bound(len(data))

    def _bound(self, size: int) -> None:
        """Refuse what is too long, and know until when to wait for the rest."""
        if not self._has_moved:
            self._spare -= size
        if self._spare < 0:
            is_body = self._stage is Stage.BODY
            self.refuse(refusals.MALFORMED if is_body else refusals.HEAD_TOO_LARGE)
        elif self._stage is Stage.BODY:
            if self._has_moved:
                self.crowd.await_request(self, settings.number("body_seconds"))
            self.crowd.make_room(0)
        elif self._stage is Stage.HEAD or self._is_answered:
            if not self.crowd.awaits(self):
                self.crowd.await_request(self, settings.number("head_seconds"))
        else:
            self.crowd.has_come(self)

    def _read_without_upgrade(self, rest: bytes) -> None:
        """Read a request again without its wish for another protocol (RFC 9110, 7.8)."""
        version = self.parser.get_http_version().encode()
        head = [b"%s %s HTTP/%s" % (self.parser.get_method(), self.url, version)]
        head += [b"%s: %s" % pair for pair in self.headers if pair[0] != b"upgrade"]
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(b"\r\n".join(head) + b"\r\n\r\n" + rest)

    def _raise(self, refusal: Refusal) -> None:
        self._refusal = refusal
        raise Refused

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        super().on_message_begin()
        self.scope["state"]["connection"] = self
        self._stage, self._has_moved = Stage.HEAD, True
        self._spare, self._size, self._chunks = _LONGEST_HEAD, 0, 0

    def on_url(self, url: bytes) -> None:
        """Take a piece of an address; raises Refused for one that is too long."""
        super().on_url(url)
        if len(self.url) > _LONGEST_TARGET:
            self._raise(refusals.TARGET_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, leave a trailer aside; raises Refused for what cannot be either."""
        if self._stage is Stage.BODY:
            if name.lower() in _FRAMING:
                raise Refused
            return
        super().on_header(name, value)
        self._size += len(name) + len(value) + 4
        if self._size > _LONGEST_HEAD or len(self.headers) > _MOST_HEADERS:
            self._raise(refusals.HEAD_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Begin to answer a request; raises Refused for a head that may be read in two ways."""
        fields: dict[bytes, list[bytes]] = {name: [] for name in (*_FRAMING, b"expect")}
        for name, value in self.headers:
            if name in fields:
                fields[name].append(value.lower())
        self._check_head(*fields.values())
        if self.parser.should_upgrade():
            return
        super().on_headers_complete()
        if self._is_last:
            self.cycle.keep_alive = False
        self._stage, self._has_moved, self._spare, self._size = Stage.BODY, True, _LONGEST_HEAD, 0

    def _check_head(
        self, lengths: list[bytes], codings: list[bytes], hosts: list[bytes], expected: list[bytes]
    ) -> None:
        version, method = self.parser.get_http_version(), self.parser.get_method()
        if version not in _VERSIONS or method == b"CONNECT":
            raise Refused
        if len(hosts) != 1 and (hosts or version == "1.1"):
            self._raise(refusals.MALFORMED if hosts else refusals.NO_HOST)
        if len(lengths) + len(codings) > 1 or (codings and version == "1.0"):
            raise Refused
        if codings and codings[0] != b"chunked":
            self._raise(
                refusals.MALFORMED if b"chunked" in codings[0] else refusals.UNSUPPORTED_CODING
            )
        if lengths and int(lengths[0]) > settings.number("max_bytes"):
            self._raise(refusals.BODY_TOO_LARGE)
        if expected and expected != [b"100-continue"]:
            self._raise(refusals.EXPECTATION)

    def on_chunk_header(self) -> None:
        """Count a chunk; raises Refused for one too many."""
        self._chunks += 1
        self._spare += _CHUNK
        if self._chunks > _MOST_CHUNKS:
            self._raise(refusals.BODY_TOO_LARGE)

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body; raises Refused where it is too long."""
        self._size += len(body)
        if self._size > settings.number("max_bytes"):
            self._raise(refusals.BODY_TOO_LARGE)
        self._spare += len(body)
        self.hold(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Know that a request has come whole."""
        if self._stage is Stage.BODY:
            self._stage, self._has_moved = Stage.NOTHING, True
            super().on_message_complete()

    # What goes out.

    def hold(self, size: int) -> None:
        """Count bytes that are held for it, until its answer has gone out."""
        self._held += size
        self.crowd.held += size

    def bytes_to_take(self) -> int:
        """Return how many bytes of its answer wait to be taken."""
        return self.transport.get_write_buffer_size()

    def on_response_complete(self) -> None:
        """Hold nothing more; wait for the last bytes to be taken where it ends."""
        self.hold(-self._held)
        super().on_response_complete()
        if self.transport.is_closing():
            self.crowd.await_client(self)

    def pause_writing(self) -> None:
        """Wait for the client to take what it has to."""
        super().pause_writing()
        self.crowd.await_client(self)
        self.crowd.make_room(0)

    def resume_writing(self) -> None:
        """Wait no more for it."""
        super().resume_writing()
        if not self.transport.is_closing():
            self.crowd.has_taken(self)
