"""The SPARQL endpoint: protocol, service description, and who runs a query (S1–S4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from montages import settings
from montages.errors import MontagesError
from montages.store import guard
from montages.store.complaint import complaint
from montages.store.guard import Plan
from montages.store.limited import limited
from montages.store.pool import Answer, Malformed, Pool, WrongForm, limits, pool
from montages.store.query_errors import QueryBusy, QueryFailed, QueryTimeout
from montages.store.remembered import Remembered
from montages.web.service_description import description
from montages.web.site import Site
from montages.web.sparql_formats import GRAPHS, OF_FORM, chosen, content_type, wants_html
from montages.web.sparql_request import Asked, asked, asked_format

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_ALL_METHODS = [*METHODS, "PUT", "PATCH", "DELETE"]
_KEY = "montages-queries"


@dataclass(frozen=True)
class Queries:
    """What an application answers queries with; `made_of` says all that answers depend on but the query."""

    pool: Pool
    remembered: Remembered[Answer]
    made_of: str


def register(app: Flask, site: Site) -> None:
    """Add `/sparql` to an application, and start what runs its queries."""
    workers, queue = settings.number("query_workers"), settings.number("query_queue")
    queries = pool(site.dataset, limits(), workers, queue)
    app.extensions[_KEY] = Queries(
        queries,
        Remembered(settings.number("query_remembered"), lambda answer: len(answer.body)),
        f"{site.fingerprint} {queries.digest} {queries.limits}",
    )
    routes = Blueprint("sparql", __name__)
    graphs = frozenset(site.dataset.graphs)
    allowed = tuple(settings.get("service_allow").split())

    @routes.route(
        "/sparql", methods=_ALL_METHODS, strict_slashes=False, provide_automatic_options=False
    )
    def sparql() -> Response:
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(METHODS)})
        if request.method not in METHODS:
            raise MethodNotAllowed(valid_methods=METHODS)
        found = asked(request)
        if found is None:
            return _about(site)
        plan = guard.checked(found.query, graphs, allowed)
        for names in (found.default, found.named):
            guard.known(names or (), graphs)
        return _answered(found, plan)

    routes.after_request(open_to_all)
    routes.register_error_handler(QueryBusy, later)
    routes.register_error_handler(QueryTimeout, later)
    app.register_blueprint(routes)


def running() -> Queries:
    """Return what answers the queries of the application at work."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Queries)
    return found


def run(
    plan: Plan,
    form: str,
    tag: str | None,
    default: tuple[str, ...] | None = None,
    named: tuple[str, ...] | None = None,
) -> Answer:
    """Return the answer to a query that has been checked. Raises QuerySyntax, and what the pool raises.

    The dataset is the one given, else that of the query, else the service's. Under a `tag`, the
    answer is remembered.
    """
    return running().remembered.get(tag, lambda: _run(plan, form, default, named))


def _run(
    plan: Plan, form: str, default: tuple[str, ...] | None, named: tuple[str, ...] | None
) -> Answer:
    if default is None and named is None:
        default, named = plan.default, plan.named
    queries = running().pool
    wanted = {
        "query": limited(plan, queries.limits.rows + 1),
        "base": guard.BASE_IRI,
        "format": form,
        "default": default,
        "named": named,
        "prefixes": plan.prefixes,
    }
    try:
        return queries.ask(wanted)
    except Malformed as error:
        raise complaint(plan, str(error)) from error
    except WrongForm as error:
        raise QueryFailed(
            f"Le moteur n'a pas lu {plan.form} comme nous.",
            f"The engine did not read {plan.form} as we did.",
        ) from error


def _answered(found: Asked, plan: Plan) -> Response:
    form = chosen(plan.form, request.headers.get("Accept", ""), found.format)
    tag = _tag(plan, found, form)
    response = not_modified(tag)
    if response is None:
        answer = run(plan, form, tag, found.default, found.named)
        response = Response(answer.body, content_type=content_type(OF_FORM[plan.form], form))
        tell_cut(response, answer)
    mark(response, tag)
    return response


def _tag(plan: Plan, found: Asked, form: str) -> str | None:
    """Return the entity tag of an answer, known before it is; None where it changes by itself."""
    if plan.changing:
        return None
    dataset = (found.default, found.named)
    tag = tag_of(plan.text, dataset, form)
    # New blank nodes each time: the same graph, in other bytes.
    return f"W/{tag}" if plan.renaming else tag


def tag_of(*parts: object) -> str:
    """Return a strong entity tag of all that answers are made of, and of some parts."""
    return _hashed(running().made_of, parts)


@lru_cache(maxsize=4096)
def _hashed(made_of: str, parts: tuple[object, ...]) -> str:
    text = f"{made_of} {parts!r}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def not_modified(tag: str | None) -> Response | None:
    """Return the 304 answer where the client has this version already."""
    if tag and request.method != "POST" and request.if_none_match.contains_raw(tag):
        return Response(status=304)
    return None


def mark(response: Response, tag: str | None) -> None:
    """Give an answer its entity tag: to be asked again about, never taken for granted."""
    if tag and request.method != "POST":
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"


def tell_cut(response: Response, answer: Answer) -> None:
    """Say in the headers that an answer was cut at the row limit."""
    if answer.cut:
        response.headers["X-Montages-Truncated"] = str(running().pool.limits.rows)


def _about(site: Site) -> Response:
    accept, form = request.headers.get("Accept", ""), asked_format(request)
    if not form and wants_html(accept):
        from montages.web import pages

        page: Callable[[Site], str] | None = getattr(pages, "editor", None)
        if page is not None:
            return varied(Response(page(site), mimetype="text/html"))
    form = chosen("DESCRIBE", accept, form)
    tag = tag_of("description", site.base_url(), form)
    response = not_modified(tag)
    if response is None:
        text = _description(site, running().pool, site.base_url(), form)
        response = Response(text, content_type=content_type(GRAPHS, form))
    mark(response, tag)
    return varied(response)


def varied(response: Response) -> Response:
    """Say that an answer depends on Accept and Accept-Language."""
    response.vary.update(("Accept", "Accept-Language"))
    return response


@lru_cache(maxsize=32)
def _description(site: Site, queries: Pool, address: str, form: str) -> str:
    return description(site, queries.limits, f"{address}/sparql", form)


def open_to_all(response: Response) -> Response:
    """Let pages of other sites read an answer (CORS), and caches know what it depends on."""
    headers = response.headers
    response.vary.add("Accept")
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Montages-Truncated"
    if request.method == "OPTIONS":
        headers.pop("Content-Type", None)
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = (
            "Accept, Accept-Language, Content-Type, If-None-Match"
        )
        headers["Access-Control-Max-Age"] = "86400"
    return response


def later(error: MontagesError) -> Response:
    """Return the problem of a query that may be sent again, with when."""
    handler = current_app.error_handler_spec[None][None][MontagesError]
    response = handler(error)
    assert isinstance(response, Response)
    response.headers["Retry-After"] = str(error.extra.get("retry_after", 1))
    return response
