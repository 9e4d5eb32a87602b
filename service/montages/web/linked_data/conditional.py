"""Answers a client may already have, whole or in part: ETag, Last-Modified, 304, gzip, Range (L3).

Each form of an answer has a strong ETag of its own: of its text, and of its text compressed. A part is one of
the text, unless If-Range shows that the client has a part of the compressed form.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache, partial
from math import inf

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_range_header

from montages import settings
from montages.door_errors import NoSuchPart, check_version
from montages.web.app_state import current_state
from montages.web.requests.accept_header import accept_header

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


_http_date = lru_cache(maxsize=2)(partial(formatdate, usegmt=True))


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

    def not_modified(tag: str) -> Response:
        return Response(status=304, headers=[("ETag", tag), *common_headers])

    if request.if_match:
        check_version(request.if_match, tag, gzip_tag(tag))
    if at_client := _tag_at_client(tag, least):
        return not_modified(at_client)
    any_form = _has_any_form(dated)
    if any_form and least == inf:
        return not_modified(tag)
    part = request.environ.get("HTTP_RANGE") if request.method == "GET" else None
    if_range = request.environ.get("HTTP_IF_RANGE")
    if part and if_range in (None, tag):
        least = inf
    form = _form(tag, least, body, key, compressed)
    if any_form:
        return not_modified(form.tag)
    common_headers += [("ETag", form.tag), ("Accept-Ranges", "bytes")]
    if dated:
        common_headers.append(("Last-Modified", _http_date(current_state().modified)))
    if form.coding:
        common_headers.append(("Content-Encoding", form.coding))
    # A date is no proof: another release writes other bytes from files of the same date.
    parts = spans(part, len(form.content)) if part and if_range in (None, form.tag) else ()
    if language:
        common_headers.append(("Content-Language", language))
    return _response(form, parts, content_type, [*common_headers, *headers()])


def _response(
    form: _Form, parts: Sequence[Span], content_type: str, headers: list[tuple[str, str]]
) -> Response:
    """Return an answer whole, or its parts."""
    content = form.content
    if not parts:
        return Response(content, content_type=content_type, headers=headers)
    if len(parts) > 1:
        boundary = form.tag.strip('"')
        content = multipart_body(content, parts, content_type, boundary)
        content_type = f"multipart/byteranges; boundary={boundary}"
    else:
        first, last = parts[0]
        headers.append(("Content-Range", content_range(parts[0], len(content))))
        content = content[first : last + 1]
    return Response(content, 206, content_type=content_type, headers=headers)


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


def _tag_at_client(tag: str, least: float) -> str | None:
    """Return the tag that the client names in If-None-Match, of the forms that it takes."""
    named = request.environ.get("HTTP_IF_NONE_MATCH")
    if not named:
        return None
    tags = (tag,) if least == inf else (gzip_tag(tag), tag)
    return next((one for one in tags if one in named), None)


def _has_any_form(dated: bool) -> bool:
    """Tell whether the client has an answer, whatever its form: by any tag at all, else by its date."""
    named = request.environ.get("HTTP_IF_NONE_MATCH")
    if named:
        return str(named).strip() == "*"
    since = request.environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or not dated:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= current_state().modified
    except (ValueError, TypeError, OverflowError):
        return False


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


# More parts than this, or parts that are longer together than the whole, are answered with the whole.
_MOST_PARTS = 32
Span = tuple[int, int]


def spans(header: str, length: int) -> tuple[Span, ...]:
    """Return the parts that a Range header asks for, first and last byte; none where it is passed over.

    It is where its unit is not bytes, where it is malformed, or asks for too much. Raises NoSuchPart.
    """
    try:
        asked = parse_range_header(header)
    except ValueError:
        return ()
    if asked is None or asked.units != "bytes" or len(asked.ranges) > _MOST_PARTS:
        return ()
    parts = [
        (begin if begin >= 0 else max(0, length + begin), min(end or length, length) - 1)
        for begin, end in asked.ranges
    ]
    existing = tuple((first, last) for first, last in parts if first <= last)
    if not existing:
        raise NoSuchPart(header, length)
    return existing if sum(last - first + 1 for first, last in existing) <= length else ()


def content_range(span: Span, length: int) -> str:
    """Return the Content-Range of a part."""
    return f"bytes {span[0]}-{span[1]}/{length}"


def multipart_body(
    content: bytes, parts: Sequence[Span], content_type: str, boundary: str
) -> bytes:
    """Return several parts as one body, multipart/byteranges."""
    pieces = []
    for first, last in parts:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
            f"Content-Range: {content_range((first, last), len(content))}\r\n\r\n"
        )
        pieces += [head.encode(), content[first : last + 1]]
    return b"".join([*pieces, f"\r\n--{boundary}--\r\n".encode()])
