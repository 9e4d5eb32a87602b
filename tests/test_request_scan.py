"""Where a request ends: the same in one piece, in many, and with another behind it."""

from __future__ import annotations

import pytest

from montages.web.connections.request_scan import LONGEST_HEAD, RequestScan, Stage

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /validate HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"
HEAD = b"POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
CHUNKS = HEAD + b"3;a=b\r\nabc\r\n00a\r\n0123456789\r\n0\r\nX-A: b\r\n\r\n"
LIMIT = 1000


def scan(data: bytes, size: int = 10**6) -> RequestScan:
    found = RequestScan(LIMIT)
    for start in range(0, len(data), size):
        if found.feed(data[start : start + size]) not in (Stage.HEAD, Stage.BODY):
            break
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10**6])
@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKS])
def test_a_request_is_whole_whatever_pieces_it_comes_in(request_bytes: bytes, size: int) -> None:
    found = scan(request_bytes, size)
    assert found.stage is Stage.WHOLE
    assert found.take() == (request_bytes, b"")
    assert scan(request_bytes[:-1], size).stage in (Stage.HEAD, Stage.BODY)


@pytest.mark.parametrize("request_bytes", [GET, POST, CHUNKS])
def test_what_comes_behind_is_the_next_request(request_bytes: bytes) -> None:
    assert scan(b"\r\n\r\n" + request_bytes + GET).take() == (request_bytes, GET)


@pytest.mark.parametrize(
    ("data", "stage"),
    [
        (HEAD + b"zz\r\n", Stage.CUT),
        (HEAD + b"-1\r\n", Stage.CUT),
        (HEAD + b"3;" + b"a" * 10_000, Stage.CUT),
        (HEAD + b"0\r\n" + b"X-A: b\r\n" * 5000, Stage.CUT),
        (HEAD + b"3e9\r\n", Stage.BODY_TOO_LARGE),
        (HEAD + b"1\r\na\r\n" * (LIMIT + 1), Stage.BODY_TOO_LARGE),
        (POST.replace(b"5", b"1001"), Stage.CUT),
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * LONGEST_HEAD, Stage.HEAD_TOO_LARGE),
        (b"\x16\x03\x01" + b"\x00" * LONGEST_HEAD, Stage.HEAD_TOO_LARGE),
        # What no reader should guess at is left to the parser, with nothing behind it.
        (POST.replace(b"5", b"+5"), Stage.WHOLE),
        (HEAD[:-2] + b"Content-Length: 5\r\n\r\n0\r\n\r\n", Stage.WHOLE),
    ],
)
@pytest.mark.parametrize("size", [1000, 10**6])
def test_what_is_no_request_or_too_large_is_waited_for_no_longer(
    data: bytes, stage: Stage, size: int
) -> None:
    assert scan(data, size).stage is stage


def test_a_client_that_asks_to_go_on_is_heard() -> None:
    assert scan(POST[:-5].replace(b"Content", b"Expect: 100-Continue\r\nContent")).awaits_continue
    assert not scan(POST[:-5]).awaits_continue
