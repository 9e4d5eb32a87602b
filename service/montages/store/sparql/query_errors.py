"""What can go wrong when a SPARQL query is sent, each with its HTTP status, and the limits of a query."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass
from typing import Any, TypeVar

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import MontagesError


class QuerySyntax(MontagesError):
    """The text is no SPARQL query; `line` and `column` say where it stops being one."""

    status = 400
    slug = "query-syntax"
    title = message("Malformed SPARQL query")


class QueryMissing(MontagesError):
    """The request does not carry one query, and only one."""

    status = 400
    slug = "query-missing"
    title = message("SPARQL query expected")


class QueryTooLong(MontagesError):
    """The text of the query is longer than a query may be; `setting` names the limit."""

    status = 413
    slug = "query-too-long"
    title = message("SPARQL query text too long")


class QueryTooDeep(MontagesError):
    """The query has more brackets or groups inside one another than the engine can follow."""

    status = 400
    slug = "query-too-deep"
    title = message("SPARQL query nested too deep")


class UnknownFunction(MontagesError):
    """The query calls a function that the engine does not have; `function` names it."""

    status = 400
    slug = "unknown-function"
    title = message("Unknown SPARQL function")


class QueryRefused(MontagesError):
    """The query would change something, or call another service."""

    status = 403
    slug = "query-refused"
    title = message("SPARQL query refused")


class UnknownGraph(MontagesError):
    """The dataset asked for has a graph that is not here."""

    status = 400
    slug = "unknown-graph"
    title = message("Unknown graph")


class QueryTimeout(MontagesError):
    """The query was stopped at its deadline."""

    status = 503
    slug = "query-timeout"
    title = message("SPARQL query too slow")


class QueryBusy(MontagesError):
    """Too many queries are running: come back later."""

    status = 503
    slug = "query-busy"
    title = message("Too many queries running")


class ClientLeft(MontagesError):
    """Who asked left before the answer came: the query was stopped."""

    status = 499
    slug = "client-left"
    title = message("Client left")


class QueryInterrupted(MontagesError):
    """The process that answered the query was stopped from outside: the query may be sent again."""

    status = 503
    slug = "query-interrupted"
    title = message("Query interrupted")


class EngineFault(MontagesError):
    """The engine broke down on the query; its process is replaced, and others are not disturbed."""

    status = 500
    slug = "engine-fault"
    title = message("SPARQL engine fault")


class EngineUnreachable(MontagesError):
    """The SPARQL engine that holds the data does not answer: come back later."""

    status = 503
    slug = "engine-unreachable"
    title = message("SPARQL engine out of reach")


class QueryTooLarge(MontagesError):
    """The query, or its answer, takes more memory or more rows than one may."""

    status = 507
    slug = "query-too-large"
    title = message("SPARQL query too large")


class QueryFailed(MontagesError):
    """The engine could not answer a query that is well written."""

    status = 500
    slug = "query-failed"
    title = message("SPARQL query failed")


class QueryTruncated(MontagesError):
    """The SPARQL engine that holds the data gave a part of the answer only: none of it is passed on."""

    status = 502
    slug = "query-truncated"
    title = message("Incomplete answer of the SPARQL engine")


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds, rows or triples, bytes of answer, megabytes, bytes of its text."""

    seconds: float
    rows: int
    bytes: int
    megabytes: int
    length: int = 100_000
    network: bool = False


# The signals by which a process ends of itself.
_FAULTS = (signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)
# What the engine says when it breaks down: where in its code, which is nobody's business, then why.
_PANIC = re.compile(r"panicked at [^\n]*\n(?P<reason>[^\n]*)")
_NO_MEMORY = re.compile(r"memory allocation|MemoryError")
_SHOWN = 200  # characters of a reason


E = TypeVar("E", bound=MontagesError)


def error_at(
    kind: type[E], place: tuple[int, int], fault: Text, near: Text = NO_TEXT, **extra: Any
) -> E:
    """Return the error of a query with its place: a line and a column, and near what that is."""
    line, column = place
    text = message(
        "Line {line}, column {column}{near}: {fault}",
        line=line,
        column=column,
        near=near,
        fault=fault,
    )
    return kind(text, line=line, column=column, **extra)


