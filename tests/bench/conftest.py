"""The benchmarks: each part adds its figures, and all are written at the end, bounds missed or not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from country import Country
from figures import Figures
from page import load, page
from plot import plot

RESULTS = Path(__file__).parents[2] / "build" / "bench"
_FIGURES = pytest.StashKey[Figures]()
_LOAD = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what makes the last part shorter while the benchmarks themselves are worked on."""
    parser.addoption(
        "--profiles",
        type=int,
        default=5_000,
        help="sampled profiles on which the engines are compared",
    )
    parser.addoption(
        "--every",
        type=int,
        default=1_000_000,
        help="most profiles of an arrangement that are all compared",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_FIGURES] = Figures()
    config.stash[_LOAD] = load()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let a measurement take its time: the limit is for tests."""
    item.add_marker("slow")


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Figures:
    """Return where every part puts its figures."""
    return pytestconfig.stash[_FIGURES]


@pytest.fixture(scope="session")
def env(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the environment of the commands measured: their own caches, that a first run fills."""
    caches = tmp_path_factory.mktemp("caches")
    left_out = ("MONTAGES_", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    return kept | {
        "MONTAGES_CACHE_DIR": str(caches / "knowledge"),
        "PYTHONPYCACHEPREFIX": str(caches / "bytecode"),
    }


@pytest.fixture(scope="session")
def projects() -> Iterator[Country]:
    """Return projects for batches; the largest file is over a gigabyte, and removed in the end."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as name:
        yield Country(Path(name))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the table and the plot; a bound missed fails the run."""
    figures = session.config.stash[_FIGURES]
    if not figures.rows:
        return
    RESULTS.mkdir(parents=True, exist_ok=True)
    written = page(
        figures,
        load_before=session.config.stash[_LOAD],
        part=session.config.getoption("keyword"),
        failed=session.testsfailed,
    )
    (RESULTS / "bench.md").write_text(written, encoding="utf-8")
    if figures.curves:
        (RESULTS / "bench.svg").write_text(plot(figures.curves), encoding="utf-8")
    if figures.missed and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.config.stash[_FIGURES].rows:
        path = RESULTS / "bench.md"
        terminalreporter.write_line(f"\n{path.read_text(encoding='utf-8')}\nWritten to {path}")
