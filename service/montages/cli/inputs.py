"""The FILES of a command, read one after the other, in the time that they may take.

What is wrong with one is shown under its name.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from montages import settings
from montages.api import load
from montages.bilingual import message
from montages.cli.output import show
from montages.description.description import Description
from montages.errors import MontagesError, Refused, TookTooLong, UnreadableFiles
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon
from montages.validation.findings import Finding, Report


def read_all(
    names: Sequence[str], project: str | None, lang: str, engine: str | None = None
) -> list[Description]:
    """Return the descriptions of several files, all rows of a table; an error is shown with its file.

    Raises UnreadableFiles after the last file where there was one.
    """
    descriptions, errors = list[Description](), list[MontagesError]()
    for name in names:
        try:
            if project is None:
                descriptions += load(engine).read_all(name)
            else:
                descriptions.append(load(engine).read(name, project=project))
        except MontagesError as error:
            errors.append(error)
            show_error(name, error, lang)
    if errors:
        raise UnreadableFiles(errors) from errors[-1]
    return descriptions


def show_error(name: str, error: MontagesError, lang: str) -> None:
    """Write an error about a file on standard error, with its findings if it has any."""
    if isinstance(error, Refused):
        from montages.publish.text.findings_text import report_text

        findings = tuple(f for f in error.findings if isinstance(f, Finding))
        show(report_text(name, Report(findings), lang), err=True)
        return
    line = Line("✗ ", style="red").append(name, style="default bold")
    show(line.append(f"{colon(lang)} {error.message(lang)}", style="default"), err=True)


# Seconds of computing after which the system ends what no longer listens, beyond the deadline.
_GRACE = 5


@contextmanager
def deadline(count: int = 1) -> Iterator[None]:
    """Stop what takes longer than the setting allows for so many descriptions; raises TookTooLong."""
    seconds = settings.number("command_seconds") * max(1, count)
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TookTooLong(
            message(
                "Stopped after {seconds} s (setting MONTAGES_COMMAND_SECONDS; 0: no limit).",
                seconds=seconds,
            ),
            setting="command_seconds",
        )

    before, limits = signal.signal(signal.SIGALRM, stop), resource.getrlimit(resource.RLIMIT_CPU)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime) + seconds + _GRACE
    if limits[1] == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (most, limits[1]))
    # It strikes again each second: where Python tells of no error (a finaliser), the first one is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_CPU, limits)
