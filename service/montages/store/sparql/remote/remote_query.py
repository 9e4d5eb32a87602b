"""One query put to another engine, by a request of SPARQLWrapper, and what came back, as written, whole.

What a transfer or the engine's own clock has cut is an error: a JSON says where it ends, N-Triples do not.
Virtuoso stops a query at its own limits of time and of rows, gives the rows that it has, and may say nothing
of it: neither in a status nor in a header. A last row, asked for after all others, is then not there.
"""

from __future__ import annotations

import re
import urllib.error
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException, HTTPResponse
from typing import Any

from SPARQLWrapper import POST, SPARQLWrapper

from montages.bilingual import message
from montages.errors import EngineUnreachable, QueryFailed, QueryTruncated
from montages.store.sparql.query_guard import BASE_IRI, FROM, Plan
from montages.store.sparql.query_rewriting import (
    ORDER_BY,
    column_order,
    columns_given,
    rewritten,
    row_limit,
)
from montages.store.sparql.remote.remote_engine import RemoteEngine, engine_response, failure_reason

_END = "montages_end"
_NOT_A_LINE_END = re.compile(r"[^\r\n]")


@dataclass(frozen=True)
class EndMarked:
    """The text of a query for the engine, and the variable of its last row; none where it has none."""

    text: str
    name: str


def end_marked(plan: Plan, rows: int) -> EndMarked:
    """Return a query as it is put to an engine: `rows` rows and one more, columns in their order, the end.

    What is sorted has no such row, as no union keeps an order for certain; an engine that sorts has found all
    rows before it gives the first. Nor has it one more: Virtuoso refuses to sort more than it gives. Raises
    QuerySyntax.
    """
    if plan.form != "SELECT":
        return EndMarked(plan.text, "")
    plan = replace(plan, text=_without_graphs(plan))
    ordered = ORDER_BY.search(plan.query.outside, plan.start)
    changes = [*row_limit(plan, rows + (not ordered)), *column_order(plan)]
    text = rewritten(plan.text, changes)
    if ordered:
        return EndMarked(text, "")
    name = _END
    while name in plan.text:
        name += "_"
    prologue, query = text[: plan.start], text[plan.start :]
    end = f"UNION {{ BIND(true AS ?{name}) }}"  # Virtuoso gives no row of a VALUES there
    columns = _columns(replace(plan, text=text), name)
    return EndMarked(f"{prologue}SELECT {columns} {{ {{ {query}\n}} {end} }}", name)


def _columns(plan: Plan, end: str) -> str:
    """Return the columns of a query with that of its end: where they cannot be told, all, in any order."""
    try:
        return " ".join(f"?{name}" for name in (*columns_given(plan), end))
    except (OSError, RuntimeError, ValueError):
        return "*"  # a function that only the other engine has


def taken_end(tree: dict[str, Any], name: str) -> bool:
    """Take the last row out of results in JSON, and tell whether it was there."""
    tree["head"]["vars"] = [variable for variable in tree["head"]["vars"] if variable != name]
    rows = tree["results"]["bindings"]
    tree["results"]["bindings"] = [row for row in rows if name not in row]
    return len(rows) > len(tree["results"]["bindings"])


def _without_graphs(plan: Plan) -> str:
    """Return the text of a query without its FROM clauses, which the request says: places stay."""
    text = plan.text
    for clause in FROM.finditer(plan.query.outside, plan.start):
        start, end = clause.span()
        text = text[:start] + _NOT_A_LINE_END.sub(" ", text[start:end]) + text[end:]
    return text


_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_MEDIA = {"SELECT": _RESULTS, "ASK": _RESULTS, "CONSTRUCT": _TRIPLES, "DESCRIBE": _TRIPLES}
_READABLE = (_RESULTS, "application/json", _TRIPLES, "text/plain", "text/ntriples")
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\\\s]*>")
# Statuses by which an engine says that it is not at work, or does not know us, whatever the query.
_NOT_NOW = (401, 403, 404, 407, 429, 502, 503, 504)
# The headers by which Virtuoso says that it stopped a query by its own clock, and gave what it had.
_STOPPED = ("X-SQL-State", "X-SQL-Message", "X-Exec-Milliseconds", "X-Exec-DB-Activity")


@dataclass(frozen=True)
class RemoteAnswer:
    """The bytes of an answer; the engine gives so many rows at `most` of any, None if it does not say."""

    body: bytes
    most: int | None


