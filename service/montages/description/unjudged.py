"""What is said of a description that is not judged: others are, or the process that judged it has ended."""

from __future__ import annotations

from montages import settings
from montages.bilingual import message
from montages.description.limits import too_deep
from montages.errors import Busy, MontagesError, TookTooLong, TooLarge
from montages.processes.worker_connection import WorkerEnd


def others_judged() -> Busy:
    """Return the error of who would have to wait for longer than one waits."""
    return Busy(
        message("The service is at work on other descriptions. Try again in a few seconds.")
    )


def judging_ended(end: WorkerEnd) -> MontagesError | None:
    """Return the error of a description by the end of its process; None where no one foresaw that end."""
    tell = _BY_CAUSE.get(end.cause)
    return tell() if tell else None


def _took_too_long() -> TookTooLong:
    return TookTooLong(
        message(
            "This takes more than {seconds} s of computing (setting MONTAGES_RUN_SECONDS): it was "
            "given up. Nothing is lost: try again, or with fewer perimeters, layers or set-ups.",
            seconds=settings.number("run_seconds"),
        )
    )


def _memory_exceeded() -> TooLarge:
    most = settings.number("run_megabytes")
    return TooLarge(
        message(
            "This description needs more than {most} MB of memory (setting "
            "MONTAGES_RUN_MEGABYTES).",
            most=most,
        ),
        limit=most,
        setting="run_megabytes",
    )


_BY_CAUSE = {
    "processor": _took_too_long,
    "clock": others_judged,
    "memory": _memory_exceeded,
    "depth": too_deep,
    "outside": others_judged,
}
