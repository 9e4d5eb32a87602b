"""Whether an answer goes out compressed: by Accept-Encoding, and by how long it is (RFC 9110, 12.5.3).

gzip alone: it is all that every client reads, and Python brings it. Only what is the same for everybody is
compressed, documents and dumps; no answer of the service holds a secret beside what a request wrote, so that
its length gives nothing away.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from math import inf

from werkzeug.datastructures import Accept

from montages.web.requests.accept_header import accept_header

GZIP = "gzip"
_LEVEL = 6
_LEAST = 1400  # bytes: less is one packet either way
_COMPRESSED = ("application/gzip",)


def is_compressible(content_type: str) -> bool:
    """Tell whether an answer of a type is not compressed already."""
    return content_type not in _COMPRESSED


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
    return 0 if plain == 0 else _LEAST


def compress(plain: bytes) -> bytes:
    """Return bytes compressed, the same each time."""
    return gzip.compress(plain, _LEVEL, mtime=0)


def plain_size(compressed: bytes) -> int:
    """Return how many bytes what was compressed had: its last four say so (RFC 1952)."""
    return int.from_bytes(compressed[-4:], "little")


def gzip_tag(tag: str) -> str:
    """Return the entity tag of an answer when it is compressed: other bytes, another tag."""
    return f'{tag[:-1]}-{GZIP}"'
