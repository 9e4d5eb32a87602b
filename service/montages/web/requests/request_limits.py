"""What one request may bring: a body up to a size, a host that is one (V4)."""

from __future__ import annotations

import io
import re
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_content_length

from montages.bilingual import message
from montages.errors import UnreadableInput

_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]{0,5})?", re.ASCII | re.IGNORECASE)


def register(app: Flask) -> None:
    """Make an application refuse bodies over the limit, those of unknown length too, and odd hosts."""

    @app.before_request
    def bound() -> None:
        bound_request(request.environ, app.config["MAX_CONTENT_LENGTH"])


def bound_request(environ: dict[str, Any], limit: int | None) -> None:
    """Have a body of unknown length refused where it goes over a limit, once it is read.

    Raises UnreadableInput for a host that is no name of a machine.
    """
    host = environ.get("HTTP_HOST")
    if host is not None and not _HOST.fullmatch(host):
        raise UnreadableInput(
            message(
                "The Host header is no name of a machine, with or without a port (RFC 9110, 7.2)."
            )
        )
    body = environ["wsgi.input"]
    if limit is not None and get_content_length(environ) is None and not isinstance(body, _Bounded):
        environ["wsgi.input"] = _Bounded(body, limit)


class _Bounded(io.RawIOBase):
    """A body sent in chunks; over the limit it is refused, where Werkzeug would cut it."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what fits, and look whether more comes where the limit is reached."""
        data = self._stream.read(min(len(buffer), self._left) or 1)
        if data and not self._left:
            raise RequestEntityTooLarge
        buffer[: len(data)] = data
        self._left -= len(data)
        if not self._left and self._stream.read(1):
            raise RequestEntityTooLarge
        return len(data)
