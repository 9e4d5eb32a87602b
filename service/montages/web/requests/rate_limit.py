"""So many requests a minute for each client, and no more, whichever process of the service they reach."""

from __future__ import annotations

import ipaddress
import math
import time

from flask import Flask, g, request

from montages import settings
from montages.errors import MontagesError
from montages.web.app_state import AppState
from montages.web.requests.client_table import ClientTable

# What tells whether the service lives must answer whoever asks.
_FREE = ("/healthz", "/readyz", "/metrics")


class TooManyRequests(MontagesError):
    """The client asks more often than the service allows."""

    status = 429
    slug = "too-many-requests"
    title = {"fr": "Trop de requêtes", "en": "Too many requests"}


def register(app: Flask, state: AppState) -> None:
    """Make an application refuse who asks too often; the machine itself may ask as it likes."""
    limit = int(app.config.get("RATE_LIMIT", settings.get("rate_limit")))
    if limit <= 0:
        return
    table = ClientTable(limit)

    @app.before_request
    def slow_down() -> None:
        client = _client(_address())
        if client is None or request.path in _FREE:
            return
        seconds = table.wait(client, time.monotonic())
        if seconds:
            g.retry_after = math.ceil(seconds)
            raise TooManyRequests(
                f"Au plus {limit} requêtes par minute. Réessayez dans {g.retry_after} s.",
                f"At most {limit} requests a minute. Try again in {g.retry_after} s.",
            )


def _address() -> str:
    """Return where a request comes from: a proxy on this machine that no setting names says it itself."""
    address = request.remote_addr or ""
    if not settings.number("trusted_proxies") and _is_local(address):
        # The last of them is what the proxy saw.
        forwarded = request.headers.get("X-Forwarded-For") or request.headers.get("X-Real-IP", "")
        named = forwarded.rpartition(",")[2].strip()
        if named or "Forwarded" in request.headers or "Via" in request.headers:
            return named if named and not _is_local(named) else "behind a proxy"
    return address


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


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
