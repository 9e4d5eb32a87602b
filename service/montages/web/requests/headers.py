"""The headers of answers: what browsers may do with one, who may read it, which request it answers.

Also, for those who cache it, the language that was chosen and what it was chosen by; and which sites may show
the page of thresholds in a frame of theirs: nobody, unless the setting says who.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.datastructures import ETags
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import RequestRedirect

from montages import settings
from montages.bilingual import message
from montages.errors import AnotherVersion, UnusableInput
from montages.web.requests.request_parameters import lang

# No script and no style but our own files: nothing inline.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A drawing, or a page that stands alone, styles itself, and does nothing else.
SELF_STYLED_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# The headers that scripts of other sites may read: who writes an entry needs its tag.
_EXPOSED = (
    "Accept-Ranges, Content-Encoding, Content-Language, Content-Location, Content-Range, ETag, "
    "Last-Modified, Link, Location, Retry-After, Vary"
)
# The headers of every answer that says nothing else.
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", _EXPOSED),
)
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Accept-Profile, Authorization, Content-Type, If-Match, "
    "If-None-Match, If-Range, Range, X-Request-Id"
)
# Seconds after which who was not answered may come again, where nothing else is known of it.
RETRY_SECONDS = 5
# No site may show a page in a frame; and how one is written that may.
NOBODY = "'none'"
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NAMED = "montages-request-id"


def register(app: Flask) -> None:
    """Give every answer of an application its headers."""

    @app.after_request
    def complete(response: Response) -> Response:
        present = [header for header, _ in response.headers]
        response.headers.extend(missing_headers(request.environ, present))
        if isinstance(request.routing_exception, RequestRedirect):
            response.headers["Location"] = _elsewhere(request.routing_exception)
        if not settings.get("base_url") and "public" in response.headers.get("Cache-Control", ""):
            # Its addresses are those that this client wrote in Host: they are not for others.
            cache = response.headers["Cache-Control"].replace("public", "private")
            response.headers["Cache-Control"] = cache
        if seconds := g.get("retry_after", RETRY_SECONDS if response.status_code == 503 else 0):
            response.headers["Retry-After"] = str(seconds)
        if response.status_code == 401:
            response.headers.setdefault("WWW-Authenticate", "Bearer")
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
            response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
            response.headers["Access-Control-Max-Age"] = "86400"
        return response


def trust_proxies(app: Flask) -> None:
    """Have an application believe what the proxies in front of it say of who asks: the outermost wrapping."""
    if proxies := settings.number("trusted_proxies"):
        fixed = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # Flask's own way to wrap an application


def frame_ancestors() -> str:
    """Return the sites of the setting; raises UnusableInput where it is none that a browser understands."""
    value = " ".join(settings.get("frame_ancestors").split())
    sites = value.split()
    alone = value in (NOBODY, "*")
    if alone or (sites and all(s == "'self'" or _SITE.fullmatch(s) for s in sites)):
        return value
    raise UnusableInput(
        message(
            "MONTAGES_FRAME_ANCESTORS: “{value}” is no list of sites. Write 'none' (nobody), "
            "'self', * (everybody), or sites separated by spaces, such as "
            "https://www.example.org https://*.example.org, without a path.",
            value=value,
        )
    )


def frame_policy() -> str:
    """Return the policy of a page that these sites may show."""
    return POLICY.replace(f"frame-ancestors {NOBODY}", f"frame-ancestors {frame_ancestors()}")


def request_id(environ: MutableMapping[str, Any]) -> str:
    """Return the name of a request: the one that it brings, else a new one, the same each time."""
    name: str = environ.get(_NAMED, "")
    if not name:
        brought = environ.get("HTTP_X_REQUEST_ID", "")
        # No secret, and no call of the system, at which threads would change places.
        name = brought if _ID.fullmatch(brought) else f"{random.getrandbits(128):032x}"
        environ[_NAMED] = name
    return name


def missing_headers(
    environ: MutableMapping[str, Any], present: Iterable[str]
) -> list[tuple[str, str]]:
    """Return the headers that every answer has, but for those that this one has already."""
    names = {name.lower() for name in present}
    headers = [pair for pair in ALWAYS if pair[0].lower() not in names]
    headers.append(("X-Request-Id", request_id(environ)))
    if environ["wsgi.url_scheme"] in ("https", "wss") and (hsts := settings.get("hsts")):
        headers.append(("Strict-Transport-Security", hsts))
    return headers


def _elsewhere(redirect: RequestRedirect) -> str:
    """Return the usual form of an address, where the setting says it is, never where Host does."""
    to = urlsplit(redirect.new_url)
    base = settings.get("base_url").rstrip("/") or request.script_root
    path = base + to.path.removeprefix(request.script_root)
    return f"{path}?{to.query}" if to.query else path


def vary_by_accept(response: Response) -> Response:
    """Return an answer that says to depend on Accept and Accept-Language."""
    response.vary.update(("Accept", "Accept-Language"))
    return response


def in_language(response: Response) -> Response:
    """Return an answer that names its language, that of the request, and depends on Accept."""
    response.headers["Content-Language"] = lang()
    return vary_by_accept(response)


def check_version(wanted: ETags, *tags: str) -> None:
    """Raise AnotherVersion where If-Match names none of the tags of what is asked for."""
    if not wanted.star_tag and not any(wanted.is_strong(tag.strip('"')) for tag in tags):
        raise AnotherVersion(
            message(
                "It is no longer the version that If-Match names: ask for it without that "
                "condition."
            )
        )
