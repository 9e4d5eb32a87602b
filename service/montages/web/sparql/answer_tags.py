"""The entity tags of answers to queries: by them a client asks whether an answer is still the same."""

from __future__ import annotations

from flask import Response, request

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


def not_modified(tag: str | None) -> Response | None:
    """Return the 304 answer where the client has this version already."""
    if not tag or request.method == "POST" or "HTTP_IF_NONE_MATCH" not in request.environ:
        return None
    if request.if_none_match.contains_raw(tag):
        return Response(status=304)
    return None


def set_entity_tag(response: Response, tag: str | None) -> None:
    """Give an answer its entity tag: to be asked again about, never taken for granted."""
    if tag and request.method != "POST":
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"
