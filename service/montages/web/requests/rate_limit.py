"""So many requests a minute for each client, and no more: a bucket of tokens that fills up again."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from threading import Lock

from flask import Flask, g, request

from montages import settings
from montages.errors import MontagesError
from montages.web.app_state import AppState

# Clients remembered at most: who was longest away is forgotten first.
_MOST = 20_000
# What tells whether the service lives must answer whoever asks.
_FREE = ("/healthz", "/readyz", "/metrics")


class TooManyRequests(MontagesError):
    """The client asks more often than the service allows."""

    status = 429
    slug = "too-many-requests"
    title = {"fr": "Trop de requêtes", "en": "Too many requests"}


class Buckets:
    """A bucket of tokens for each client: a request takes one, a minute brings `limit` of them."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str, now: float) -> float:
        """Take a token; return 0, or the seconds to wait where there is none."""
        with self._lock:
            tokens, since = self._buckets.pop(client, (float(self.limit), now))
            tokens = min(self.limit, tokens + (now - since) * self.limit / 60)
            missing = max(0.0, 1 - tokens)
            self._buckets[client] = (tokens if missing else tokens - 1, now)
            while len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        return missing * 60 / self.limit


def register(app: Flask, state: AppState) -> None:
    """Make an application refuse who asks too often; the machine itself may ask as it likes."""
    limit = int(app.config.get("RATE_LIMIT", settings.get("rate_limit")))
    if limit <= 0:
        return
    buckets = Buckets(limit)

    @app.before_request
    def slow_down() -> None:
        client = _client(request.remote_addr or "")
        if client is None or request.path in _FREE:
            return
        seconds = buckets.wait(client, time.monotonic())
        if seconds:
            g.retry_after = math.ceil(seconds)
            raise TooManyRequests(
                f"Au plus {limit} requêtes par minute. Réessayez dans {g.retry_after} s.",
                f"At most {limit} requests a minute. Try again in {g.retry_after} s.",
            )


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
