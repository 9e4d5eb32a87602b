"""The Accept header as Werkzeug reads it, once what clients write and it drops is put in order (L2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from flask import Request, request
from werkzeug.datastructures import Accept, MIMEAccept
from werkzeug.http import parse_accept_header
from werkzeug.utils import cached_property

T = TypeVar("T", bound=Accept)
_LONGEST = 4096  # characters of a header that are read
# Java's own client sends `*; q=.2, */*; q=.2`; `q=1.` is as the standard has it, and dropped too.
_SPACED = re.compile(r"[ \t]*;[ \t]*q[ \t]*=[ \t]*", re.IGNORECASE)
_NO_ZERO = re.compile(r"(;q=\"?)(?=\.\d)")
_NO_DIGIT = re.compile(r"(;q=\"?[01])\.(?=[ \t]*(?:[\",;]|$))")
_BARE_STAR = re.compile(r"(?:(?<=,)|^)\s*\*\s*(?=[,;]|$)")
_RANGE = re.compile(r"\*/\*|[^/*\s]+/[^/\s]+")


class MediaRanges(MIMEAccept):
    """The media ranges that a client accepts with their qualities: most specific first, then as they came.

    Parameters of a range are left out: what we send under a type is still what was asked for. What is no
    media range is passed over; none at all means that nothing in particular was asked for.
    """

    def __init__(self, values: Iterable[tuple[str, float]] | None = ()) -> None:
        ranges = [(item.partition(";")[0].strip().lower(), q) for item, q in values or ()]
        super().__init__([pair for pair in ranges if _RANGE.fullmatch(pair[0])])

    def preference(self, media_types: Sequence[str]) -> tuple[float, int, bool]:
        """Return how much a format is wanted: quality, nearness of what names it, whether by its own type.

        Its own media type comes first; the others count where they are named, not where a range holds them.
        """
        own, *others = media_types
        place = self.find(own)
        wishes = [(self[place][1], -place, True)] if place >= 0 else []
        wishes += [(q, -place, False) for place, (media, q) in enumerate(self) if media in others]
        return max(wishes, default=(0.0, 0, False))


@lru_cache(maxsize=512)
def media_ranges(header: str) -> MediaRanges:
    """Return the media ranges of an Accept header."""
    return accept_header(_BARE_STAR.sub("*/*", header[:_LONGEST]), MediaRanges)


def accepted_media() -> MediaRanges:
    """Return the media ranges that the client of the request at work accepts."""
    return media_ranges(request.headers.get("Accept", ""))


def accept_header(header: str, kind: type[T]) -> T:
    """Return what a header of the Accept family says, qualities as `.2` and `1.` included."""
    text = _SPACED.sub(";q=", header[:_LONGEST])
    return parse_accept_header(_NO_DIGIT.sub(r"\1", _NO_ZERO.sub(r"\g<1>0", text)), kind)


def accepted_profiles(header: str) -> list[str]:
    """Return the profiles of an Accept-Profile header, the most wanted first, those at q=0 left out."""
    accepted = accept_header(header, Accept)
    names = [
        item.partition(";")[0].strip().strip("<>") for item, quality in accepted if quality > 0
    ]
    return [name for name in names if name]


class AcceptingRequest(Request):
    """A request whose Accept header is read by `media_ranges`."""

    @cached_property
    def accept_mimetypes(self) -> MediaRanges:
        """Return the media ranges that the client accepts."""
        return media_ranges(self.headers.get("Accept", ""))
