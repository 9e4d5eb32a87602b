"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from montages.bilingual import Text

# Called with the projects done and the bytes read so far.
Update = Callable[[int, int], None]

_EVERY = 10.0
_LINE = Text("{n} projets, {rate:.0f}/s", "{n} projects, {rate:.0f}/s")
_LEFT = Text(", {share:.0%}, reste {left}", ", {share:.0%}, {left} left")


@contextmanager
def progress(total: int | None, lang: str, quiet: bool) -> Iterator[Update]:
    """Yield a function that shows how far a batch is; `total` in bytes, None when it is not known."""
    if quiet:
        yield lambda done, size: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task("", total=total, projects=0, rate="")
            rate = _Rate()
            yield lambda done, size: bar.update(
                task, completed=size, projects=done, rate=f"{rate.of(done):.0f}/s"
            )
    else:
        yield _ProgressLines(total, lang).update


def _bar() -> Progress:
    return Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[projects]}  {task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


class _Rate:
    """Projects a second since the first time of asking: what an earlier run did does not count."""

    def __init__(self) -> None:
        self._start, self._first = time.monotonic(), -1

    def of(self, done: int) -> float:
        if self._first < 0:
            self._first = done
        return (done - self._first) / max(time.monotonic() - self._start, 1e-6)


class _ProgressLines:
    """Progress as a line every ten seconds."""

    def __init__(self, total: int | None, lang: str) -> None:
        self._total, self._lang = total, lang
        self._rate, self._last = _Rate(), time.monotonic()
        self._start, self._first = self._last, -1

    def update(self, done: int, size: int) -> None:
        rate, now = self._rate.of(done), time.monotonic()
        if self._first < 0:
            self._first = size
        if now - self._last < _EVERY:
            return
        self._last = now
        line = _LINE[self._lang].format(n=done, rate=rate)
        if self._total and size > self._first:
            pace = (size - self._first) / (now - self._start)
            left = max(0, round((self._total - size) / pace))
            clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
            line += _LEFT[self._lang].format(share=size / self._total, left=clock)
        click.echo(line, err=True)
