"""What an answer is written to: it never waits, and loses nothing of what a slow client takes."""

from __future__ import annotations

import socket

import pytest

from montages.web.connections.connection import ResponseSocket

PIECE = b"0123456789" * 10_000


def test_what_is_held_is_sent_with_the_next_piece_once_the_client_reads() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        response, sent, taken = ResponseSocket(ours), 0, 0
        while not response.rest:
            response.sendall(PIECE)
            sent += len(PIECE)
        while taken < sent - len(response.rest):
            taken += len(theirs.recv(1 << 20))
        for _ in range(50):
            response.sendall(PIECE)
            sent += len(PIECE)
            text = theirs.recv(1 << 20)
            assert set(text) <= set(PIECE)
            taken += len(text)
        # As much is held as when it began: a client that reads has what there is.
        assert len(response.rest) <= 2 * len(PIECE)
        assert taken + len(response.rest) <= sent


def test_a_client_that_has_left_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        ours.setblocking(False)
        response = ResponseSocket(ours)
        while not response.rest:
            response.sendall(PIECE)
        theirs.close()
        with pytest.raises(BrokenPipeError):
            response.sendall(PIECE)


def test_a_short_answer_of_known_length_is_held_whole_for_the_loop() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.setblocking(False)
        response = ResponseSocket(ours)
        response.expect_answer()
        response.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
        response.sendall(b"ok")
        assert response.rest.endswith(b"\r\n\r\nok")
        with pytest.raises(BlockingIOError):
            theirs.recv(1)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2\r\nok\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n", b"x" * 300_000),
    ],
)
def test_an_answer_in_pieces_or_a_long_one_goes_out_as_it_comes(head: bytes, piece: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        response = ResponseSocket(ours)
        response.expect_answer()
        response.sendall(head)
        response.sendall(piece)
        assert theirs.recv(len(head)) == head