def remote_answer(
    engine: RemoteEngine,
    text: str,
    form: str,
    seconds: float,
    graphs: tuple[Sequence[str], Sequence[str]],
) -> RemoteAnswer:
    """Return what an engine answers to a query of a form, over default and named graphs.

    Raises EngineUnreachable where it is not there, QueryFailed where it refuses the query, QueryTruncated
    where a part of its answer came.
    """
    wrapper = SPARQLWrapper(engine.endpoint, agent="Montages")
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setQuery(f"BASE <{BASE_IRI}>\n{text}" if _RELATIVE.search(text) else text)
    wrapper.queryType = form
    for name in graphs[0]:
        wrapper.addDefaultGraph(name)
    for name in graphs[1]:
        wrapper.addNamedGraph(name)
    wrapper.addCustomHttpHeader("Accept", _MEDIA[form])
    try:
        response = engine_response(engine, wrapper._createRequest(), max(1, round(seconds)))
    except urllib.error.HTTPError as error:
        raise _refused(error) from error
    except (OSError, HTTPException) as error:
        raise _engine_unreachable(failure_reason(error)) from error
    with response:
        headers = response.headers
        media = headers.get_content_type()
        if media not in _READABLE:
            raise _engine_unreachable(f"Content-Type: {media}")
        body = _whole_body(response, media)
    most = headers.get("X-SPARQL-MaxRows") or ""
    return RemoteAnswer(body, int(most) if most.isdigit() else None)


def _whole_body(response: HTTPResponse, media: str) -> bytes:
    """Return the body of a response; raises QueryTruncated where it is not certain to be all of it."""
    stopped = next(
        (f"{name}: {response.headers[name]}" for name in _STOPPED if response.headers[name]), ""
    )
    if response.status != 200 or stopped:
        raise incomplete_answer(f"HTTP {response.status} {stopped}".rstrip())
    length = response.length
    if length is None and not response.chunked and media not in (_RESULTS, "application/json"):
        raise incomplete_answer("no Content-Length")
    if response.will_close:
        response.length = None  # all that comes until it closes, to be held against what it said
    try:
        body = response.read()
    except (OSError, HTTPException) as error:
        raise incomplete_answer(failure_reason(error)) from error
    if length is not None and len(body) != length:
        raise incomplete_answer(f"Content-Length: {length}, {len(body)} B")
    return body


_RETRY = 10  # seconds
_SHOWN = 300  # characters of what an engine says
# After its reason Virtuoso repeats the query, with names of its own.
_ECHO = re.compile(r"(?<!\s)\s*SPARQL query:.*", re.DOTALL)


def _engine_unreachable(reason: str) -> EngineUnreachable:
    """Return the error of an engine that is not there, or does not let us in."""
    return EngineUnreachable(
        message(
            "The SPARQL engine that holds the data does not answer ({reason}). Try again in "
            "{wait} s; pages and documents are served all the same, and the data can be "
            "downloaded (/dump).",
            reason=reason,
            wait=_RETRY,
        ),
        retry_after=_RETRY,
    )


def incomplete_answer(sign: str) -> QueryTruncated:
    """Return the error of an answer of which a part came, by the sign that tells so."""
    sign = " ".join(sign.split())[:_SHOWN]
    return QueryTruncated(
        message(
            "The SPARQL engine gave a part of the answer only ({sign}): none of it is given. "
            "Narrow the query down, ask for it in parts (ORDER BY, LIMIT, OFFSET), or send it "
            "again later.",
            sign=sign,
        )
    )


def _refused(error: urllib.error.HTTPError) -> EngineUnreachable | QueryFailed:
    """Return the error of an engine that is not at work, or does not take a query that is well written."""
    reply, status = "", error.code
    with error:
        if status in _NOT_NOW:
            return _engine_unreachable(f"HTTP {status}")
        with suppress(OSError, HTTPException):
            reply = error.read().decode("utf-8", "replace")
    reason = " ".join(_ECHO.sub("", reply).split())[:_SHOWN]
    reason = reason if reason and "<html" not in reason.lower() else f"HTTP {status}"
    return QueryFailed(
        message(
            "The SPARQL engine refuses this query: {reason}. It is well written; ask it "
            "another way.",
            reason=reason,
        ),
        engine_status=status,
    )
