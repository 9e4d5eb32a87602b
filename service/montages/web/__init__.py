"""The service over HTTP: the same answers as the command line, byte for byte (R30).

What comes in: HTTP requests. What goes out: pages, RDF documents, assessments and reports, answers to SPARQL.
Read `route` (what each module declares beside its handlers), `app_state` (what all handlers share), then
`requests` (what happens to every request) and the room of the address you look for: `assess_routes`,
`operation_routes` and `validation` for descriptions (which `description_pool` has judged in processes apart),
`linked_data` for IRIs and the catalogue, `sparql` for queries, `pages`, and `project_tool` for the officer's
tool.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

from montages import settings
from montages.api import load
from montages.guests import guests
from montages.publish.contacts import contest_address
from montages.web import (
    assess_routes,
    health,
    openapi_document,
    operation_routes,
    problem_answers,
    table_routes,
)
from montages.web.app_state import attach_state
from montages.web.linked_data import (
    catalogue,
    describe_route,
    dumps,
    namespace_routes,
    site_map,
    things,
)
from montages.web.pages import (
    contest_page,
    editor_page,
    explorer_page,
    page_filters,
    page_routes,
    review_page,
    tree_page,
)
from montages.web.pages.lists import listings, matrices, search_page
from montages.web.project_tool import tool_routes
from montages.web.requests import headers, metrics, rate_limit, request_limits
from montages.web.requests.accept_header import AcceptingRequest
from montages.web.requests.headers import frame_ancestors
from montages.web.route import ROUTES_KEY, Route, register_routes
from montages.web.service_part import service_parts
from montages.web.sparql import endpoint, question_routes
from montages.web.threshold_page import threshold_routes
from montages.web.validation import validate_route

# The modules that answer requests, each with its routes.
_PLAIN_ROOMS = (
    assess_routes,
    operation_routes,
    validate_route,
    things,
    namespace_routes,
    catalogue,
    site_map,
    dumps,
    listings,
    matrices,
    search_page,
    tree_page,
    page_routes,
    contest_page,
    review_page,
    editor_page,
    explorer_page,
    tool_routes,
    threshold_routes,
    table_routes,
    health,
    metrics,
    openapi_document,
)
# What puts queries has routes of its own kind.
_QUERY_ROOMS = (endpoint, question_routes, describe_route)
# By method and path: a guest may answer an address of ours itself.
_PLAIN: tuple[Route, ...] = tuple(
    {
        (route.method, route.path): route
        for room in (*_PLAIN_ROOMS, *guests().route_modules)
        for route in room.ROUTES
    }.values()
)
ROUTES = (*_PLAIN, *(route for room in _QUERY_ROOMS for route in room.ROUTES))


class SyncFlask(Flask):
    """A Flask whose functions are all plain: it does not look at each for that, ten times a request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function as it is."""
        return func


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the service, knowledge loaded; `config` overrides ENGINE, DATA, STORE, limits, and REGISTRY."""
    app = SyncFlask(__name__, static_folder=None)
    folders = [Path(__file__).parent, *guests().folders]
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder / "templates") for folder in folders])
    app.request_class = AcceptingRequest
    app.config.from_mapping(
        ENGINE=settings.get("engine"),
        MAX_CONTENT_LENGTH=settings.number("max_bytes"),
        DATA=[Path(name) for name in settings.get("data").split(os.pathsep) if name],
        STORE=Path(settings.get("store")) if settings.get("store") else None,
    )
    app.config.from_mapping(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    frame_ancestors()  # a setting that no browser would understand stops the start
    # What is odd in a description is told by its findings, not by rdflib's log.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    knowledge = load(app.config["ENGINE"])
    contest_address()  # a wrong one stops the start
    knowledge.rules()
    parts = service_parts(app)
    state = attach_state(app, knowledge, parts)
    for part in parts:
        part.register(app)
    problem_answers.register(app)
    page_filters.register(app)
    # What happens to every request; the order is that of the answers' headers, first to last.
    for concern in (metrics, headers, rate_limit, request_limits):
        concern.register(app)
    elsewhere = metrics.ROUTES if metrics.own_port() else ()
    register_routes(app, [route for route in _PLAIN if route not in elsewhere])
    endpoint.register(app, state)
    for name, room in (("queries", question_routes), ("describe", describe_route)):
        app.register_blueprint(endpoint.query_blueprint(name, room.ROUTES))
    headers.trust_proxies(app)
    served = [route for route in ROUTES if route not in elsewhere]
    every = (*served, *question_routes.question_operations())
    app.extensions[ROUTES_KEY] = every
    return app
