"""The entity tags of answers to queries: by them a client asks whether an answer is still the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.http import parse_etags

from montages.door_errors import check_version
from montages.store.sparql.query_pool import SerialisedAnswer
from montages.web.sparql.query_service import current_queries, query_digest


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
    return f'"{query_digest(*parts)}"'


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


def not_modified(tag: str | None) -> Response | None:
    """Return the 304 answer where the client has this version already."""
    return Response(status=304) if is_at_client(request.environ, tag) else None


def tag_headers(method: str, tag: str | None) -> list[tuple[str, str]]:
    """Return how an answer names its version: to be asked again about, never taken for granted."""
    headers = [("Cache-Control", "no-cache" if tag else "no-store")]
    return [("ETag", tag), *headers] if tag and method != "POST" else headers


def set_entity_tag(response: Response, tag: str | None) -> None:
    """Give an answer its entity tag."""
    for name, value in tag_headers(request.method, tag):
        response.headers[name] = value
