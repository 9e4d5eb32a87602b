"""What an answer is written to: it never waits, and loses nothing of what a slow client takes."""

from __future__ import annotations

import socket

import pytest

from montages.web.connections.response_socket import ResponseSocket

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
