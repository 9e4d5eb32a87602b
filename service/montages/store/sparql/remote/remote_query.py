"""One query sent to another engine through SPARQLWrapper, and what came back, as it was written, whole.

What a transfer or the engine's own clock has cut is an error: a JSON says where it ends, N-Triples do not.
"""

from __future__ import annotations

import ast
import re
import urllib.error
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException, Unauthorized

from montages.store.sparql.query_guard import BASE_IRI
from montages.store.sparql.remote.engine_errors import (
    engine_refusal,
    engine_unreachable,
    incomplete_answer,
)
from montages.store.sparql.remote.http_credentials import authorization, forget_challenges
from montages.store.sparql.remote.remote_engine import RemoteEngine

RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"
_MEDIA = {"SELECT": RESULTS, "ASK": RESULTS, "CONSTRUCT": TRIPLES, "DESCRIBE": TRIPLES}
_READABLE = (RESULTS, "application/json", TRIPLES, "text/plain", "text/ntriples")
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
    graphs: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> RemoteAnswer:
    """Return what an engine answers to a query of a form, over default and named graphs.

    Raises EngineUnreachable where it is not there, QueryFailed where it refuses the query, QueryTruncated
    where a part of its answer came.
    """
    wrapper = SPARQLWrapper(engine.endpoint, agent="Montages")
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setTimeout(max(1, round(seconds)))
    wrapper.setQuery(f"BASE <{BASE_IRI}>\n{text}" if _RELATIVE.search(text) else text)
    wrapper.queryType = form
    for name in graphs[0]:
        wrapper.addDefaultGraph(name)
    for name in graphs[1]:
        wrapper.addNamedGraph(name)
    wrapper.addCustomHttpHeader("Accept", _MEDIA[form])
    try:
        response = _response(engine, wrapper)
    except SPARQLWrapperException as error:
        raise _refused(error.__context__, _engine_message(error)) from error
    except urllib.error.HTTPError as error:
        raise _refused(error, "") from error
    except (OSError, HTTPException) as error:
        raise engine_unreachable(reason(error)) from error
    with response:
        headers = response.headers
        media = headers.get_content_type()
        if media not in _READABLE:
            raise engine_unreachable(f"Content-Type: {media}")
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
    said = response.length
    if said is None and not response.chunked and media not in (RESULTS, "application/json"):
        raise incomplete_answer("no Content-Length")
    if response.will_close:
        response.length = None  # all that comes until it closes, to be held against what it said
    try:
        body = response.read()
    except (OSError, HTTPException) as error:
        raise incomplete_answer(reason(error)) from error
    if said is not None and len(body) != said:
        raise incomplete_answer(f"Content-Length: {said}, {len(body)} B")
    return body


def _response(engine: RemoteEngine, wrapper: SPARQLWrapper) -> HTTPResponse:
    """Return the response to a query; an engine may forget what it asked of us, and is asked again."""
    for attempt in (1, 2):
        if header := authorization(engine, wrapper._createRequest()):
            wrapper.addCustomHttpHeader("Authorization", header)
        try:
            response = wrapper.query().response
            assert isinstance(response, HTTPResponse)
            return response
        except Unauthorized:
            if attempt == 2 or not header:
                raise
            forget_challenges()
    raise AssertionError


def _refused(cause: BaseException | None, said: str) -> Exception:
    """Return the error of an engine that answered by a status of HTTP."""
    status = cause.code if isinstance(cause, urllib.error.HTTPError) else 500
    if status in _NOT_NOW:
        return engine_unreachable(f"HTTP {status}")
    return engine_refusal(status, said)


def _engine_message(error: SPARQLWrapperException) -> str:
    """Return what an engine said: SPARQLWrapper gives it as Python writes bytes, after words of its own."""
    with suppress(SyntaxError, ValueError):
        said = ast.literal_eval(str(error).partition("Response:\n")[2])
        if isinstance(said, bytes):
            return said.decode("utf-8", "replace")
    return ""


def reason(error: Exception) -> str:
    """Return why a connection did not come about, in the words of the system."""
    cause = getattr(error, "reason", error)
    return str(getattr(cause, "strerror", None) or cause or type(cause).__name__)
