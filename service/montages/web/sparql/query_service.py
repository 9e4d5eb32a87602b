"""What answers the queries of an application and remembers its answers; and the entity tags of these."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.http import parse_etags

from montages import settings
from montages.knowledge.files.caching import ByteCache
from montages.processes.turns import ClientWatch
from montages.store.sparql.query_pool import Pool, QueryDataset, SerialisedAnswer
from montages.web.app_state import AppState
from montages.web.requests.headers import check_version, vary_by_accept
from montages.web.requests.rate_limit import client_watch

_KEY = "montages-queries"
_ENTRY = 500  # bytes that an answer takes in memory beside its own


@dataclass(frozen=True)
class QueryService:
    """What answers the queries of an application.

    `fingerprint` is the hash of all that answers depend on but the query.
    """

    pool: Pool
    remembered: ByteCache[SerialisedAnswer]
    fingerprint: hashlib._Hash

    def digest(self, *parts: object) -> str:
        """Return the digest of all that answers are made of, and of some parts."""
        digest = self.fingerprint.copy()
        digest.update(repr((self.pool.revision(), *parts)).encode(errors="surrogatepass"))
        return digest.hexdigest()[:32]

    def run(
        self,
        text: str,
        formats: tuple[str, ...],
        dataset: QueryDataset,
        digest: str,
        client: ClientWatch,
    ) -> SerialisedAnswer:
        """Return the answer to a query of this digest; it is stopped once the client has left.

        Raises what the pool raises.
        """
        return self.remembered.get(
            (digest, formats), lambda: self.pool.ask(text, formats, dataset, client)
        )


def _room(answer: SerialisedAnswer) -> int:
    """Return the bytes that an answer takes where it is remembered; one that changes is never."""
    return sys.maxsize if answer.changing else len(answer.body) + _ENTRY


def start_queries(app: Flask, state: AppState) -> QueryService:
    """Have an application answer queries, and return what does."""
    queries = state.queries
    service = app.extensions[_KEY] = QueryService(
        queries,
        ByteCache(settings.number("query_remembered"), _room),
        hashlib.sha256(f"{state.fingerprint} {queries.digest} {queries.limits}".encode()),
    )
    return service


def current_queries() -> QueryService:
    """Return what answers the queries of the application at work."""
    queries: QueryService = current_app.extensions[_KEY]
    return queries


def run_query(
    text: str, formats: tuple[str, ...], dataset: QueryDataset = (None, None)
) -> SerialisedAnswer:
    """Return the answer to a query, in the format among some that its form has; it is remembered.

    The dataset is the one given, else that of the query, else the service's. Raises what the pool raises.
    """
    queries, client = current_queries(), client_watch(request.environ)
    return queries.run(text, formats, dataset, queries.digest(text, dataset), client)


def ask_queries(query: str, form: str) -> SerialisedAnswer:
    """Return the answer to a query of ours in a format; it is not remembered."""
    client = client_watch(request.environ)
    return current_queries().pool.ask(query, (form,), client=client)


def tag_of(answer: SerialisedAnswer, digest: str) -> str | None:
    """Return the entity tag of an answer; None where it changes by itself."""
    if answer.changing:
        return None
    # New blank nodes each time: the same graph, in other bytes.
    return f'{"W/" if answer.renaming else ""}"{digest}-{answer.format}"'


def answer_tag(*parts: object) -> str | None:
    """Return the entity tag of an answer to a query; None where another engine gives it, as it may change."""
    return None if current_queries().pool.is_remote else entity_tag(*parts)


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag of all that answers are made of, and of some parts."""
    return f'"{current_queries().digest(*parts)}"'


def is_at_client(environ: Mapping[str, Any], tag: str | None) -> bool:
    """Tell whether who sent a request has this version of its answer already.

    Raises AnotherVersion where If-Match names another one.
    """
    if environ["REQUEST_METHOD"] == "POST":
        return False
    if wanted := parse_etags(environ.get("HTTP_IF_MATCH")):
        check_version(wanted, *filter(None, [tag]))
    if not tag or "HTTP_IF_NONE_MATCH" not in environ:
        return False
    return parse_etags(environ["HTTP_IF_NONE_MATCH"]).contains_raw(tag)


def tag_headers(method: str, tag: str | None) -> list[tuple[str, str]]:
    """Return how an answer names its version: to be asked again about, never taken for granted."""
    headers = [("Cache-Control", "no-cache" if tag else "no-store")]
    return [("ETag", tag), *headers] if tag and method != "POST" else headers


def tagged(tag: str | None, answer: Callable[[], Response]) -> Response:
    """Return 304 where the client has this version already, else an answer, made then; with its tag."""
    response = Response(status=304) if is_at_client(request.environ, tag) else answer()
    for name, value in tag_headers(request.method, tag):
        response.headers[name] = value
    return vary_by_accept(response)
