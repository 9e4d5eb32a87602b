"""The answers of a batch loaded into another engine, and counted there by published questions.

`pytest -s` shows how long each step takes.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from commands import run
from country_answers import QUESTIONS, country_answers, require_counts
from montages.web import create_app
from virtuoso_server import virtuoso_server

UNNAMED = "urn:montages:loaded"
SECONDS = 120  # that a question may take: eight million triples, on a busy machine


def require_counts_in_virtuoso(folder: Path, count: int, repeated: int, buffers: int) -> None:
    """Load answers into a Virtuoso, and check what the service counts of them by it."""
    answers, started = country_answers(folder, count, repeated), time.monotonic()
    place, secret = folder / "virtuoso", folder / "password"
    place.mkdir()
    with virtuoso_server(place, buffers, SECONDS) as server, pytest.MonkeyPatch.context() as patch:
        secret.write_text(server.password, encoding="utf-8")
        patch.setenv("MONTAGES_ENDPOINT", server.endpoint)
        patch.setenv("MONTAGES_ENDPOINT_USER", "dba")
        patch.setenv("MONTAGES_ENDPOINT_PASSWORD_FILE", str(secret))
        for files in ((), (answers,)):
            loaded = run("load", *files)
            assert loaded.code == 0, loaded.err
        loading = time.monotonic() - started
        patch.setenv("MONTAGES_ENDPOINT_GRAPHS", UNNAMED)
        patch.setenv("MONTAGES_QUERY_SECONDS", str(SECONDS))
        client = create_app({"REQUEST_LOG": "off"}).test_client()
        seconds = {}
        for name in QUESTIONS:
            started = time.monotonic()
            assert client.get(f"/queries/{name}.csv").status_code == 200
            seconds[name] = round(time.monotonic() - started, 1)
        require_counts(client, count * repeated)
    print(f"{count * repeated:,} projects in Virtuoso: loaded in {loading:.0f} s; {seconds}")


@pytest.mark.slow(seconds=30)
def test_another_engine_counts_the_answers_loaded_into_it(tmp_path: Path) -> None:
    require_counts_in_virtuoso(tmp_path, 30, repeated=10, buffers=10_000)


@pytest.mark.soak
def test_another_engine_counts_the_answers_of_a_hundred_thousand_projects(tmp_path: Path) -> None:
    require_counts_in_virtuoso(tmp_path, 1_000, repeated=100, buffers=90_000)
