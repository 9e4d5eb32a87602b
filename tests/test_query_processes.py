"""The processes of queries: one that ends is replaced, whoever ended it, and none stays behind (S4)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from montages.errors import EngineFault, QueryInterrupted, QueryTimeout, QueryTooDeep, QueryTooLarge
from montages.processes.worker_connection import WorkerEnd
from montages.store.sparql.query_errors import Limits, process_ended
from montages.store.sparql.query_pool import Pool
from pace import PATIENCE
from query_pools import ENDLESS, GREEDY, ask, fork_server, new_pool, opened_pool, timed

pool = pytest.fixture(opened_pool, scope="module")


def test_memory_comes_back_and_no_process_stays_behind(pool: Pool) -> None:
    ask(pool, "ASK {}")
    server = fork_server(pool)
    before = held(server)
    for query in (ENDLESS, GREEDY, GREEDY):
        timed(pool, query)
    ask(pool, "ASK {}")
    after = held(server)
    assert len(server.children()) <= 3
    assert after - before < 20 << 20


def held(server: psutil.Process) -> int:
    """Return the bytes that the processes of a pool hold, each its own."""
    total = 0
    for process in [server, *server.children()]:
        try:
            total += process.memory_full_info().uss
        except psutil.NoSuchProcess:
            continue
    return total


def test_why_a_process_ended_is_told() -> None:
    pool = new_pool(seconds=9.5)
    ask(pool, "ASK {}")
    for number, kind in ((signal.SIGABRT, EngineFault), (signal.SIGSEGV, QueryTooDeep)):
        with ThreadPoolExecutor(1) as clients:
            running = clients.submit(timed, pool, ENDLESS)
            time.sleep(0.3)
            for child in fork_server(pool).children():
                child.send_signal(number)
            assert isinstance(running.result()[1], kind)
        assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        (signal.SIGALRM, "", QueryTimeout),
        (signal.SIGABRT, "memory allocation of 9 bytes failed", QueryTooLarge),
        (signal.SIGABRT, "", EngineFault),
        (signal.SIGSEGV, "", QueryTooDeep),
        (0, "Traceback", EngineFault),
        (signal.SIGKILL, "", QueryInterrupted),
    ],
)
def test_a_signal_is_no_proof_of_memory(number: int, words: str, kind: type[Exception]) -> None:
    assert type(process_ended(WorkerEnd(number, words), Limits(1, 1, 1, 1))) is kind


@pytest.mark.slow
def test_a_query_that_another_killed_is_tried_once_more() -> None:
    pool = new_pool(seconds=3.5)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(1) as clients:
        running = clients.submit(timed, pool, ENDLESS)
        time.sleep(0.3)
        for child in fork_server(pool).children():
            child.kill()
        assert isinstance(running.result()[1], QueryTimeout)
    pool.close()


def test_a_process_that_dies_idle_is_replaced_unseen(pool: Pool) -> None:
    ask(pool, "ASK {}")
    for child in fork_server(pool).children():
        child.kill()
    time.sleep(0.05)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


@pytest.mark.slow(seconds=17)
def test_a_process_that_nobody_asks_ends_and_is_replaced_unseen(pool: Pool) -> None:
    ask(pool, "ASK {}")
    assert psutil.wait_procs(fork_server(pool).children(), 60)[1] == []
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


def test_a_fork_server_that_dies_is_replaced_unseen() -> None:
    pool = new_pool(seconds=0.3)  # a start, which takes longer, is not on the time of a query
    ask(pool, "ASK {}")
    server = fork_server(pool)
    for process in [*server.children(), server]:
        process.kill()
    server.wait(20)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()


def test_closing_leaves_no_process(capfd: pytest.CaptureFixture[str]) -> None:
    pool = new_pool(seconds=3.125)
    ask(pool, "ASK {}")
    server = fork_server(pool)
    everyone = [server, *server.children()]
    assert len(everyone) == 2
    pool.close()
    assert psutil.wait_procs(everyone, timeout=PATIENCE)[1] == []
    assert capfd.readouterr().err == ""


LATE = """
import os, socket, sys
from montages.processes.fork_loop import Confinement, fork_at_each_demand
from montages.processes.worker_connection import packed

def begin(head, body):
    print("begun", flush=True)
    return head, body

(ours, theirs), (client, connection) = socket.socketpair(), socket.socketpair()
client.sendall(packed({"seconds": 9, "wall": 9, "last": True}, b""))
if sys.argv[1] == "leaves":
    client.close()
ends, their_end = os.pipe()
socket.send_fds(ours, [b"+"], [connection.fileno(), their_end])
ours.shutdown(socket.SHUT_WR)
fork_at_each_demand(theirs, begin, Confinement(64, None))
os.read(ends, 99)
"""


@pytest.mark.parametrize(("client", "output"), [("leaves", ""), ("waits", "begun\n")])
def test_a_request_whose_client_left_before_it_was_read_is_not_begun(
    client: str, output: str
) -> None:
    command = [sys.executable, "-c", LATE, client]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.stdout, done.stderr) == (output, "")


OWNER = """
import sys, threading, time
sys.path.insert(0, {tests!r})
from query_pools import ENDLESS, ask, fork_server, new_pool, timed
pool = new_pool(seconds=1.5)
ask(pool, "ASK {{}}")
threading.Thread(target=timed, args=(pool, ENDLESS), daemon=True).start()
time.sleep(0.2)
server = fork_server(pool)
print(server.pid, *[child.pid for child in server.children()], flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_nothing_outlives_a_service_that_is_killed() -> None:
    code = OWNER.format(tests=str(Path(__file__).parent / "support"))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        everyone = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
        assert len(everyone) >= 2
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
    assert psutil.wait_procs(everyone, timeout=PATIENCE)[1] == []


@pytest.mark.slow
def test_the_answer_is_the_same_from_every_process_and_after_a_restart() -> None:
    bodies = set()
    for seconds in (4.25, 4.5):
        pool = new_pool(seconds=seconds)
        bodies |= {ask(pool, "SELECT * { ?s ?p ?o } LIMIT 100").body for _ in range(3)}
        pool.close()
    assert len(bodies) == 1
