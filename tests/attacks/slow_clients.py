"""Clients that send slowly, send nothing, or read nothing: they hold no thread, and are ended in time."""

from __future__ import annotations

from attacks.attack import Attack

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/turtle\r\n"
BODY = POST + b"Content-Length: 4000000\r\n\r\n"
CHUNKS = POST + b"Transfer-Encoding: chunked\r\n\r\n"
BESIDE = {"/healthz": 0.5, "/contracts": 1.0}
SECONDS = 1.0


def slow(start: bytes, drip: bytes, count: int) -> Attack:
    """Return the attack of many clients that send a start, then a little again and again."""
    return Attack(
        raw=lambda _: start,
        drip=lambda _: drip,
        drip_seconds=SECONDS,
        leaves_after=0.0,
        statuses=(0,),
        seconds=SECONDS + 3,
        at_once=count,
        beside=BESIDE,
    )


def every(number: int) -> tuple[bytes, bytes]:
    """Return what the `number`-th of all kinds at once starts with, and goes on with."""
    if number < 200:
        return b"", b""
    return (GET, b"X-A: b\r\n") if number < 400 else (BODY, b"# more\n")


ATTACKS = {
    "200 silent connections": slow(b"", b"", 200),
    "200 heads without end": slow(GET, b"X-A: b\r\n", 200),
    "33 bodies without end": slow(BODY, b"# more\n", 33),
    "100 bodies in chunks without end": slow(CHUNKS, b"7\r\n# more\n\r\n", 100),
    "100 heads a byte at a time": slow(b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ", b"b", 100),
    "100 that say they will go on": slow(BODY.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"), b"", 100),
    "200 silent, 200 heads, 33 bodies": Attack(
        raw=lambda number: every(number)[0],
        drip=lambda number: every(number)[1],
        drip_seconds=2 * SECONDS,
        leaves_after=0.0,
        statuses=(0,),
        seconds=2 * SECONDS + 3,
        at_once=433,
        beside=BESIDE,
    ),
    "a head that does not come in time": Attack(
        raw=lambda _: GET, statuses=(408,), seconds=6.0, at_once=3, beside=BESIDE
    ),
    "100 that read nothing": Attack(
        raw=lambda _: b"GET /dump/montages.trig HTTP/1.1\r\nHost: a\r\n\r\n" * 20,
        drip=lambda _: b"",
        drip_seconds=SECONDS,
        leaves_after=0.0,
        statuses=(0,),
        seconds=SECONDS + 3,
        at_once=100,
        beside={"/healthz": 0.5},
        next_seconds=2.0,
    ),
    "300 that come and go": Attack(
        raw=lambda _: b"GET / HT", leaves_after=0.0, statuses=(0,), at_once=300, seconds=5
    ),
}  # fmt: skip