def text_too_long(size: int, limit: int) -> QueryTooLong:
    """Return the error of a query whose text has more bytes than are read."""
    return QueryTooLong(
        message(
            "The query has {size} bytes; the service reads {limit} at most. Split it: a long "
            "list of values (VALUES) into several queries; or download the data (/dump) and "
            "query them at home.",
            size=size,
            limit=limit,
        ),
        setting="query_length",
        limit=limit,
    )


def too_many_rows(rows: int) -> QueryTooLarge:
    """Return the error of an answer over the row limit: cut short, it would pass for whole."""
    return QueryTooLarge(
        message(
            "The answer is over {rows} rows (MONTAGES_QUERY_ROWS); cut short it would pass for "
            "whole, so it is not given. Ask for it in parts (ORDER BY, LIMIT {rows}, then "
            "OFFSET {rows}…), or download the data (/dump).",
            rows=rows,
        ),
        rows=rows,
    )


def answer_too_long(limits: Limits) -> QueryTooLarge:
    """Return the error of an answer over the limit of bytes."""
    most = f"{limits.bytes // 1_000_000} M"
    return QueryTooLarge(
        message("The answer is over {most}B. Ask for fewer columns, or a LIMIT.", most=most)
    )


def memory_exceeded(limits: Limits) -> QueryTooLarge:
    """Return the error of a query that asked for more memory than it may have."""
    room = f"{limits.megabytes} M"
    return QueryTooLarge(
        message(
            "The query needs more than {room}B of memory. Sort and group fewer rows at a time.",
            room=room,
        )
    )


def _deadline_passed(limits: Limits) -> QueryTimeout:
    """Return the error of a query that was stopped at its deadline."""
    seconds = f"{limits.seconds:g}"
    return QueryTimeout(
        message(
            "The query was stopped after {seconds} s. Narrow it down: fewer patterns, a more "
            "precise condition or a LIMIT; or download the data (/dump).",
            seconds=seconds,
        ),
        seconds=limits.seconds,
    )


def process_ended(number: int, words: str, limits: Limits) -> Exception:
    """Return why a process ended before it answered, from the signal it ended by and its last words."""
    if number in (signal.SIGPROF, signal.SIGALRM):
        return _deadline_passed(limits)
    # Where the engine broke down, a lack of memory to say so in is no reason.
    fault, lack = _PANIC.search(words), _NO_MEMORY.search(words)
    if lack and not (fault and fault.start() < lack.start()):
        return memory_exceeded(limits)
    # The engine is memory-safe: only where its stack ends can it meet an address that is not its own.
    if number == signal.SIGSEGV or "overflowed its stack" in words:
        return QueryTooDeep(
            message(
                "The query is nested too deep for the engine. Write it with fewer brackets and "
                "groups inside one another, and shorter chains of operators."
            )
        )
    name = signal.Signals(number).name if number in set(signal.Signals) else "?"
    if words or number in _FAULTS:
        reason = fault["reason"].strip()[:_SHOWN] if fault else name
        return EngineFault(
            message(
                "The engine broke down on this query ({reason}). Write it otherwise, and "
                "report it to us.",
                reason=reason,
            ),
            signal=name,
            reason=reason,
        )
    return QueryInterrupted(
        message(
            "The process that was answering was stopped from outside ({name}). Send the query "
            "again.",
            name=name,
        ),
        signal=name,
        retry_after=1,
    )


def error_to_json(error: MontagesError) -> dict[str, Any]:
    """Return an error as data, for it to pass from one process to another."""
    text = {"fr": error.message("fr"), "en": error.message("en")}
    return {"slug": error.slug, "text": text, "extra": error.extra}


def error_from_json(tree: dict[str, Any]) -> MontagesError:
    """Return the error that data stands for."""
    kind = next(k for k in MontagesError.__subclasses__() if k.slug == tree["slug"])
    return kind(Text(**tree["text"]), **tree["extra"])
