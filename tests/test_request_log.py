"""A request is one line of JSON, without personal data and under a name of its own (O1)."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from montages.web import create_app
from montages.web.requests.request_log import LOG

CALLER = "203.0.113.77"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "on"}).test_client()


@contextmanager
def log_lines() -> Iterator[list[str]]:
    """Yield the lines that requests leave until the end of the block."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keep()
    LOG.addHandler(handler)
    try:
        yield lines
    finally:
        LOG.removeHandler(handler)


def test_a_request_is_one_line_of_json_without_personal_data(client: FlaskClient) -> None:
    with log_lines() as lines:
        client.post(
            "/check?project=hidden",
            data="project: Confidentiel",
            content_type="application/yaml",
            headers={"X-Request-Id": "abc-1", "User-Agent": "Peeping", "X-Forwarded-For": CALLER},
            environ_base={"REMOTE_ADDR": CALLER},
        )
        client.get("/search?q=private-words")
    first, second = (json.loads(line) for line in lines)
    assert set(first) == {
        "time", "request", "method", "route", "status", "ms", "bytes_in", "bytes_out", "problem",
    }  # fmt: skip
    assert (first["request"], first["route"], first["method"]) == ("abc-1", "/check", "POST")
    assert (first["status"], first["problem"], first["bytes_in"]) == (404, "unknown-name", 21)
    assert second["route"] == "/search"
    for word in ("hidden", "Confidentiel", CALLER, "Peeping", "private-words"):
        assert word not in "".join(lines)


def test_an_answer_in_pieces_is_noted_at_its_end(client: FlaskClient) -> None:
    with log_lines() as lines:
        body = '{"project":"a"}\n' * 3
        answer = client.post("/validate", data=body, content_type="application/x-ndjson")
        next(answer.iter_encoded())
        assert not lines
        size = len(answer.get_data())
    (line,) = map(json.loads, lines)
    assert (line["route"], line["status"]) == ("/validate", 200)
    assert size < line["bytes_out"] < 2 * size  # the first piece was taken before


@pytest.mark.parametrize("given", ["a b", "x" * 65, "é", "<script>", ""])
def test_a_request_without_a_proper_name_gets_one(client: FlaskClient, given: str) -> None:
    named = client.get("/healthz", headers={"X-Request-Id": given.encode().decode("latin-1")})
    assert re.fullmatch(r"[0-9a-f]{32}", named.headers["X-Request-Id"])
