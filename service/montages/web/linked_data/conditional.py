"""Answers a client may already have: strong ETag, Last-Modified, 304 before anything is built (L3)."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache

from flask import Response, request

from montages import settings
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.web.app_state import AppState

MINUTES = "public, max-age=300"
HOUR = "public, max-age=3600"
EXPOSED = "Content-Language, Content-Location, ETag, Last-Modified, Link, Location, Retry-After"


@lru_cache(maxsize=4096)
def etag(state: AppState, *parts: str) -> str:
    """Return the strong ETag of what is made from the site and a few words: never from the body."""
    digest = hashlib.sha256("\0".join((state.fingerprint, *parts)).encode())
    return f'"{digest.hexdigest()[:32]}"'


def where() -> str:
    """Return what tells one address of the service from another, quicker than the address itself."""
    environ, base = request.environ, settings.get("base_url")
    if base:
        return base
    host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
    return f"{environ['wsgi.url_scheme']} {host} {environ.get('SCRIPT_NAME')}"


@lru_cache(maxsize=2)
def last_modified(state: AppState) -> int:
    """Return when the content last changed, in seconds: its files, or the law of the day."""
    files = [*library.deciding(), *library.displayed(), *state.extra]
    written = max(path.stat().st_mtime for path in files)
    first = rules_at(state.dataset.day).period.first
    law = datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()
    return int(min(max(written, law), time.time()))


@lru_cache(maxsize=2)
def _last_modified_text(state: AppState) -> str:
    return formatdate(last_modified(state), usegmt=True)


def _has_it(state: AppState, tag: str) -> bool:
    """Tell whether the client has the very answer: by its ETag, else by its date."""
    tags = request.environ.get("HTTP_IF_NONE_MATCH")
    if tags:
        return tag in tags or tags.strip() == "*"
    since = request.environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= last_modified(state)
    except (ValueError, TypeError, OverflowError):
        return False


def conditional(
    state: AppState,
    tag: str,
    content_type: str,
    body: Callable[[], str | bytes],
    vary: str = "",
    headers: Callable[[], Iterable[tuple[str, str]]] = tuple,
    cache: str = HOUR,
) -> Response:
    """Return 304 where the client has the answer, else 200 with what `body` and `headers` make.

    A body is remembered: its tag and its address say all that it is made of.
    """
    common_headers = [
        ("ETag", tag),
        ("Cache-Control", cache),
        ("Access-Control-Allow-Origin", "*"),
    ]
    if vary:
        common_headers.append(("Vary", vary))
    if _has_it(state, tag):
        return Response(status=304, headers=common_headers)
    common_headers.append(("Last-Modified", _last_modified_text(state)))
    common_headers.append(("Access-Control-Expose-Headers", EXPOSED))

    def encoded() -> bytes:
        content = body()
        return content.encode() if isinstance(content, str) else content

    text = state.bodies.get((tag, where(), request.path, request.query_string), encoded)
    return Response(text, content_type=content_type, headers=[*common_headers, *headers()])
