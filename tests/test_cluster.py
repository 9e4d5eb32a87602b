"""A batch on a real Dask cluster, one worker of which dies: complete, without duplicates, the same bytes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import batches
from batches import OPTIONS
from commands import run
from pace import PATIENCE, until

PROJECTS, BEFORE = 2_400, 300


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    """Give a list of processes, each ended with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def start(processes: list[subprocess.Popen[str]], log: Path, *args: str) -> subprocess.Popen[str]:
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + args[0], *args[1:]],
            stdout=file, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
    processes.append(process)
    return process


def told(log: Path, pattern: str) -> str:
    """Return what a pattern finds in a log, waiting for it."""
    until(lambda: re.search(pattern, log.read_text()))
    found = re.search(pattern, log.read_text())
    assert found
    return found[1]


@pytest.mark.slow
def test_a_worker_that_dies_costs_nothing_but_time(
    tmp_path: Path, processes: list[subprocess.Popen[str]]
) -> None:
    log = tmp_path / "scheduler.log"
    start(processes, log, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    address = told(log, r"Scheduler at: +(tcp://127\.0\.0\.1:\d+)")
    workers = []
    for n in range(2):
        log = tmp_path / f"{n}.log"
        options = (
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path),
        )
        workers.append(start(processes, log, "dask_worker", address, *options))
        told(log, r"(Registered to)")

    source = batches.write(tmp_path, "a.jsonl", batches.json_lines(batches.trees(PROJECTS)) + "{\n")
    out, journal = tmp_path / "cluster.jsonl", tmp_path / "cluster.jsonl.progress"
    code = "from montages.cli import main; main()"
    args = [sys.executable, "-c", code, "batch", source, "-o", str(out), *OPTIONS]
    with subprocess.Popen(
        [*args, "--scheduler", address, "--lang", "fr"], stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None:
            if (
                journal.exists()
                and json.loads(journal.read_text())["progress"]["projects"] >= BEFORE
            ):
                os.killpg(workers[0].pid, signal.SIGKILL)
                break
            time.sleep(0.02)
        assert process.poll() is None, "the batch ended before a worker could be killed"
        _, said = process.communicate(timeout=PATIENCE)
    assert workers[0].wait() == -signal.SIGKILL
    assert process.returncode == 1, said
    assert f"{PROJECTS} projets" in said

    alone = tmp_path / "alone.jsonl"
    assert run("batch", source, "-o", str(alone), *OPTIONS, "--workers", "1").code == 1
    assert out.read_bytes() == alone.read_bytes()
    assert len(set(out.read_bytes().splitlines())) == PROJECTS + 1


@pytest.mark.slow  # the library takes seconds to load, and others to give up
def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    path = batches.write(tmp_path, "a.jsonl", "{}\n")
    ran = run("batch", path, "-o", str(tmp_path / "o.jsonl"), "--scheduler", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert "tcp://127.0.0.1:9" in ran.err
