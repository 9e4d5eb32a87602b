"""Requests that are none, or not quite: each is refused at once, in words, and its connection ends."""

from __future__ import annotations

from attacks.attack import Attack

MEDIA = b"Content-Type: text/turtle\r\n"
HEAD = b"POST /validate HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n" + MEDIA
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
TEXT = b"@prefix mtg: <https://w3id.org/montages/def/> . <a> a mtg:Project ."
CHUNK = b"%x\r\n%s\r\n" % (len(TEXT), TEXT)
LAST = b"0\r\n\r\n"


def sends(data: bytes, *statuses: int) -> Attack:
    """Return the attack of some bytes, sent as they are."""
    return Attack(raw=lambda _: data, statuses=statuses or (400,))


ATTACKS = {
    # chunks
    "a chunk size that is no number": sends(CHUNKED + b"zz\r\nabc\r\n" + LAST),
    "a chunk size below zero": sends(CHUNKED + b"-5\r\nabc\r\n" + LAST),
    "a chunk size with a sign": sends(CHUNKED + b"+3\r\nabc\r\n" + LAST),
    "a chunk size with 0x": sends(CHUNKED + b"0x3\r\nabc\r\n" + LAST),
    "a chunk size with an underscore": sends(CHUNKED + b"1_0\r\n" + b"a" * 16 + b"\r\n" + LAST),
    "no chunk size": sends(CHUNKED + b"\r\nabc\r\n" + LAST),
    "a chunk size of 1 MB": sends(CHUNKED + b"0" * 1_000_000 + b"3\r\nabc\r\n" + LAST),
    # Its size is believed by nobody: it is refused once it has not come, or once what has come is too much.
    "a chunk of 4 GB": Attack(
        raw=lambda _: CHUNKED + b"ffffffff\r\n" + b"a" * 1000, statuses=(408,), seconds=6.0
    ),
    "a chunk of 4 GB that comes": sends(CHUNKED + b"ffffffff\r\n" + b"a" * 6_000_000, 413),
    "a chunk size beyond 64 bits": sends(CHUNKED + b"f" * 40 + b"\r\nabc"),
    "a chunk that is longer than it says": sends(CHUNKED + b"2\r\nabc\r\n" + LAST),
    "a chunk extension of 1 MB": sends(CHUNKED + b"3;" + b"a" * 1_000_000 + b"\r\nabc\r\n" + LAST),
    "a chunk extension with a bare CR": sends(CHUNKED + b"3;a\rb\r\nabc\r\n" + LAST),
    "100,000 chunks of a byte": sends(CHUNKED + b"1\r\n#\r\n" * 100_000 + LAST, 413),
    "trailers without end": sends(CHUNKED + CHUNK + b"0\r\n" + b"X-A: b\r\n" * 200_000, 400, 431),
    "a trailer that says the length": sends(CHUNKED + CHUNK + b"0\r\nContent-Length: 4\r\n\r\n"),
    "a trailer that names the client": sends(CHUNKED + CHUNK + b"0\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n", 200),
    "a trailer that is no header": sends(CHUNKED + CHUNK + b"0\r\nnone\r\n\r\n"),
    # the length of the body
    "a length and chunks": sends(HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + LAST),
    "two lengths": sends(HEAD + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
    "a length below zero": sends(HEAD + b"Content-Length: -1\r\n\r\n"),
    "a length that is a word": sends(HEAD + b"Content-Length: three\r\n\r\nabc"),
    "a length of two numbers": sends(HEAD + b"Content-Length: 3, 3\r\n\r\nabc"),
    "a length in other digits": sends(HEAD + "Content-Length: ٣\r\n\r\nabc".encode()),
    "a length of 100 GB": sends(HEAD + b"Content-Length: 99999999999\r\n\r\nabc", 413),
    "a length of 5,000 digits": sends(HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nabc", 400, 413),
    "chunks in HTTP/1.0": sends(CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0") + LAST),
    "chunks twice": sends(HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + LAST),
    "a coding in gzip": sends(HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + LAST),
    "a coding nobody knows": sends(HEAD + b"Transfer-Encoding: rot13\r\n\r\n" + LAST, 501),
    "a coding hidden by a tab": sends(HEAD + b"Transfer-Encoding:\x0bchunked\r\n\r\n" + LAST, 400, 501),
    "an expectation nobody knows": sends(HEAD + b"Expect: tea\r\nContent-Length: 3\r\n\r\nabc", 417),
    "another protocol wished for, with a body": sends(
        HEAD + b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: %d\r\n\r\n" % len(TEXT) + TEXT, 200
    ),
    "another protocol wished for, with chunks": sends(
        CHUNKED[:-2] + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + CHUNK + LAST, 200
    ),
    # heads
    "no host": sends(b"GET /healthz HTTP/1.1\r\n\r\n"),
    "two hosts": sends(GET + b"Host: other\r\n\r\n"),
    "a head of 70 kB": sends(GET + b"X-A: " + b"b" * 70_000 + b"\r\n\r\n", 431),
    "500 headers": sends(GET + b"X-A: b\r\n" * 500 + b"\r\n", 431),
    "a head that never ends": sends(GET + b"X-A: b\r\n" * 100_000, 431),
    "an address of 20 kB": sends(b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "a header folded": sends(GET + b"X-A: b\r\n c\r\n\r\n"),
    "a header without a name": sends(GET + b": b\r\n\r\n"),
    "a header with a space in its name": sends(GET + b"X A: b\r\n\r\n"),
    "a header with a space before its colon": sends(GET + b"X-A : b\r\n\r\n"),
    "a header with a NUL": sends(GET + b"X-A: b\x00c\r\n\r\n"),
    "a header with a bare CR": sends(GET + b"X-A: b\rEvil: c\r\n\r\n"),
    "a header that an underscore makes another": sends(GET + b"X_Forwarded_For: 1.2.3.4\r\n\r\n", 200, 400),
    "a handshake of TLS": sends(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40 + b"\r\n\r\n"),
    "HTTP/2 at once": sends(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "HTTP/9.9": sends(b"GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n"),
    "HTTP/0.9": sends(b"GET /healthz\r\n\r\n"),
    "a method in small letters": sends(b"get /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a method nobody knows": sends(b"BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400, 405),
    "a tunnel": sends(b"CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n", 400, 404, 405),
    "an address of another service": sends(b"GET http://other.example/healthz HTTP/1.1\r\nHost: a\r\n\r\n", 200, 400, 404),
    "an address with a NUL": sends(b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "an address that is no UTF-8": sends(b"GET /id/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n", 400, 404),
    "an address that is not escaped": sends("GET /id/é HTTP/1.1\r\nHost: a\r\n\r\n".encode()),
    "a second request in a body": sends(
        HEAD + b"Content-Length: 6\r\n\r\n0\r\n\r\nXGET /admin HTTP/1.1\r\nHost: a\r\n\r\n", 200, 400
    ),
}  # fmt: skip
