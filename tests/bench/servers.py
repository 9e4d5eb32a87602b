"""Servers on loopback, started for a measurement and stopped after it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
MONTAGES = str(Path(sys.executable).with_name("montages"))
# The programs of others that answer the same questions: `make bench` installs them apart.
PEERS = Path(__file__).parents[2] / "build" / "peers" / "bin"
_PATIENCE = 600  # seconds


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
        assert isinstance(port, int)
        return port


@contextmanager
def running(
    command: Sequence[str | Path], port: int, ready: str, env: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """Run a server until the block ends; give its address and its process once `ready` answers."""
    process = subprocess.Popen(
        list(map(str, command)),
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    base = f"http://{HOST}:{port}"
    try:
        _await(base + ready, process)
        yield base, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def serving(
    command: Sequence[str | Path], port: int, ready: str, env: Mapping[str, str]
) -> Iterator[str]:
    """Run a server until the block ends; give its address once `ready` answers."""
    with running(command, port, ready, env) as (base, _):
        yield base


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310  # loopback
                if answer.status < 500:
                    return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(url)


@contextmanager
def montages_process(env: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Serve Montages as `make serve` does; give its address and its process."""
    port = free_port()
    command = [MONTAGES, "serve", "--port", str(port)]
    with running(command, port, "/readyz", env) as server:
        yield server


@contextmanager
def montages(env: Mapping[str, str]) -> Iterator[str]:
    """Serve Montages as `make serve` does."""
    with montages_process(env) as (base, _):
        yield base


@contextmanager
def oxigraph(data: Path, folder: Path, env: Mapping[str, str]) -> Iterator[str]:
    """Serve N-Quads by the Oxigraph server."""
    port, program = free_port(), PEERS / "oxigraph"
    store = folder / "oxigraph"
    subprocess.run(
        [program, "load", "--location", store, "--file", data], check=True, capture_output=True
    )
    command: list[str | Path] = [
        program,
        "serve-read-only",
        "--location",
        store,
        "--bind",
        f"{HOST}:{port}",
    ]
    with serving(command, port, "/query?query=ASK%7B%7D", env) as base:
        yield base + "/query"


@contextmanager
def rdflib_endpoint(data: Path, env: Mapping[str, str]) -> Iterator[str]:
    """Serve N-Quads by rdflib-endpoint."""
    port = free_port()
    command: list[str | Path] = [
        PEERS / "rdflib-endpoint",
        "serve",
        "--host",
        HOST,
        "--port",
        str(port),
        data,
    ]
    with serving(command, port, "/?query=ASK%7B%7D", env) as base:
        yield base + "/"


@contextmanager
def bare_flask(env: Mapping[str, str]) -> Iterator[str]:
    """Serve one Flask route that answers 304 and does nothing else, as Montages is served."""
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("bare_flask.py")), str(port)]
    with serving(command, port, "/", env) as base:
        yield base
