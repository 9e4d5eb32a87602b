"""What one request may cost: the size of its body, its turn, its time (V4)."""

from __future__ import annotations

import ctypes
import io
import re
import sys
from collections.abc import Callable
from threading import Lock, Timer, get_ident
from typing import Any, NoReturn, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import get_content_length

from montages import settings
from montages.bilingual import message
from montages.door_errors import Busy
from montages.errors import TookTooLong, UnreadableInput
from montages.web.app_state import AppState

_KEY = "montages-turn"
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]{0,5})?", re.ASCII | re.IGNORECASE)
T = TypeVar("T")


class _Overdue(BaseException):
    """Thrown into a thread at its deadline; no library takes it for an error of its own."""


def register(app: Flask, state: AppState) -> None:
    """Make an application refuse bodies over the limit, those of unknown length too, and odd hosts."""
    # One run at a time in a process: pure Python gains nothing from more, and rdflib is not built for it.
    app.extensions[_KEY] = Lock()

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
                "The Host header is no name of a machine, with or without a port (RFC 9110, 7.2).",
            ),
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


def run_in_turn(work: Callable[[], T]) -> T:
    """Return what some work gives, done when its turn comes, and until the deadline.

    Raises Busy, TookTooLong, and what the work raises.
    """
    seconds = settings.number("run_seconds")
    lock: Lock = current_app.extensions[_KEY]
    if not lock.acquire(timeout=seconds):
        raise busy()
    try:
        return run_within(seconds, work)
    finally:
        lock.release()


def run_within(seconds: float, work: Callable[[], T]) -> T:
    """Return what some work gives, stopped after so many seconds; raises TookTooLong.

    A thread cannot be killed, but the interpreter raises in it what another one asks for, between two
    steps of Python: reading, checking and reasoning are many small steps.
    """
    thread, over = get_ident(), Lock()
    struck = ended = False

    def strike() -> None:
        nonlocal struck
        with over:
            if not ended:
                struck = True
                _throw(thread)

    timer = Timer(seconds, strike)
    timer.daemon = True
    # Not a context manager: the blow may fall at any step, and each has to lie within this very try.
    try:
        try:
            timer.start()
            return work()
        finally:
            with over:
                ended = True
            timer.cancel()
            if struck and not isinstance(sys.exception(), _Overdue):
                _await_blow(thread)
    except _Overdue:
        raise too_long(seconds) from None


def _await_blow(thread: int) -> NoReturn:
    """Take the blow that is still on its way, or that the work has kept for itself.

    It is never called back: CPython 3.11 then stops at every step of a thread that is traced or profiled.
    """
    _throw(thread)
    while True:
        pass


def no_time_left() -> TookTooLong:
    """Return the error of a description that came after the time of its batch was over."""
    return TookTooLong(
        message("The time of the batch is over: send this description again with those after it."),
    )


def busy() -> Busy:
    """Return the error of who would have to wait for longer than one waits."""
    return Busy(
        message("The service is at work on other descriptions. Try again in a few seconds."),
    )


def too_long(seconds: float) -> TookTooLong:
    """Return the error of what was stopped after so many seconds."""
    return TookTooLong(
        message(
            "This description takes more than {seconds:g} s of computing: it was given up. "
            "Reduce the number of perimeters and layers, or use the command line.",
            seconds=seconds,
        ),
    )


def _throw(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Overdue))
