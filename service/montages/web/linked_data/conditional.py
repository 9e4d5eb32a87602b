"""Answers a client may already have, whole or in part: ETag, Last-Modified, 304, gzip, Range (L3).

Each form of an answer has a strong ETag of its own: of its text, and of its text compressed. One part
is given, of the text, unless If-Range shows that the client has a part of the compressed form.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import inf

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import http_date
from werkzeug.sansio.http import is_resource_modified

from montages import settings
from montages.errors import NoSuchPart
from montages.web.app_state import current_state
from montages.web.requests.accept_header import accept_header
from montages.web.requests.headers import check_version

MINUTES = "public, max-age=300"
HOUR = "public, max-age=3600"


def etag(*parts: str) -> str:
    """Return the strong ETag of what is made from the site and a few words: never from the body."""
    digest = hashlib.sha256("\0".join((current_state().fingerprint, *parts)).encode())
    return f'"{digest.hexdigest()[:32]}"'


def where() -> str:
    """Return what tells one address of the service from another, quicker than the address itself."""
    environ, base = request.environ, settings.get("base_url")
    if base:
        return base
    host = environ.get("HTTP_HOST") or environ["SERVER_NAME"]
    return f"{environ['wsgi.url_scheme']} {host} {environ.get('SCRIPT_NAME')}"


@dataclass(frozen=True)
class _Form:
    """One form of an answer: its bytes, its tag, its coding if it is compressed."""

    content: bytes
    tag: str
    coding: str = ""


def conditional(
    tag: str,
    content_type: str,
    body: Callable[[], str | bytes],
    vary: str = "",
    language: str = "",
    headers: Callable[[], Iterable[tuple[str, str]]] = tuple,
    cache: str = HOUR,
    key: Hashable = None,
    compressed: Callable[[], bytes] | None = None,
    dated: bool = True,
) -> Response:
    """Return 304 where the client has the answer, else 200 or 206 with what `body` and `headers` make.

    A body is remembered, and its compressed form: its tag and its address say all that it is made of, unless
    `key` does. One in a `language` names it, and depends on what the reader prefers. `compressed` gives that
    form where something else has made it. What is not `dated` changes while the service runs: its tag alone
    tells.

    Raises NoSuchPart, and AnotherVersion where If-Match names none of its forms.
    """
    least, varying = inf, [vary, "Accept-Language" if language else ""]
    if content_type != _COMPRESSED:
        least = gzip_from(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        varying.append("Accept-Encoding")
    vary = ", ".join(filter(None, varying))
    common_headers = [("Cache-Control", cache)]
    if vary:
        common_headers.append(("Vary", vary))
    modified = datetime.fromtimestamp(current_state().modified, UTC) if dated else None

    def not_modified(tag: str) -> Response:
        return Response(status=304, headers=[("ETag", tag), *common_headers])

    if request.if_match:
        check_version(request.if_match, tag, gzip_tag(tag))
    named = request.if_none_match
    # What a client has of a gzip or a text, by `*` or by its date, is known once that is made.
    by_tag = bool(named) and not named.star_tag
    tags = (tag,) if least == inf else (gzip_tag(tag), tag) if by_tag else ()
    if (known := next((one for one in tags if _at_client(one, modified)), None)) is not None:
        return not_modified(known)
    if_range = request.environ.get("HTTP_IF_RANGE")
    begin = _part_begin()
    if begin is not None and if_range in (None, tag):
        least = inf
    form = _form(tag, least, body, key, compressed)
    if _at_client(form.tag, modified):
        return not_modified(form.tag)
    common_headers += [("ETag", form.tag), ("Accept-Ranges", "bytes")]
    if modified:
        common_headers.append(("Last-Modified", http_date(modified)))
    if form.coding:
        common_headers.append(("Content-Encoding", form.coding))
    if language:
        common_headers.append(("Content-Language", language))
    all_headers = [*common_headers, *headers()]
    response = Response(form.content, content_type=content_type, headers=all_headers)
    # A date is no proof: another release writes other bytes from files of the same date. Nor are there parts
    # where the last bytes are asked for, and more than there are.
    if begin is not None and if_range in (None, form.tag) and begin + len(form.content) >= 0:
        _cut(response)
    return response


def _at_client(tag: str, modified: datetime | None) -> bool:
    """Tell whether the client has the form of a tag, by its headers."""
    try:
        return not is_resource_modified(
            http_if_modified_since=request.environ.get("HTTP_IF_MODIFIED_SINCE"),
            http_if_none_match=request.environ.get("HTTP_IF_NONE_MATCH"),
            etag=tag,
            last_modified=modified,
        )
    except OverflowError:  # a date beyond the calendar, which Werkzeug does not pass over
        return False


def _part_begin() -> int | None:
    """Return where the one part asked for begins; None for several, or for none that is understood."""
    asked = request.range if request.method == "GET" else None
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    begin: int | None = asked.ranges[0][0]
    return begin


def _cut(response: Response) -> None:
    """Leave of an answer the part that is asked for; raises NoSuchPart where it has none such."""
    length = len(response.get_data())
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=length)
    except RequestedRangeNotSatisfiable:
        raise NoSuchPart(request.headers["Range"], length) from None


def _form(
    tag: str,
    least: float,
    body: Callable[[], str | bytes],
    key: Hashable,
    compressed: Callable[[], bytes] | None,
) -> _Form:
    """Return the form of an answer that suits a client who takes it compressed from `least` bytes."""
    rest = (where(), request.path, request.query_string) if key is None else key
    bodies = current_state().bodies

    def plain() -> bytes:
        content = body()
        return content.encode() if isinstance(content, str) else content

    def text() -> bytes:
        return bodies.get((tag, rest), plain)

    def packed() -> bytes:
        return gzip.compress(text(), _GZIP_LEVEL, mtime=0)

    if least == inf:
        return _Form(text(), tag)
    packed_tag = gzip_tag(tag)
    content = compressed() if compressed else bodies.get((packed_tag, rest), packed)
    # The last four bytes say how many it had (RFC 1952).
    plain_size = int.from_bytes(content[-4:], "little")
    return _Form(content, packed_tag, GZIP) if plain_size >= least else _Form(text(), tag)


GZIP = "gzip"
_GZIP_LEVEL = 6
_LEAST_COMPRESSED = 1400  # bytes: less is one packet either way
_COMPRESSED = "application/gzip"


@lru_cache(maxsize=512)
def gzip_from(header: str) -> float:
    """Return the bytes from which an answer is compressed, by Accept-Encoding: infinity for never.

    That is 0 for a client that refuses what is not compressed.
    """
    accepted = accept_header(header, Accept)
    named = {coding.lower(): quality for coding, quality in accepted}
    other = named.get("*", 0)
    wanted = named.get(GZIP, named.get("x-gzip", other))
    # Plain is always taken, as the last choice, unless it is named.
    plain = named.get("identity", 0 if named.get("*", 1) == 0 else None)
    if wanted <= 0 or wanted < (plain or 0):
        return inf
    return 0 if plain == 0 else _LEAST_COMPRESSED


def gzip_tag(tag: str) -> str:
    """Return the entity tag of an answer when it is compressed: other bytes, another tag."""
    return f'{tag[:-1]}-{GZIP}"'
