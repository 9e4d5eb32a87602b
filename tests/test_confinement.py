"""A process that answers queries calls nobody, starts nothing and writes nothing, whatever it runs (S3)."""

from __future__ import annotations

import errno
import json
import os
import platform
import struct
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import pytest

import confined_queries
from confined_queries import LIMITS, TRIPLE
from crafted_calls import Listener
from montages.processes import system_calls
from montages.processes.fork_loop import CONFINED, LOADED
from montages.processes.system_calls import refuse_system_calls
from montages.processes.worker_pool import PoolSize
from montages.store.sparql.query_pool import Pool
from query_pools import ask

TRIES = """
import json, os, socket, subprocess, sys
from montages.processes.system_calls import refuse_system_calls
folder, url = sys.argv[1], sys.argv[2]
port = int(url.rstrip("/").rpartition(":")[2])
ours, theirs = socket.socketpair()
os.chdir(folder)
if not refuse_system_calls(connections="connections" in sys.argv):
    sys.exit(print("{}"))
tries = {
    "speak to who asked": lambda: (ours.sendall(b"+"), theirs.recv(1)),
    "read a file": lambda: open("there").read(),
    "list a folder": lambda: os.listdir("."),
    "fork": lambda: os.waitpid(os.fork() or os._exit(0), 0),
    "open a connection": lambda: socket.create_connection(("127.0.0.1", port), 5),
    "send a datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"+", ("127.0.0.1", port)),
    "speak to this machine": lambda: socket.socket(socket.AF_UNIX).connect("/run/x"),
    "start a program": lambda: subprocess.run([sys.executable, "-c", ""]),
    "become a program": lambda: os.execv("/bin/true", ["true"]),
    "write a file": lambda: open("there", "w"),
    "append to a file": lambda: open("there", "a"),
    "make a file": lambda: os.open("new", os.O_CREAT),
    "empty a file": lambda: os.truncate("there", 0),
    "rename a file": lambda: os.rename("there", "elsewhere"),
    "remove a file": lambda: os.unlink("there"),
    "make a folder": lambda: os.mkdir("folder"),
    "link a file": lambda: os.symlink("there", "link"),
}
outcome = {}
for name, attempt in tries.items():
    try:
        attempt()
        outcome[name] = "done"
    except OSError as error:
        outcome[name] = type(error).__name__
print(json.dumps(outcome), flush=True)
"""
ALLOWED = {"speak to who asked", "read a file", "list a folder", "fork"}
CONNECTIONS = {"open a connection", "send a datagram", "speak to this machine"}


