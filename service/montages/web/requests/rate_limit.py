"""So many requests a minute for each client, and no more, whichever process of the service they reach."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, g, request

from montages import settings
from montages.door_errors import TooManyRequests
from montages.web.app_state import AppState
from montages.web.requests.client_table import ClientTable

# What tells whether the service lives must answer whoever asks.
_FREE = ("/healthz", "/readyz", "/metrics")
_KEY = "montages-rate-limit"
_COUNTED = "montages-wait"


def register(app: Flask, state: AppState) -> None:
    """Make an application refuse who asks too often; the machine itself may ask as it likes."""
    limit = int(app.config.get("RATE_LIMIT", settings.get("rate_limit")))
    rates = app.extensions[_KEY] = RateLimit(limit)

    @app.before_request
    def slow_down() -> None:
        seconds = rates.wait(request.environ)
        if seconds:
            g.retry_after = math.ceil(seconds)
            raise TooManyRequests(
                f"Au plus {limit} requêtes par minute. Réessayez dans {g.retry_after} s.",
                f"At most {limit} requests a minute. Try again in {g.retry_after} s.",
            )


class RateLimit:
    """At most `limit` requests a minute of each client, whatever path an answer takes; 0 for any number."""

    def __init__(self, limit: int) -> None:
        self._table = ClientTable(limit) if limit > 0 else None
        self._trusted = settings.number("trusted_proxies")

    def wait(self, environ: MutableMapping[str, Any]) -> float:
        """Count a request, once; return 0, or the seconds to wait where it is one too many."""
        if self._table is None:
            return 0
        if _COUNTED not in environ:
            client = _client(self._address(environ))
            is_free = client is None or environ["PATH_INFO"] in _FREE
            environ[_COUNTED] = 0 if is_free else self._table.wait(client or "", time.monotonic())
        return float(environ[_COUNTED])

    def _address(self, environ: MutableMapping[str, Any]) -> str:
        """Return where a request comes from: a proxy on this machine that no setting names says it itself."""
        address = environ.get("REMOTE_ADDR") or ""
        if not self._trusted and _is_local(address):
            # The last of them is what the proxy saw.
            forwarded = environ.get("HTTP_X_FORWARDED_FOR") or environ.get("HTTP_X_REAL_IP", "")
            named = forwarded.rpartition(",")[2].strip()
            if named or "HTTP_FORWARDED" in environ or "HTTP_VIA" in environ:
                return named if named and not _is_local(named) else "behind a proxy"
        return str(address)


def rate_limit(app: Flask) -> RateLimit:
    """Return what counts the requests of an application."""
    rates = app.extensions[_KEY]
    assert isinstance(rates, RateLimit)
    return rates


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
