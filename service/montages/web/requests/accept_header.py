"""The Accept header as Werkzeug reads it, once what clients write and it drops is put in order (L2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from flask import Request
from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header
from werkzeug.utils import cached_property

_LONGEST = 4096  # characters of a header that are read
# Java's own client sends `*; q=.2, */*; q=.2`.
_NO_ZERO = re.compile(r"(;\s*q\s*=\s*)(?=\.\d)", re.IGNORECASE)
_BARE_STAR = re.compile(r"(?:(?<=,)|^)\s*\*\s*(?=[,;]|$)")
_RANGE = re.compile(r"\*/\*|[^/*\s]+/[^/\s]+")


class MediaRanges(MIMEAccept):
    """The media ranges that a client accepts with their qualities: most specific first, then as they came.

    Parameters of a range are left out: what we send under a type is still what was asked for. What is no
    media range is passed over; none at all means that nothing in particular was asked for.
    """

    def __init__(self, values: Iterable[tuple[str, float]] | None = ()) -> None:
        ranges = [(item.partition(";")[0].strip(), quality) for item, quality in values or ()]
        super().__init__([pair for pair in ranges if _RANGE.fullmatch(pair[0])])


@lru_cache(maxsize=512)
def media_ranges(header: str) -> MediaRanges:
    """Return the media ranges of an Accept header."""
    text = _BARE_STAR.sub("*/*", _NO_ZERO.sub(r"\g<1>0", header[:_LONGEST]))
    return parse_accept_header(text, MediaRanges)


def accepted_profiles(header: str) -> list[str]:
    """Return the profiles of an Accept-Profile header, the most wanted first, those at q=0 left out."""
    accepted = parse_accept_header(_NO_ZERO.sub(r"\g<1>0", header[:_LONGEST]), Accept)
    names = [
        item.partition(";")[0].strip().strip("<>") for item, quality in accepted if quality > 0
    ]
    return [name for name in names if name]


class AcceptingRequest(Request):
    """A request whose Accept header is read by `media_ranges`."""

    @cached_property
    def accept_mimetypes(self) -> MIMEAccept:
        """Return the media ranges that the client accepts."""
        return media_ranges(self.headers.get("Accept", ""))
