"""Running the service: health, figures, log lines, headers, rates, limits, and a graceful stop (O1)."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from commands import run
from montages.web import create_app
from montages.web.requests.client_table import ClientTable
from montages.web.requests.headers import POLICY
from montages.web.requests.metrics import LOG
from montages.web.validation.samples import SAMPLE

YAML = "application/yaml"
CALLER = "203.0.113.77"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "on"}).test_client()


def test_the_service_is_ready_once_it_can_assess(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ready",
        "checks": {"knowledge": True, "store": True, "assessment": True},
    }
    monkeypatch.setenv("MONTAGES_MAX_UNITS", "0")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "not ready")  # type: ignore[index]  # JSON


def test_figures_are_counted_by_route_method_and_status(client: FlaskClient) -> None:
    def counted(line: str) -> float:
        found = re.search(re.escape(line) + r" ([\d.]+)", client.get("/metrics").text)
        return float(found[1]) if found else 0

    series = 'montages_requests_total{method="POST",route="/validate",status="200"}'
    problems = 'montages_problems_total{type="unreadable-input"}'
    before, faults = counted(series), counted(problems)
    client.post("/validate", data=SAMPLE, content_type=YAML)
    client.post("/validate", data="", content_type=YAML)
    client.get("/id/contract/mpgp?q=secret")
    assert (counted(series), counted(problems)) == (before + 1, faults + 1)
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    assert 'montages_request_seconds_bucket{le="0.1",route="/validate"}' in answer.text
    assert "montages_queries_killed_total" in answer.text
    assert 'route="/id/<path:path>"' in answer.text
    assert "mpgp" not in answer.text
    assert "secret" not in answer.text


def test_a_request_is_one_line_of_json_without_personal_data(client: FlaskClient) -> None:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keep()
    LOG.addHandler(handler)
    try:
        client.post(
            "/check?project=hidden",
            data="project: Confidentiel",
            content_type=YAML,
            headers={"X-Request-Id": "abc-1", "User-Agent": "Peeping", "X-Forwarded-For": CALLER},
            environ_base={"REMOTE_ADDR": CALLER},
        )
        client.get("/search?q=private-words")
    finally:
        LOG.removeHandler(handler)
    first, second = (json.loads(line) for line in lines)
    assert set(first) == {
        "time", "request", "method", "route", "status", "ms", "bytes_in", "bytes_out", "problem",
    }  # fmt: skip
    assert (first["request"], first["route"], first["method"]) == ("abc-1", "/check", "POST")
    assert (first["status"], first["problem"], first["bytes_in"]) == (404, "unknown-name", 21)
    assert second["route"] == "/search"
    for word in ("hidden", "Confidentiel", CALLER, "Peeping", "private-words"):
        assert word not in "".join(lines)


@pytest.mark.parametrize("given", ["a b", "x" * 65, "é", "<script>", ""])
def test_a_request_without_a_proper_name_gets_one(client: FlaskClient, given: str) -> None:
    named = client.get("/healthz", headers={"X-Request-Id": given.encode().decode("latin-1")})
    assert re.fullmatch(r"[0-9a-f]{32}", named.headers["X-Request-Id"])


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/sparql?query=ASK{}", "/contracts"])
def test_every_answer_has_its_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, headers={"Accept": "text/html"}).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Strict-Transport-Security" not in headers


def test_hsts_is_sent_over_https_only_where_it_is_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_HSTS", "max-age=31536000")
    for url, sent in (("http://localhost", False), ("https://localhost", True)):
        answer = client.get("/healthz", base_url=url)
        assert ("Strict-Transport-Security" in answer.headers) is sent


def test_a_browser_may_ask_from_elsewhere(client: FlaskClient) -> None:
    answer = client.options("/validate", headers={"Origin": "https://example.org"})
    assert answer.status_code in (200, 204)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_who_asks_too_often_waits_and_the_others_do_not() -> None:
    client = create_app({"RATE_LIMIT": 5, "REQUEST_LOG": "off"}).test_client()

    def ask(address: str, path: str = "/robots.txt") -> int:
        answer = client.get(path, environ_base={"REMOTE_ADDR": address})
        if answer.status_code == 429:
            assert answer.mimetype == "application/problem+json"
            assert 1 <= int(answer.headers["Retry-After"]) <= 60
        return answer.status_code

    assert [ask(CALLER) for _ in range(7)] == [200] * 5 + [429] * 2
    assert ask(CALLER, "/healthz") == 200
    assert ask("203.0.113.78") == 200
    assert [ask("127.0.0.1") for _ in range(9)] == [200] * 9
    assert [ask(f"2001:db8::{n}") for n in range(6)] == [200] * 5 + [429]


def test_a_client_may_ask_again_in_time_and_who_is_away_is_forgotten() -> None:
    table = ClientTable(60)
    assert [table.wait("a", 1000.0) for _ in range(60)] == [0] * 60
    assert table.wait("a", 1000.0) == pytest.approx(1)
    assert table.wait("a", 1001.1) == 0
    assert table.wait("a", 1001.1) > 0
    for n in range(200_000):
        table.wait(str(n), 1002.0)
    assert table.wait("a", 1002.0) == 0


def test_processes_count_together_what_a_client_asks_for() -> None:
    table = ClientTable(40)
    child = os.fork()
    if child == 0:
        for _ in range(25):
            table.wait("a", 1000.0)
        os._exit(0)
    os.waitpid(child, 0)
    assert [table.wait("a", 1000.0) == 0 for _ in range(16)] == [True] * 15 + [False]


def test_a_client_behind_a_local_proxy_that_is_not_declared_has_its_limit_too() -> None:
    client = create_app({"RATE_LIMIT": 2, "REQUEST_LOG": "off"}).test_client()

    def ask(**headers: str) -> int:
        return client.get("/robots.txt", headers=headers).status_code

    first = {"X-Forwarded-For": "10.0.0.1, 203.0.113.80"}
    assert [ask(**first) for _ in range(3)] == [200, 200, 429]
    assert ask(**{"X-Forwarded-For": "203.0.113.81"}) == 200
    assert [ask(Forwarded="for=203.0.113.80") for _ in range(3)] == [200, 200, 429]
    assert [ask() for _ in range(5)] == [200] * 5


def test_without_an_address_set_host_decides_for_its_client_only(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = "http://evil.example"
    paths = ("/catalog.ttl", "/sitemap.xml", "/id/contract/mpgp", "/id/contract/mpgp.html")
    for path in paths:
        answer = client.get(path, base_url=evil)
        assert answer.headers["Cache-Control"].startswith("private")
    assert client.get("/id//contract/mpgp", base_url=evil).headers["Location"].startswith("/id/")
    monkeypatch.setenv("MONTAGES_BASE_URL", "https://montages.example/graph/")
    for path in paths:
        answer = client.get(path, base_url=evil)
        assert answer.headers["Cache-Control"].startswith("public")
        assert "evil.example" not in answer.text + str(answer.headers)
    answer = client.get("/id//contract/mpgp?lang=en", base_url=evil)
    where = "https://montages.example/graph/id/contract/mpgp?lang=en"
    assert (answer.status_code, answer.headers["Location"]) == (308, where)


def test_figures_are_for_who_has_the_token_where_one_is_set(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret-é")
    for sent in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Basic s3cret"}):
        answer = client.get("/metrics", headers=sent)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    monkeypatch.setenv("MONTAGES_METRICS_TOKEN", "s3cret")
    assert client.get("/metrics", headers={"Authorization": "Bearer s3cret"}).status_code == 200


def test_a_proxy_is_believed_only_where_it_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONTAGES_TRUSTED_PROXIES", "1")
    client = create_app({"RATE_LIMIT": 1, "REQUEST_LOG": "off"}).test_client()
    sent = {"X-Forwarded-For": CALLER, "X-Forwarded-Proto": "https"}
    assert [client.get("/robots.txt", headers=sent).status_code for _ in range(2)] == [200, 429]
    sent |= {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "montages.example"}
    answer = client.get("/robots.txt", headers=sent)
    assert "https://montages.example/sitemap.xml" in answer.text


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start the service as a user does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from montages.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port)]
    env = {**os.environ, "MONTAGES_MAX_BYTES": "100000"}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=env) as process:
        try:
            for _ in range(300):
                try:
                    socket.create_connection(("127.0.0.1", port), 5).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield process, port
        finally:
            if process.poll() is None:
                process.kill()


@pytest.mark.slow
def test_a_chunked_body_over_the_limit_is_refused_by_the_running_service(
    served: tuple[subprocess.Popen[bytes], int],
) -> None:
    _, port = served
    for size, status in ((50_000, 200), (150_000, 413)):
        body = (SAMPLE + "#" * size).encode()
        pieces = [body[at : at + 5000] for at in range(0, len(body), 5000)]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request(
                "POST", "/check", iter(pieces), {"Content-Type": YAML}, encode_chunked=True
            )
            with connection.getresponse() as answer:
                assert (answer.status, len(answer.read()) > 100) == (status, True)


def test_what_would_stop_the_service_is_told_before_it_starts(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a> <b> <c> .\nbad bad\n", encoding="utf-8")
    told = run("serve", "--data", bad)
    # Lines break where the screen ends, within a long path too.
    assert (told.code, f"{bad}:2:1" in "".join(told.err.split())) == (2, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run("serve", "--port", str(port))
    assert (told.code, f"127.0.0.1:{port}" in told.err, "--port" in told.err) == (2, True, True)
    told = run("serve", env={"MONTAGES_QUERY_QUEUE": "44"})
    assert (told.code, "MONTAGES_THREADS" in told.err, "90" in told.err) == (2, True, True)


@pytest.mark.slow
def test_any_process_tells_the_figures_of_all(served: tuple[subprocess.Popen[bytes], int]) -> None:
    def get(path: str) -> str:
        with closing(http.client.HTTPConnection("127.0.0.1", served[1], timeout=60)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    series = 'montages_requests_total{method="GET",route="/healthz",status="200"}'
    for _ in range(40):
        get("/healthz")
    found = [re.search(re.escape(series) + r" ([\d.]+)", get("/metrics")) for _ in range(10)]
    assert [float(one[1]) for one in found if one] == [40.0] * 10


@pytest.mark.slow
def test_a_stop_lets_requests_end(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = served
    names = [f"p{n}" for n in range(150)]
    layer = {"layer": "objects", "mode": "own", "perimeter": names}
    said = {"project": "x", "holder": "Commune", "perimeters": {n: {} for n in names}}
    body, statuses = json.dumps({**said, "layers": [layer]}), list[int]()

    def ask() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("POST", "/assess", body, {"Content-Type": "application/json"})
            with connection.getresponse() as answer:
                answer.read()
                statuses.append(answer.status)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.4)
    process.send_signal(signal.SIGTERM)
    thread.join(60)
    assert statuses == [200]
    assert process.wait(60) == 0