def tries(*arguments: str) -> dict[str, str]:
    """Return what became of each attempt of a confined process; skips where the kernel has no filter."""
    command = [sys.executable, "-c", TRIES, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    if not (outcome := json.loads(run.stdout)):
        pytest.skip("The kernel of this machine filters no system calls (seccomp).")
    return outcome


def test_a_confined_process_reads_and_answers_and_can_do_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("there", encoding="utf-8")
    listener = Listener()
    outcome = tries(str(tmp_path), listener.url)
    assert {name for name, became in outcome.items() if became == "done"} == ALLOWED
    assert {outcome[name] for name in set(outcome) - ALLOWED} == {"PermissionError"}
    assert listener.calls == 0
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert (tmp_path / "there").read_text(encoding="utf-8") == "there"


def test_where_service_is_allowed_connections_are_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("there", encoding="utf-8")
    listener = Listener()
    outcome = tries(str(tmp_path), listener.url, "connections")
    assert outcome["open a connection"] == outcome["send a datagram"] == "done"
    others = set(outcome) - ALLOWED - CONNECTIONS
    assert {outcome[name] for name in others} == {"PermissionError"}


@pytest.mark.parametrize(
    ("machine", "call", "flags", "answer"),
    [
        ("x86_64", 0, 0, 0),  # read
        ("x86_64", 41, 0, errno.EPERM),  # socket
        ("x86_64", 41 | 0x40000000, 0, errno.ENOSYS),  # the same by its number of x32
        ("x86_64", 257, os.O_RDONLY, 0),  # openat
        ("x86_64", 257, os.O_WRONLY | os.O_APPEND, errno.EPERM),
        ("x86_64", 59, 0, errno.EPERM),  # execve
        ("x86_64", 425, 0, errno.ENOSYS),  # io_uring_setup
        ("aarch64", 63, 0, 0),  # read
        ("aarch64", 198, 0, errno.EPERM),  # socket
        ("aarch64", 203, 0, errno.EPERM),  # connect
        ("aarch64", 56, os.O_RDONLY, 0),  # openat
        ("aarch64", 56, os.O_RDWR, errno.EPERM),
        ("aarch64", 221, 0, errno.EPERM),  # execve
        ("aarch64", 41, 0, 0),  # pivot_root there, socket elsewhere
    ],
)
def test_the_filter_of_each_machine_knows_its_numbers(
    machine: str, call: int, flags: int, answer: int
) -> None:
    assert decided(machine, machine, call, flags) == (0x50000 | answer if answer else 0x7FFF0000)


def test_a_call_of_another_architecture_ends_the_process() -> None:
    assert decided("x86_64", "aarch64", 0, 0) == decided("aarch64", "x86_64", 0, 0) == 0x80000000


def decided(machine: str, caller: str, call: int, flags: int) -> int:
    """Return what the filter of a machine decides of a call, as the kernel would run it."""
    code = list(struct.iter_unpack("=HBBI", system_calls._filter(machine, connections=False)))
    words = {0: call, 4: system_calls._AUDIT_ARCH[caller], 32: flags}
    at = value = 0
    while True:
        kind, if_so, if_not, word = code[at]
        at += 1
        if kind == 0x06:
            return int(word)
        if kind == 0x20:
            value = words[word]
        else:
            met = {0x15: value == word, 0x35: value >= word, 0x45: value & word != 0}[kind]
            at += if_so if met else if_not


def test_another_machine_says_that_it_filters_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert not refuse_system_calls(connections=False)


@pytest.fixture
def disk(tmp_path: Path) -> str:
    store = ox.Store(tmp_path / "store")
    store.add(TRIPLE)
    store.flush()
    return str(tmp_path / "store")


def test_what_holds_the_queries_of_a_store_on_disk_is_told(disk: str) -> None:
    store: Any = SimpleNamespace(manifest=SimpleNamespace(digest=""), quads=disk)
    pool = Pool(b"", LIMITS, PoolSize(1, 1, 1.0), store=store)
    assert json.loads(ask(pool, "ASK { ?s ?p 'SERVICE' }").body)["boolean"] is True
    if pool.workers.server.said == CONFINED:
        assert pool.confinement() == "system-calls"
    pool.workers.server.said = LOADED
    assert pool.confinement() == "none"
    pool.close()


@pytest.mark.parametrize(
    "count", [pytest.param(300, marks=pytest.mark.slow), pytest.param(9000, marks=pytest.mark.soak)]
)
@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_no_crafted_text_calls_out_of_a_confined_process(kind: str, count: int, disk: str) -> None:
    listener = Listener()
    outcome = confined(listener.url, str(count), *([disk] if kind == "disk" else []))
    if kind == "disk" and not outcome["filtered"]:
        pytest.skip("The kernel of this machine filters no system calls (seccomp).")
    assert listener.calls == 0
    assert outcome["held"] == 1  # the store could be read all the while
    assert outcome["passed"] < count // 10
    assert (
        outcome["stopped"] > count // 20
    )  # the engine did try, where no check kept the text from it


def confined(*arguments: str) -> dict[str, Any]:
    script = confined_queries.__file__
    # As the service starts: else each thread of the engine reserves memory of its own, and the limit is met.
    env = {**os.environ, "MALLOC_ARENA_MAX": "2"}
    run = subprocess.run(
        [sys.executable, script, *arguments], env=env, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    outcome: dict[str, Any] = json.loads(run.stdout)
    return outcome
