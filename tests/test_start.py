"""What stops the start of the service is told in one line."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest

from commands import run
from montages.bilingual import Text
from montages.errors import BrokenKnowledge
from montages.store.graph_tables import packed_tables
from montages.store.sparql.query_errors import Limits
from montages.store.sparql.query_pool import Pool
from montages.thread_shares import pool_size
from montages.web import first_start


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


def test_nothing_is_told_of_a_start_that_fails(capfd: pytest.CaptureFixture[str]) -> None:
    script = (
        "import os, time\n"
        "from montages.cli.service_start import watch_start\n"
        f"watch_start('127.0.0.1', {free_port()}, 'en', lambda: print('ready'))\n"
        "time.sleep(0.3)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    time.sleep(0.3)
    assert capfd.readouterr() == ("", "")


def test_a_first_start_says_what_it_does(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_start, "_is_prepared", lambda _: False)
    monkeypatch.setattr(first_start, "_keeps", lambda: False)
    first_start.prepare(date(2026, 12, 1))
    told = "".join(capfd.readouterr())
    assert "Premier démarrage" in told or "The first start" in told


def test_an_address_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]), "--lang", "en")
    assert result.code == 2
    assert re.fullmatch(
        r"✗ The service cannot listen on 127\.0\.0\.1:\d+:[ \w]+\. Another: --port\.",
        " ".join(result.err.split()),
    )


def test_a_file_that_is_no_graph_is_told_in_one_line_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("<a> <b> .\n")
    result = run("serve", "--data", str(file), "--lang", "en")
    assert result.code == 2
    assert "bad.ttl:1" in result.err.replace("\n", "")
    assert "Traceback" not in result.err


def test_where_no_temporary_folder_can_be_written_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    def refuse(**_: object) -> str:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    result = run("serve", "--port", str(port), "--lang", "en")
    assert (result.code, "set TMPDIR" in result.err) == (2, True)


@pytest.mark.slow
def test_knowledge_at_fault_stops_the_start_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from montages.web import server

    def broken() -> None:
        raise BrokenKnowledge(Text("data/x.ttl n'est pas lisible", "data/x.ttl is not readable"))

    monkeypatch.setattr(server, "create_app", broken)
    monkeypatch.setenv("MONTAGES_LANG", "en")
    with pytest.raises(SystemExit):
        server.ready()
    assert capsys.readouterr().err.splitlines()[-1] == "✗ data/x.ttl is not readable"


@pytest.mark.slow
def test_a_store_that_cannot_be_loaded_is_not_ready() -> None:
    limits = Limits(seconds=1, rows=1, bytes=1000, megabytes=128, length=1000, network=False)
    for content, answers in ((packed_tables({}, []), False), (b"no tables", False)):
        pool = Pool(content, limits, pool_size("query"))
        assert pool.answers() is answers
        pool.close()
