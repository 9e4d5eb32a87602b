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
from montages.knowledge import library
from montages.knowledge.periods import rules_at
from montages.web.site import Site

MINUTES = "public, max-age=300"
HOUR = "public, max-age=3600"
EXPOSED = "Content-Language, Content-Location, ETag, Last-Modified, Link, Location, Retry-After"


@lru_cache(maxsize=4096)
def etag(site: Site, *parts: str) -> str:
    """Return the strong ETag of what is made from the site and a few words: never from the body."""
    digest = hashlib.sha256("\0".join((site.fingerprint, *parts)).encode())
    return f'"{digest.hexdigest()[:32]}"'


def where() -> str:
    """Return what tells one address of the service from another, quicker than the address itself."""
    found = request.environ
    host = found.get("HTTP_HOST") or found["SERVER_NAME"]
    return (
        f"{settings.get('base_url')} {found['wsgi.url_scheme']} {host} {found.get('SCRIPT_NAME')}"
    )


@lru_cache(maxsize=2)
def last_modified(site: Site) -> int:
    """Return when the content last changed, in seconds: its files, or the law of the day."""
    files = [*library.deciding(), *library.files("queries", "*.rq"), *site.extra]
    files += library.projects().values()
    written = max(path.stat().st_mtime for path in files)
    first = rules_at(site.dataset.day).period.first
    law = datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()
    return int(min(max(written, law), time.time()))


@lru_cache(maxsize=2)
def _last_modified_text(site: Site) -> str:
    return formatdate(last_modified(site), usegmt=True)


def _has_it(site: Site, tag: str) -> bool:
    """Tell whether the client has the very answer: by its ETag, else by its date."""
    asked = request.environ.get("HTTP_IF_NONE_MATCH")
    if asked:
        return tag in asked or asked.strip() == "*"
    since = request.environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= last_modified(site)
    except (ValueError, TypeError, OverflowError):
        return False


def conditional(
    site: Site,
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
    shared = [("ETag", tag), ("Cache-Control", cache), ("Access-Control-Allow-Origin", "*")]
    if vary:
        shared.append(("Vary", vary))
    if _has_it(site, tag):
        return Response(status=304, headers=shared)
    shared.append(("Last-Modified", _last_modified_text(site)))
    shared.append(("Access-Control-Expose-Headers", EXPOSED))

    def written() -> bytes:
        made = body()
        return made.encode() if isinstance(made, str) else made

    text = site.written.get((tag, where(), request.path, request.query_string), written)
    return Response(text, content_type=content_type, headers=[*shared, *headers()])
