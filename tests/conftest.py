"""What holds for every test: the knowledge is read once before, and none is slow that does not say so."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Generator, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings

import montages
import proved_cases
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from pace import DEADLINES, slowness

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Seconds(NamedTuple):
    """What a test has taken so far: of the processor, and on the clock."""

    processor: float
    clock: float


# A test without the mark `slow` may take so much, its own fixtures included: past that it is named at the
# end. The processor is what counts; the clock only finds a test that waits.
LIMIT = Seconds(5.0, 30.0)
_TAKEN = pytest.StashKey[Seconds]()
# Under whose law most tests stand: `sampling.DAY`, which loads much.
SAMPLE_DAY = date(2026, 6, 1)

# The tests of a guest are left out where its package is not there.
collect_ignore = [
    f"guests/{folder.name}"
    for folder in sorted((Path(__file__).parent / "guests").iterdir())
    if find_spec(f"montages_{folder.name}") is None
]

# Here and in all that tests start: no deadline strikes but where a test says so.
for _name, _seconds_given in DEADLINES.items():
    os.environ.setdefault(_name, _seconds_given)


# A time is told, never a failure: the first of many examples also loads what all need.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run take a sample of long proofs, or what it leaves."""
    told = "what of long lists of cases: all, or what make test, prove and soak take (proved.yaml)"
    ways = proved_cases.WAYS
    parser.addoption("--cases", choices=ways, default=proved_cases.ALL, help=told)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Fill the disk cache, here before xdist starts its workers, and the memory of each process."""
    if not session.config.option.collectonly:
        montages.load().assess(library.projects()["dijon"])
        if session.config.getoption("numprocesses", None):
            _publish()


def pytest_collection(session: pytest.Session) -> None:
    """Look for no garbage while tests are gathered: all of them stay (`pytest_collection_finish`)."""
    gc.disable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave a file unread that has no test for the run: one of slow tests alone, or without any."""
    if collection_path.suffix != ".py":
        return None
    return proved_cases.has_none(collection_path, config.getoption("cases")) or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what says that it takes longest, so that no worker waits for it at the end."""
    wanted = config.getoption("cases")
    if wanted != proved_cases.ALL:
        cases = [(i.nodeid, i.get_closest_marker("slow") is not None) for i in items]
        chosen = proved_cases.taken(cases, wanted, proved_cases.table())
        config.hook.pytest_deselected(items=[i for n, i in enumerate(items) if n not in chosen])
        items[:] = [item for n, item in enumerate(items) if n in chosen]
    items.sort(key=_seconds_told, reverse=True)


def _seconds_told(item: pytest.Item) -> float:
    mark = item.get_closest_marker("slow")
    return float(mark.kwargs.get("seconds", 0)) if mark else 0.0


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the service once in each process whose tests use it, as what it publishes takes seconds."""
    if session.items and not session.config.option.collectonly:
        _set_up()
    gc.enable()
    # All of it lasts as long as the process: to look through it for garbage again takes a tenth of the time.
    gc.collect()
    gc.freeze()


def _set_up() -> None:
    if "montages.publish.linked_data.dump_files" in sys.modules:
        _few_periods()
    if "montages.web" in sys.modules:
        from montages.web import create_app

        create_app({"REQUEST_LOG": "off"}).test_client().get("/")
    elif "montages.store.published_dataset" in sys.modules:
        _publish()


def _few_periods() -> None:
    """Publish two periods of the many, that of most tests and that of the day: each takes seconds to compile.

    `test_verdict_file.py` asks for all of them where it is about them.
    """
    from montages.publish.linked_data import dump_files

    dump_files.published_days = _periods


def _periods() -> tuple[date, ...]:
    return tuple(sorted({rules_at(day).period.first for day in (SAMPLE_DAY, date.today())}))


def _publish() -> None:
    """Make all that is published, which stays on disk."""
    from montages.knowledge.compiled.verdict_diagram import written_reachable
    from montages.publish.linked_data.documents import served_dataset
    from montages.publish.verdicts.verdict_file import verdict_file

    for first in _periods():
        verdict_file(first)
        written_reachable(first)
    served_dataset(date.today())


def _seconds() -> Seconds:
    used = os.times()
    return Seconds(used[0] + used[1] + used[2] + used[3], time.monotonic())


def _add(item: pytest.Item, before: Seconds) -> Seconds:
    taken, now = item.stash.get(_TAKEN, Seconds(0, 0)), _seconds()
    total = Seconds(*(t + n - b for t, n, b in zip(taken, now, before, strict=True)))
    item.stash[_TAKEN] = total
    return total


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Count the fixtures that are made for one test only."""
    before = _seconds()
    value = yield
    if fixturedef.scope == "function":
        _add(request.node, before)
    return value


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Name a test that took too long without the mark `slow`."""
    before = _seconds()
    result = yield
    taken = _add(item, before)
    if not item.get_closest_marker("slow") and not item.get_closest_marker("soak"):
        for took, limit, of in zip(taken, LIMIT, ("of processor", "on the clock"), strict=True):
            if took > limit and took > limit * slowness():
                told = f"It took {took:.1f} s {of}, and {limit:.0f} s are the limit in `make test`"
                item.user_properties.append(("too slow", told))
    return result


TO_MEND = "make it cheaper, or mark it `slow`, which moves it to `make prove`"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name at the end the tests that passed and took too long."""
    told = [
        f"{report.nodeid}: {value}"
        for report in terminalreporter.stats.get("passed", ())
        for name, value in report.user_properties
        if name == "too slow"
    ]
    if told:
        terminalreporter.section(f"too slow: {TO_MEND}")
        for line in told:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield one browser for all tests of a process: the library starts no second one beside it."""
    from served import CHROMIUM, MISSING, chromium

    if CHROMIUM is None:
        pytest.skip(MISSING)
    with chromium() as headless:
        yield headless
