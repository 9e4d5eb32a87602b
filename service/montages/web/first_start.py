"""What a first start works out, in a process that ends: the service and later starts read it from disk.

So the first process holds no more after a first start than after another, and the law of the day alone has
been compiled when the service answers.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from inspect import signature

from montages import settings
from montages.api import load
from montages.bilingual import Text, message
from montages.knowledge.compiled.verdict_diagram import written_reachable
from montages.knowledge.files import disk_cache, library
from montages.knowledge.periods import rules_at
from montages.knowledge.rulebook import rulebook
from montages.publish.linked_data.documents import served_dataset
from montages.publish.text.typography import day as day_in_words

_STARTING = message("The service is starting…")
_FIRST = message("The first start, or the first after an update: less than a minute.")
_RULES = message("1/3 Reading the rules…")
_LAW = message("2/3 Compiling the law in force since {day}…")
_GRAPHS = message("3/3 Writing the data that are published…")
_LOOK = 1.0  # seconds between two looks at whether the service still waits
Tell = Callable[[Text], None]


def prepare(day: date) -> None:
    """Have what a start on a day reads from disk worked out apart, if it is not there; tell how far it is."""
    _tell(_STARTING)
    if _is_prepared(day):
        return
    _tell(_FIRST)
    if not _keeps():
        return  # nothing would be left of it: all is worked out here
    service, child = os.getpid(), os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        signal.signal(signal.SIGALRM, lambda *_: os.getppid() == service or os._exit(1))
        signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
        gc.disable()
        work_out(day, _tell)
    finally:
        # What went wrong here does so again in the service, which tells it.
        os._exit(0)


def work_out(day: date, tell: Tell = lambda text: None) -> None:
    """Work out what a start on a day reads from disk: the knowledge, the law, what is published."""
    tell(_RULES)
    first = rules_at(day).period.first
    tell(_LAW.fill(day=Text(day_in_words(first, "fr"), day_in_words(first, "en"))))
    for kept in list(disk_cache.REGISTRY.values()):
        if not signature(kept).parameters:
            kept()
    for example in library.files("data/examples", "*.yaml"):
        load().assess(example, as_of=day)
    written_reachable(first)
    tell(_GRAPHS)
    served_dataset(day)
    _prepared(first, library.displayed_hash())


@disk_cache.disk_cache
def _prepared(first: date, displayed: str) -> bool:
    """Return that all is there for a period, with what is published of some hash: kept once it is."""
    return True


def _is_prepared(day: date) -> bool:
    if not disk_cache.is_kept(rulebook):
        return False
    first = rules_at(day).period.first
    return disk_cache.is_kept(_prepared, first, library.displayed_hash())


def _keeps() -> bool:
    """Tell whether there is a folder to keep values in."""
    top = disk_cache.folder()
    with suppress(OSError):
        if top is not None:
            top.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.access(top, os.W_OK)
    return False


def _tell(text: Text) -> None:
    sys.stderr.write(f"{text[settings.get('lang') or 'fr']}\n")
    sys.stderr.flush()
