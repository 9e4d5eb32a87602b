"""The headers of every answer: what browsers may do with it, who may read it, which request it answers."""

from __future__ import annotations

import random
import re
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import RequestRedirect

from montages import settings
from montages.web.app_state import AppState

# No script and no style but our own files: nothing inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A drawing, or a page that stands alone, styles itself, and does nothing else.
SELF_STYLED_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# The headers of every answer that says nothing else.
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Access-Control-Allow-Origin", "*"),
)
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Accept-Profile, Content-Type, If-None-Match, If-Range, Range, "
    "X-Request-Id"
)
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def register(app: Flask, state: AppState) -> None:
    """Give every answer of an application its headers."""
    proxies = settings.number("trusted_proxies")
    if proxies:
        fixed = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # Flask's own way to wrap an application

    @app.before_request
    def name() -> None:
        request_id = request.headers.get("X-Request-Id", "")
        # No secret, and no call of the system, at which threads would change places.
        g.request_id = (
            request_id if _ID.fullmatch(request_id) else f"{random.getrandbits(128):032x}"
        )

    @app.after_request
    def complete(response: Response) -> Response:
        present = {header.lower() for header, _ in response.headers}
        response.headers.extend(pair for pair in ALWAYS if pair[0].lower() not in present)
        if isinstance(request.routing_exception, RequestRedirect):
            response.headers["Location"] = _elsewhere(request.routing_exception)
        if not settings.get("base_url") and "public" in response.headers.get("Cache-Control", ""):
            # Its addresses are those that this client wrote in Host: they are not for others.
            cache = response.headers["Cache-Control"].replace("public", "private")
            response.headers["Cache-Control"] = cache
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if "retry_after" in g:
            response.headers["Retry-After"] = str(g.retry_after)
        elif response.status_code == 401:
            response.headers.setdefault("WWW-Authenticate", "Bearer")
        elif response.status_code == 503:
            response.headers.setdefault("Retry-After", "5")
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
            response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
            response.headers["Access-Control-Max-Age"] = "86400"
        hsts = settings.get("hsts")
        if hsts and request.is_secure:
            response.headers["Strict-Transport-Security"] = hsts
        return response


def _elsewhere(redirect: RequestRedirect) -> str:
    """Return the usual form of an address, where the setting says it is, never where Host does."""
    to = urlsplit(redirect.new_url)
    base = settings.get("base_url").rstrip("/") or request.script_root
    path = base + to.path.removeprefix(request.script_root)
    return f"{path}?{to.query}" if to.query else path
