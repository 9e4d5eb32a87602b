"""The service over HTTP: the same answers as the command line, byte for byte (R30).

What comes in: HTTP requests. What goes out: pages, RDF documents, assessments and reports, answers to SPARQL.
Read `operation` (what each module declares beside its handlers), `app_state` (what all handlers share), then
`requests` (what happens to every request) and the room of the address you look for: `assess_routes` and
`validation` for descriptions, `linked_data` for IRIs and the catalogue, `sparql` for queries, `pages`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from montages import settings
from montages.api import load
from montages.web import app_state, assess_routes, health, problem_answers
from montages.web.linked_data import catalogue, dumps, things
from montages.web.openapi import openapi_route
from montages.web.operation import Operation, register_operations
from montages.web.pages import page_routes, translations
from montages.web.requests import headers, metrics, rate_limit, request_limits
from montages.web.requests.accept_header import AcceptingRequest
from montages.web.sparql import endpoint, question_routes
from montages.web.validation import validate_route

_PLAIN: tuple[Operation, ...] = (
    *assess_routes.OPERATIONS,
    *validate_route.OPERATIONS,
    *things.OPERATIONS,
    *catalogue.OPERATIONS,
    *dumps.OPERATIONS,
    *page_routes.OPERATIONS,
    *health.OPERATIONS,
    *metrics.OPERATIONS,
    *openapi_route.OPERATIONS,
)
# Every operation of the service: these, and those that put queries, whose rooms register them.
OPERATIONS = (*_PLAIN, *endpoint.OPERATIONS, *question_routes.OPERATIONS)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the service, knowledge loaded; `config` overrides ENGINE, DATA and MAX_CONTENT_LENGTH."""
    app = Flask(__name__, static_folder=None)
    app.request_class = AcceptingRequest
    app.config.from_mapping(
        ENGINE=settings.get("engine"),
        MAX_CONTENT_LENGTH=settings.number("max_bytes"),
        DATA=[Path(name) for name in settings.get("data").split(os.pathsep) if name],
    )
    app.config.from_mapping(config or {})
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    # What is odd in a description is told by its findings, not by rdflib's log.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    knowledge = load(app.config["ENGINE"])
    knowledge.rules()
    state = app_state.make_state(knowledge, app.config["DATA"])
    app_state.attach(app, state)
    problem_answers.register(app)
    translations.register(app)
    # What happens to every request; the order is that of the answers' headers, first to last.
    for concern in (metrics, headers, rate_limit, request_limits):
        concern.register(app, state)
    register_operations(app, _PLAIN)
    for queries in (endpoint, question_routes):
        queries.register(app, state)
    app.extensions[openapi_route.KEY] = (*OPERATIONS, *question_routes.question_operations())
    return app
