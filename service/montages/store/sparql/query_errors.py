"""What is said of a SPARQL query that fails, and the limits of a query."""

from __future__ import annotations

import signal
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import (
    EngineFault,
    MontagesError,
    QueryInterrupted,
    QueryRefused,
    QuerySyntax,
    QueryTimeout,
    QueryTooDeep,
    QueryTooLarge,
    QueryTooLong,
    UnknownGraph,
)
from montages.knowledge.did_you_mean import nearest
from montages.processes.worker_connection import PANIC, WorkerEnd
from montages.store.sparql.sparql_tokens import place


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
_SHOWN = 200  # characters of a reason, or of a name


E = TypeVar("E", bound=MontagesError)


def error_at(
    kind: type[E], where: tuple[int, int], fault: Text, near: Text = NO_TEXT, **extra: Any
) -> E:
    """Return the error of a query with its place: a line and a column, and near what that is."""
    line, column = where
    text = message(
        "Line {line}, column {column}{near}: {fault}",
        line=line,
        column=column,
        near=near,
        fault=fault,
    )
    return kind(text, line=line, column=column, **extra)


def not_a_query(text: str, at: int) -> QuerySyntax:
    """Return the error of a text that holds no query at a place of it."""
    line, column = place(text, len(text) - len(text[at:].lstrip()))
    if not text[at:].strip():
        return QuerySyntax(
            message("The query is empty: write one, for example SELECT * { ?s ?p ?o } LIMIT 10."),
            line=line,
            column=column,
        )
    fault = message("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    return error_at(QuerySyntax, (line, column), fault)


def update_refused(verb: str) -> QueryRefused:
    """Return the error of an update."""
    return QueryRefused(
        message(
            "{verb} would change the data: this service is read-only. Use SELECT, ASK, "
            "CONSTRUCT or DESCRIBE.",
            verb=verb,
        )
    )


def service_refused(where: tuple[int, int]) -> QueryRefused:
    """Return the error of a query that would call another service, at a line and a column."""
    fault = message(
        "SERVICE is not allowed here. Query that other service apart, then join the answers."
    )
    return error_at(QueryRefused, where, fault)


def unknown_graph(name: str, graphs: Collection[str]) -> UnknownGraph:
    """Return the error of a graph that is none of those here."""
    close, name = nearest(name, graphs), name[:_SHOWN]  # as it is repeated
    hint = message(" Did you mean <{close}>?", close=close) if close else NO_TEXT
    return UnknownGraph(
        message(
            "The graph <{name}> is not here, and nothing is fetched.{hint} The service "
            "description (GET /sparql as Turtle) lists the graphs.",
            name=name,
            hint=hint,
        ),
        graph=name,
    )


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


def process_ended(end: WorkerEnd, limits: Limits) -> Exception:
    """Return why a process ended before it answered."""
    if end.cause in ("processor", "clock"):
        seconds = f"{limits.seconds:g}"
        return QueryTimeout(
            message(
                "The query was stopped after {seconds} s. Narrow it down: fewer patterns, a more "
                "precise condition or a LIMIT; or download the data (/dump).",
                seconds=seconds,
            ),
            seconds=limits.seconds,
        )
    if end.cause == "memory":
        return memory_exceeded(limits)
    if end.cause == "depth":
        return QueryTooDeep(
            message(
                "The query is nested too deep for the engine. Write it with fewer brackets and "
                "groups inside one another, and shorter chains of operators."
            )
        )
    name = signal.Signals(end.signal).name if end.signal in set(signal.Signals) else "?"
    if end.words or end.signal in _FAULTS:
        fault = PANIC.search(end.words)
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
