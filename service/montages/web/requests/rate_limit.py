"""So much a minute for each client, and no more, whichever process of the service it reaches.

So many requests, and so many seconds of processors, charged once the work is done. Both are counted in memory
that processes share since they were forked.
"""

from __future__ import annotations

import fcntl
import ipaddress
import logging
import math
import mmap
import os
import struct
import tempfile
import time
import weakref
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask, current_app, g, request

from montages import settings
from montages.bilingual import message
from montages.errors import TooManyRequests
from montages.processes.turns import ClientWatch

_LOG = logging.getLogger("montages.request")
# What tells whether the service lives must answer whoever asks.
_FREE = ("/healthz", "/readyz", "/metrics")
_KEY = "montages-rate-limit"
# Under which name the environment of a request has what tells whether its client has left.
HAS_LEFT = "montages-has-left"
_COUNTED, _CLIENT = "montages-wait", "montages-client"


def register(app: Flask) -> None:
    """Make an application refuse who asks too often; the machine itself may ask as it likes."""
    requests = int(app.config.get("RATE_LIMIT", settings.get("rate_limit")))
    seconds = float(app.config.get("RATE_SECONDS", settings.get("rate_seconds")))
    rates = app.extensions[_KEY] = RateLimit(requests, seconds)

    @app.before_request
    def slow_down() -> None:
        missing, debt = rates.wait(request.environ)
        if missing or debt:
            wait = g.retry_after = math.ceil(max(missing, debt))
            raise TooManyRequests(
                message(
                    "At most {requests} requests a minute. Try again in {wait} s.",
                    requests=requests,
                    wait=wait,
                )
                if missing
                else message(
                    "At most {seconds:g} s of computing a minute. Try again in {wait} s.",
                    seconds=seconds,
                    wait=wait,
                )
            )


class RateLimit:
    """At most so many requests and seconds of processors a minute of each client; 0 for any number."""

    def __init__(self, requests: int, seconds: float) -> None:
        self._table = ClientTable(requests, seconds) if requests > 0 or seconds > 0 else None
        self._trusted = settings.number("trusted_proxies")
        # Whether some request came by a proxy that did not say from whom.
        self.met_strangers = False

    def wait(self, environ: MutableMapping[str, Any]) -> tuple[float, float]:
        """Count a request, once; return 0, or the seconds to wait: one too many, or too much computing."""
        if _COUNTED not in environ:
            client = environ[_CLIENT] = self._client(environ)
            is_free = self._table is None or client is None or environ["PATH_INFO"] in _FREE
            environ[_COUNTED] = (0.0, 0.0)
            if self._table is not None and client is not None and not is_free:
                environ[_COUNTED] = self._table.wait(client, time.monotonic())
        missing, debt = environ[_COUNTED]
        return float(missing), float(debt)

    def watch(self, environ: MutableMapping[str, Any]) -> ClientWatch:
        """Return who sent a request, which is charged for what it has computed."""
        client, table = environ.get(_CLIENT), self._table

        def charge(seconds: float) -> None:
            if client is not None and table is not None:
                table.charge(client, seconds, time.monotonic())

        return ClientWatch(environ.get(HAS_LEFT), client, charge)

    def is_here(self, environ: MutableMapping[str, Any]) -> bool:
        """Tell whether a request comes from this machine, and by no proxy on it."""
        address = self._address(environ)
        return address is not None and _is_local(address)

    def _client(self, environ: MutableMapping[str, Any]) -> str | None:
        """Return who a request counts for; None for this machine itself, or one who cannot be told."""
        address = self._address(environ)
        if address is None and not self.met_strangers:
            self.met_strangers = True
            _LOG.warning(
                "A proxy on this machine does not say for whom it asks (X-Forwarded-For): no client of it "
                "has a share of its own."
            )
        return None if address is None else _client(address)

    def _address(self, environ: MutableMapping[str, Any]) -> str | None:
        """Return where a request comes from: a proxy on this machine that no setting names says it itself.

        None where it does not.
        """
        address = environ.get("REMOTE_ADDR") or ""
        if not self._trusted and _is_local(address):
            # The last of them is what the proxy saw.
            forwarded = environ.get("HTTP_X_FORWARDED_FOR") or environ.get("HTTP_X_REAL_IP", "")
            named = forwarded.rpartition(",")[2].strip()
            if named or "HTTP_FORWARDED" in environ or "HTTP_VIA" in environ:
                return named if named and not _is_local(named) else None
        return str(address)


def rate_limit(app: Flask) -> RateLimit:
    """Return what counts the requests of an application."""
    rates: RateLimit = app.extensions[_KEY]
    return rates


def client_watch(environ: MutableMapping[str, Any]) -> ClientWatch:
    """Return who sent the request at work."""
    return rate_limit(current_app).watch(environ)


@lru_cache(maxsize=1024)
def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _client(address: str) -> str | None:
    """Return who a request counts for: an address, or the network a home or company has in IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address or None
    if ip.is_loopback:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return address


# Clients remembered at most, and places where one may stand.
_SETS, _WAYS = 8_192, 4
_ENTRY = struct.Struct("<Qdd")
_SET_BYTES = _ENTRY.size * _WAYS
_MINUTE = 60.0
_LEAST = 1e-9  # seconds that are none


class ClientTable:
    """A table of clients, each allowed so many requests at once and as many a minute, and so many seconds.

    0 of either is any number.
    """

    def __init__(self, requests: int, seconds: float) -> None:
        self._request = _MINUTE / requests if requests else 0.0
        self._second = _MINUTE / seconds if seconds else 0.0
        self._table = mmap.mmap(-1, _SETS * _SET_BYTES)
        self._key = os.urandom(16)  # nobody knows who shares a place with whom
        # The lock of a file goes with the process that has it, however it ends.
        self._file, name = tempfile.mkstemp()
        Path(name).unlink()
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()

    def wait(self, client: str, now: float) -> tuple[float, float]:
        """Count a request; return the seconds to wait where it is one too many, and those for its computing.

        Where either is not 0, the request is not counted.
        """
        with self._entry(client) as entry:
            missing = max(0.0, max(entry.requests, now) + self._request - now - _MINUTE)
            debt = max(0.0, entry.seconds - now - _MINUTE)
            if missing <= _LEAST and debt <= _LEAST:
                entry.requests = max(entry.requests, now) + self._request
                return 0.0, 0.0
            return missing, debt

    def charge(self, client: str, seconds: float, now: float) -> None:
        """Note that the work for a client took a processor so many seconds."""
        with self._entry(client) as entry:
            entry.seconds = max(entry.seconds, now) + seconds * self._second

    @contextmanager
    def _entry(self, client: str) -> Iterator[_Entry]:
        """Give the entry of a client to be read and changed, nobody else meanwhile."""
        digest = blake2b(client.encode(), key=self._key, digest_size=8).digest()
        name = int.from_bytes(digest, "little") or 1
        start = name % _SETS * _SET_BYTES
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                place, entry = self._found(name, start)
                yield entry
                _ENTRY.pack_into(self._table, place, name, entry.requests, entry.seconds)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _found(self, name: int, start: int) -> tuple[int, _Entry]:
        places = range(start, start + _SET_BYTES, _ENTRY.size)
        entries = {place: _ENTRY.unpack_from(self._table, place) for place in places}
        for place, (other, requests, seconds) in entries.items():
            if other == name:
                return place, _Entry(requests, seconds)
        return min(entries, key=lambda place: max(entries[place][1:])), _Entry(0.0, 0.0)


@dataclass
class _Entry:
    """When what a client asked for will be paid off, in requests and in seconds of processors."""

    requests: float
    seconds: float
