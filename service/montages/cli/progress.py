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

from montages.bilingual import Text, message
from montages.publish.text.typography import colon

# Called with the projects done and the bytes read so far.
Update = Callable[[int, int], None]

_EVERY = 10.0
_LINE = message("{n} projects, {rate:.0f}/s")
_LEFT = message(", {share:.0%}, {left} left")


@contextmanager
def progress(
    total: int | None, lang: str, quiet: bool, stage: Text | None = None
) -> Iterator[Update]:
    """Yield a function that shows how far a batch is; `total` in bytes, None when it is not known.

    `stage` names what is done, where there is more than one thing to do.
    """
    doing = stage[lang] if stage else ""
    if quiet:
        yield lambda done, size: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(doing, total=total, projects=0, rate="")
            rate = _Rate()
            yield lambda done, size: bar.update(
                task, completed=size, projects=done, rate=f"{rate.of(done):.0f}/s"
            )
    else:
        lines = _ProgressLines(total, lang, f"{doing}{colon(lang)} " if doing else "")
        yield lines.update
        lines.end()


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
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
    """Progress as a line every ten seconds, and at the end where there was one."""

    def __init__(self, total: int | None, lang: str, doing: str) -> None:
        self._total, self._lang, self._doing = total, lang, doing
        self._rate, self._start = _Rate(), time.monotonic()
        self._last, self._first = self._start, -1
        self._left_to_say: tuple[int, int] | None = None

    def update(self, done: int, size: int) -> None:
        """Say how far it is, where nothing was said for a while."""
        self._rate.of(done)
        if self._first < 0:
            self._first = size
        if time.monotonic() - self._last >= _EVERY:
            self._say(done, size)
        elif self._last > self._start:
            self._left_to_say = done, size

    def end(self) -> None:
        """Say how far it came, after what was said on the way."""
        if self._left_to_say is not None:
            self._say(*self._left_to_say)

    def _say(self, done: int, size: int) -> None:
        self._last, self._left_to_say = time.monotonic(), None
        line = self._doing + _LINE[self._lang].format(n=done, rate=self._rate.of(done))
        if self._total and size > self._first:
            pace = (size - self._first) / (self._last - self._start)
            left = max(0, round((self._total - size) / pace))
            clock = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
            line += _LEFT[self._lang].format(share=size / self._total, left=clock)
        click.echo(line, err=True)
