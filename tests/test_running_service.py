"""The service as a user starts it: told what stops it, shared by its processes, and stopped gently (O1)."""

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
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from commands import run
from montages.web.validation.samples import SAMPLE
from pace import PATIENCE, until

_HELD = psutil.CONN_ESTABLISHED


class Service(NamedTuple):
    """The service at work, its port, and that of its figures."""

    process: subprocess.Popen[bytes]
    port: int
    figures: int


@pytest.fixture(scope="module")
def served() -> Iterator[Service]:
    """Start the service as a user does."""
    with socket.socket() as free, socket.socket() as other:
        free.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        port, figures = free.getsockname()[1], other.getsockname()[1]
    code = "from montages.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port)]
    command += ["--metrics-bind", f"127.0.0.1:{figures}"]
    env = {**os.environ, "MONTAGES_MAX_BYTES": "100000"}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=env) as process:
        try:
            until(lambda: listens(port))
            yield Service(process, port, figures)
        finally:
            if process.poll() is None:
                process.kill()


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except OSError:
        return False
    return True


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
    for _ in range(40):
        get("/healthz")
    texts = [get("/metrics", served.figures) for _ in range(10)]
    found = [re.search(re.escape(series) + r" ([\d.]+)", text) for text in texts]
    assert [float(one[1]) for one in found if one] == [40.0] * 10
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
    process, port, _ = served
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
