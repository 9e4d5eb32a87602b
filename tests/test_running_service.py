"""The service as a user starts it: told when it answers and what stops it, shared, stopped gently (O1)."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from commands import run
from montages.web.validation.samples import SAMPLE
from pace import MARGIN, PATIENCE, tell_if_long, until

_HELD = psutil.CONN_ESTABLISHED


PROJECT = b"project: Exemple\nholder: Commune\nlayers: [{layer: objects, mode: own}]\n"
# One door of each kind.
DOORS: tuple[tuple[str, bytes | None], ...] = (
    ("/readyz", None),
    ("/healthz", None),
    ("/", None),
    ("/id/contract/mpgp.ttl", None),
    ("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", None),
    ("/assess", PROJECT),
)
ORDINARY = 2.0  # seconds in which each answers the first time, on a quiet machine


class Service(NamedTuple):
    """The service at work, its port, that of its figures, and what it told of its start.

    `late`: the seconds between its first answer and the message that it answers.
    """

    process: subprocess.Popen[bytes]
    port: int
    figures: int
    told: str
    late: float


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Start the service as a user does."""
    told = tmp_path_factory.mktemp("service") / "told"
    with socket.socket() as free, socket.socket() as other:
        free.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        port, figures = free.getsockname()[1], other.getsockname()[1]
    code = "from montages.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port), "--lang", "en"]
    command += ["--metrics-bind", f"127.0.0.1:{figures}"]
    env = {**os.environ, "MONTAGES_MAX_BYTES": "100000"}
    with told.open("wb") as file, subprocess.Popen(command, stderr=file, env=env) as process:
        try:
            moments = _ready(port, told)
            late = abs(moments["ready"] - moments["told"])
            yield Service(process, port, figures, told.read_text(), late)
        finally:
            if process.poll() is None:
                process.kill()


def status_of(port: int, path: str, body: bytes | None = None) -> int:
    """Return the status that is answered; 0 where nobody listens."""
    method, headers = ("POST", {"Content-Type": "application/yaml"}) if body else ("GET", {})
    with (
        suppress(OSError),
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection,
    ):
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    return 0


def _ready(port: int, told: Path) -> dict[str, float]:
    """Return when the service answered that it is ready, and when it was told that it is."""
    moments = dict[str, float]()

    def both() -> bool:
        if status_of(port, "/readyz") == 200:
            moments.setdefault("ready", time.monotonic())
        if f"Ready: http://127.0.0.1:{port} " in told.read_text():
            moments.setdefault("told", time.monotonic())
        return len(moments) == 2

    until(both)
    return moments


@pytest.mark.slow
def test_the_message_comes_once_the_service_is_ready_and_every_door_answers_then(
    served: Service,
) -> None:
    # Both are asked in turn: what comes out last is at most a pause and an answer behind.
    tell_if_long(served.late, MARGIN)
    for path, body in DOORS:
        start = time.monotonic()
        assert status_of(served.port, path, body) == 200, path
        tell_if_long(time.monotonic() - start, MARGIN * ORDINARY, path)
    assert "Traceback" not in served.told


@pytest.mark.slow
def test_a_chunked_body_over_the_limit_is_refused_by_the_running_service(served: Service) -> None:
    for size, status in ((50_000, 200), (150_000, 413)):
        body = (SAMPLE + "#" * size).encode()
        pieces = [body[at : at + 5000] for at in range(0, len(body), 5000)]
        with closing(
            http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
        ) as connection:
            connection.request(
                "POST",
                "/check",
                iter(pieces),
                {"Content-Type": "application/yaml"},
                encode_chunked=True,
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
        for options in (("--port", port), ("--port", 0, "--metrics-bind", f"127.0.0.1:{port}")):
            told = run("serve", *map(str, options))
            shown = f"127.0.0.1:{port}" in told.err, str(options[-2]) in told.err
            assert (told.code, *shown) == (2, True, True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address in ("9100", "127.0.0.1:70000", f"127.0.0.1:{port}", "a b:1"):
        told = run("serve", "--port", str(port), env={"MONTAGES_METRICS_BIND": address})
        assert (told.code, "127.0.0.1:9100" in told.err) == (2, True)
    told = run("serve", env={"MONTAGES_QUERY_QUEUE": "44"})
    assert (told.code, "MONTAGES_THREADS" in told.err, "102" in told.err) == (2, True, True)


@pytest.mark.slow
def test_any_process_tells_the_figures_of_all(served: Service) -> None:
    def get(path: str, port: int = served.port) -> str:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    series = 'montages_requests_total{method="GET",route="/healthz",status="200"}'

    def counted() -> float:
        number = re.search(re.escape(series) + r" ([\d.]+)", get("/metrics", served.figures))
        return float(number[1]) if number else 0.0

    before = counted()
    for _ in range(40):
        get("/healthz")
    assert [counted() for _ in range(10)] == [before + 40] * 10
    assert '"status":404' in get("/metrics").replace(" ", "")
    assert '"status":404' in get("/healthz", served.figures).replace(" ", "")


@pytest.mark.slow
def test_processes_share_the_connections_that_come_at_once(served: Service) -> None:
    def shares() -> list[int]:
        """Return how many of 32 connections made at once each process holds."""
        with ExitStack() as stack:
            for _ in range(32):
                link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
                stack.enter_context(closing(link)).connect()
            time.sleep(0.5)
            everyone = psutil.Process(served.process.pid).children()
            links = [one.net_connections("tcp") for one in everyone]
        held = [sum((b.status, b.laddr.port) == (_HELD, served.port) for b in a) for a in links]
        return sorted(filter(None, held))

    def even() -> bool:
        held = shares()
        return (sum(held), len(held)) == (32, processes) and held[-1] - held[0] <= 4

    processes = len(os.sched_getaffinity(0))
    until(even)  # they start one after the other, and a busy machine keeps one waiting


@pytest.mark.slow
def test_a_stop_lets_requests_end(served: Service) -> None:
    process, port = served.process, served.port
    names = [f"p{n}" for n in range(150)]
    layer = {"layer": "objects", "mode": "own", "perimeter": names}
    said = {"project": "x", "holder": "Commune", "perimeters": {n: {} for n in names}}
    body, statuses = json.dumps({**said, "layers": [layer]}), list[int]()

    def ask() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            connection.request("POST", "/assess", body, {"Content-Type": "application/json"})
            with connection.getresponse() as answer:
                answer.read()
                statuses.append(answer.status)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.4)
    process.send_signal(signal.SIGTERM)
    thread.join(PATIENCE)
    assert statuses == [200]
    assert process.wait(PATIENCE) == 0
