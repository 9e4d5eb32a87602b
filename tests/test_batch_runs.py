"""How `montages batch` runs: after a crash, on workers, as a stream; nothing is lost or written twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import batches
from batches import DAY, OPTIONS, answers, batch, lines, with_faults
from commands import run
from montages.batch import assess_records, executors, input_files, output_files
from montages.batch.assess_records import JobOptions
from montages.batch.chunk_result import ChunkResult
from montages.batch.executors import AHEAD, ordered_results
from montages.batch.output_files import BatchProgress
from montages.batch.records import Record
from montages.batch.run_batch import Batch
from montages.bilingual import Text
from montages.errors import BrokenKnowledge

# How many projects the batch has that is killed, and how many are done before; one in `EVERY` is malformed.
KILLED, BEFORE = 2_400, 600
MALFORMED, EVERY = 400, 100


def command(source: str, out: Path, *more: str) -> list[str]:
    start = "from montages.cli import main; main()"
    return [sys.executable, "-c", start, "batch", source, "-o", str(out), *OPTIONS, *more]


def kill_after(source: str, out: Path, projects: int, *more: str) -> None:
    """Start a batch and kill it without warning once its journal tells of some projects."""
    journal = out.with_name(out.name + ".progress")
    with subprocess.Popen(command(source, out, *more)) as process:
        while process.poll() is None:
            if (
                journal.exists()
                and json.loads(journal.read_text())["progress"]["projects"] >= projects
            ):
                break
            time.sleep(0.01)
        assert process.poll() is None, "the batch ended before it could be killed"
        process.kill()
    progress = json.loads(journal.read_text())["progress"]
    assert projects <= progress["projects"] < KILLED


@pytest.mark.slow
def test_a_killed_batch_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    source = batches.write(tmp_path, "a.jsonl", batches.json_lines(batches.trees(KILLED)))
    out = tmp_path / "o.jsonl"
    kill_after(source, out, BEFORE, "--workers", "2")
    with out.open("ab") as file:  # what was on its way when the machine stopped
        file.write(b'{"half a line')
    refused = run("batch", source, "-o", str(out), *OPTIONS, "--anyway")
    assert refused.code == 2
    assert "options" in refused.err
    assert "--overwrite" in refused.err
    again = subprocess.run(
        command(source, out, "--workers", "2", "--lang", "fr"), capture_output=True, text=True
    )
    assert again.returncode == 0, again.stderr
    assert f"{KILLED} projets" in again.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "o.jsonl"}
    whole = tmp_path / "whole.jsonl"
    subprocess.run(command(source, whole, "--quiet"), check=True)
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["jsonl", "nq"])
def test_two_workers_write_the_bytes_of_one(tmp_path: Path, form: str) -> None:
    text, _ = with_faults(batches.trees(MALFORMED), EVERY)
    path, outputs = batches.write(tmp_path, "a.jsonl", text), []
    for workers in ("1", "2"):
        out = tmp_path / f"{workers}.{form}"
        result = subprocess.run(
            command(path, out, "--workers", workers, "--quiet"), capture_output=True
        )
        assert (result.returncode, result.stdout, result.stderr) == (1, b"", b"")
        errors = tmp_path / f"{out.name}.errors.jsonl"
        outputs.append((out.read_bytes(), errors.read_bytes() if errors.exists() else b""))
    assert outputs[0] == outputs[1]


def test_standard_input_and_output_are_streams() -> None:
    start = "from montages.cli import main; main()"
    args = [
        sys.executable,
        "-c",
        start,
        "batch",
        "-",
        "-o",
        "-",
        "--as-of",
        DAY,
        "--quiet",
        "--workers",
        "1",
    ]
    text = batches.json_lines(batches.trees(1)).encode()
    result = subprocess.run(args, input=text, capture_output=True)
    assert (result.returncode, result.stdout) == (0, answers(1)[0])


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_no_more_is_read_than_the_window_holds(workers: int) -> None:
    read = most = 0

    def endless() -> Iterator[Record]:
        nonlocal read
        for n in range(20_000):
            read += 1
            yield Record("f", n + 1, b"x", "json", 1)

    futures: list[tuple[Future[ChunkResult], int]] = []

    def submit(chunk: tuple[Record, ...]) -> Future[ChunkResult]:
        future: Future[ChunkResult] = Future()
        futures.append((future, len(chunk)))
        if len(futures) == AHEAD * workers or workers == 1:  # the last is done first
            for waiting, size in reversed(futures):
                waiting.set_result(ChunkResult("", size, size, seconds=1.0))
            futures.clear()
        return future

    done = 0
    for part in ordered_results(submit, workers, endless()):
        done += part.records
        most = max(most, read - done)
        if read >= 10_000:
            break
    assert done >= 9_000
    assert most <= AHEAD * workers


def test_a_dead_worker_stops_the_batch_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures.process import BrokenProcessPool

    def dies(*_: Any) -> Future[Any]:
        raise BrokenProcessPool("died")

    monkeypatch.setattr(executors.InProcessExecutor, "submit", dies)
    path = batches.write(tmp_path, "a.jsonl", "{}\n")
    result = batch(path, "-o", tmp_path / "o.jsonl")
    assert result.code == 2
    assert "--workers 1" in result.err
    assert (tmp_path / "o.jsonl.progress").exists()


def test_a_batch_goes_on_under_the_law_of_the_day_it_began(tmp_path: Path) -> None:
    path, out = (
        batches.write(tmp_path, "a.jsonl", batches.json_lines(batches.trees(1))),
        tmp_path / "o.jsonl",
    )
    options = JobOptions("fast", date(2026, 6, 1), "fr", "jsonl")
    plan = input_files.plan([Path(path)], None, [out])

    def interrupted(_: BatchProgress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Batch(plan, options, out).run(executors.this_process, interrupted)
    later = replace(options, as_of=date(2026, 6, 2))
    Batch(plan, later, out).run(executors.this_process, lambda _: None)
    assert [line["as_of"] for line in lines(out)] == ["2026-06-01"]


def test_a_fault_of_our_own_data_stops_the_batch_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: JobOptions) -> str:
        raise BrokenKnowledge(Text("La règle x est fautive.", "Rule x is at fault."))

    monkeypatch.setattr(assess_records, "prepare", broken)
    result = batch(batches.write(tmp_path, "a.jsonl", "{}\n"), "-o", tmp_path / "o.jsonl")
    assert (result.code, "La règle x est fautive." in result.err) == (2, True)


def test_an_output_in_use_is_left_alone(tmp_path: Path) -> None:
    path, out = batches.write(tmp_path, "a.jsonl", "{}\n"), tmp_path / "o.jsonl"
    with output_files.open_files({"answers": out}, None).answers as file:
        file.write(b"mine")
        file.flush()
        assert batch(path, "-o", out, "--overwrite").code == 2
    assert out.read_bytes() == b"mine"


@pytest.mark.slow
def test_a_full_disk_is_told_and_the_batch_goes_on_once_there_is_room(tmp_path: Path) -> None:
    source, out = (
        batches.write(tmp_path, "a.jsonl", batches.json_lines(batches.trees(300))),
        tmp_path / "out.jsonl",
    )
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
        "from montages.cli import main; main()"
    )
    command = ["batch", source, "-o", str(out), *OPTIONS, "--workers", "1", "--quiet"]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, env=env
    )
    assert ran.returncode == 2
    assert "Faites de la place" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert batch(source, "-o", out).code == 0
    assert len(lines(out)) == 300


def test_an_edit_that_keeps_size_and_time_is_noticed(tmp_path: Path) -> None:
    source = Path(batches.write(tmp_path, "a.jsonl", batches.json_lines(batches.trees(5))))
    before, stat = input_files.plan([source], None, []), source.stat()
    source.write_bytes(source.read_bytes().swapcase())
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert source.stat().st_size == stat.st_size
    assert input_files.plan([source], None, []).fingerprint != before.fingerprint
