"""Limits on descriptions, checked before anything slow begins; and what is said of one that is not judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from montages import settings
from montages.bilingual import Text, message
from montages.errors import Busy, MontagesError, TookTooLong, TooLarge, UnusableInput

if TYPE_CHECKING:
    from montages.processes.worker_connection import WorkerEnd

# Whole numbers beyond this many digits answer nothing, and cost a second each to write out.
MOST_DIGITS = 40
# A declaration in Turtle, in both its forms, and the attribute of XML; each search is linear.
_OF_TURTLE = re.compile(r"@?\b(?:prefix\s+[^\s:<]*:|base)\s*<", re.IGNORECASE)
_DECLARATIONS = {"turtle": _OF_TURTLE, "trig": _OF_TURTLE, "xml": re.compile(r"\bxmlns\b")}


def most_triples() -> int:
    """Return how many triples a description may hold."""
    return settings.number("max_triples")


# What is counted against a setting.
_COUNTED = {
    "max_batch": message("descriptions at a time"),
    "max_faults": message("wrong keys, names or values"),
    "max_namespaces": message("prefixes declared"),
    "max_nodes": message("things described"),
    "max_triples": message("triples"),
    "max_units": message("units to assess (layers × perimeters)"),
}


def beyond(setting: str, text: Text) -> TooLarge:
    """Return the error for what is beyond a setting; `text` may tell the `limit`."""
    limit = settings.number(setting)
    return TooLarge(text.fill(limit=limit), limit=limit, setting=setting)


def check_count(setting: str, count: int) -> None:
    """Raise TooLarge for more things than a setting allows."""
    if count > settings.number(setting):
        raise too_many(setting, count)


def too_many(setting: str, count: int | None = None) -> TooLarge:
    """Return the error for more things than a setting allows, which may not have been counted to the end."""
    limit, text = settings.number(setting), _COUNTED[setting]
    if count:
        amount = message("{count} {text}, at most {limit}", count=count, text=text, limit=limit)
    else:
        amount = message("more than {limit} {text}", limit=limit, text=text)
    name = f"MONTAGES_{setting.upper()}"
    return beyond(
        setting,
        message("Description too large: {amount} (setting {name}).", amount=amount, name=name),
    )


def too_many_triples() -> TooLarge:
    """Return the error for a description whose triples were not counted to the end."""
    return too_many("max_triples")


def check_namespaces(text: str, syntax: str) -> None:
    """Raise TooLarge for an RDF text that declares more prefixes, bases or namespaces than the limit."""
    limit, pattern = settings.number("max_namespaces"), _DECLARATIONS.get(syntax)
    if pattern is not None and sum(1 for _ in pattern.finditer(text)) > limit:
        raise too_many("max_namespaces")


def check_faults(count: int) -> None:
    """Raise TooLarge for a description with more faults than are listed."""
    if count > settings.number("max_faults"):
        raise too_many("max_faults")


_TOO_HEAVY = message("File too large: {size} bytes, at most {limit} (setting MONTAGES_MAX_BYTES).")
_TOO_LONG = message(
    "A text of the description is too long: over {limit} characters (setting MONTAGES_MAX_LITERAL)."
)
_TOO_DEEP = message("Nested too deeply: at most {limit} levels.")
_TOO_MUCH_MEMORY = message(
    "This description needs more than {limit} MB of memory (setting MONTAGES_RUN_MEGABYTES)."
)


def check_size(size: int) -> None:
    """Raise TooLarge for a text with more bytes than the limit."""
    if size > settings.number("max_bytes"):
        raise beyond("max_bytes", _TOO_HEAVY.fill(size=size))


def check_marks(text: str) -> None:
    """Raise TooLarge for a JSON text with more braces, brackets and commas than its triples can need."""
    if sum(map(text.count, "{[,")) > 5 * most_triples():
        raise too_many_triples()


def check_text(length: int) -> None:
    """Raise TooLarge for one value with more characters than the limit."""
    if length > settings.number("max_literal"):
        raise beyond("max_literal", _TOO_LONG)


def too_deep() -> TooLarge:
    """Return the error for a description nested deeper than the limit."""
    return beyond("max_depth", _TOO_DEEP)


def check_depth(tree: Any) -> None:
    """Raise TooLarge for a tree of lists and mappings nested deeper than the limit."""
    deepest, depth = settings.number("max_depth"), 0
    level = [tree]
    while level := [node for node in level if isinstance(node, (dict, list))]:
        depth += 1
        if depth > deepest:
            raise too_deep()
        level = [
            child for node in level for child in (node.values() if isinstance(node, dict) else node)
        ]


def is_long(number: Any) -> bool:
    """Tell whether a number has more digits before its point than any answer."""
    if isinstance(number, (int, float)):
        return bool(abs(number) >= 10**MOST_DIGITS)
    return bool(number.adjusted() >= MOST_DIGITS)


def check_number(number: Any) -> None:
    """Raise UnusableInput for a number too long to be one."""
    if is_long(number):
        raise UnusableInput(
            message("A number of the description has more than {most} digits.", most=MOST_DIGITS)
        )


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


_BY_CAUSE: dict[str, Callable[[], MontagesError]] = {
    "processor": _took_too_long,
    "clock": others_judged,
    "memory": partial(beyond, "run_megabytes", _TOO_MUCH_MEMORY),
    "depth": too_deep,
    "outside": others_judged,
}
