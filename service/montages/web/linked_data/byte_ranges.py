"""Parts of an answer, as Range asks for them: one, or several in one answer (RFC 9110, 14)."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.http import parse_range_header

from montages.door_errors import NoSuchPart

# More parts than this, or parts that are longer together than the whole, are answered with the whole.
_MOST = 32
Span = tuple[int, int]


def spans(header: str, length: int) -> tuple[Span, ...]:
    """Return the parts that a Range header asks for, first and last byte; none where it is passed over.

    It is where its unit is not bytes, where it is malformed, or asks for too much. Raises NoSuchPart.
    """
    try:
        asked = parse_range_header(header)
    except ValueError:
        return ()
    if asked is None or asked.units != "bytes" or len(asked.ranges) > _MOST:
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


def several(content: bytes, parts: Sequence[Span], content_type: str, boundary: str) -> bytes:
    """Return several parts as one body, multipart/byteranges."""
    pieces = []
    for first, last in parts:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
            f"Content-Range: {content_range((first, last), len(content))}\r\n\r\n"
        )
        pieces += [head.encode(), content[first : last + 1]]
    return b"".join([*pieces, f"\r\n--{boundary}--\r\n".encode()])
