"""The service over HTTP: the same answers as the command line, byte for byte (R30)."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from montages import settings
from montages.decision.api import Knowledge, load
from montages.publish.dump import dump_bytes
from montages.web import (
    catalogue,
    dumps,
    headers,
    health,
    limits,
    metrics,
    openapi,
    pages,
    problems,
    queries,
    rate,
    site,
    sparql,
    things,
    validate,
)
from montages.web.limits import turn
from montages.web.parameters import flag, lang, parameters, syntax


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the service, knowledge loaded; `config` overrides ENGINE, DATA and MAX_CONTENT_LENGTH."""
    app = Flask(__name__, static_folder=None)
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
    problems.register(app)
    found = site.made(knowledge, app.config["DATA"])
    site.keep(app, found)
    for register in _CONCERNS:
        register(app, found)
    _routes(app, knowledge)
    return app


# Each concern adds its routes; the order is that of the answers' headers, first to last.
_CONCERNS: tuple[Callable[[Flask, site.Site], None], ...] = (
    metrics.register,
    headers.register,
    rate.register,
    limits.register,
    health.register,
    things.register,
    catalogue.register,
    dumps.register,
    sparql.register,
    queries.register,
    pages.register,
    validate.register,
    openapi.register,
)


def _routes(app: Flask, knowledge: Knowledge) -> None:
    @app.post("/assess")
    def assess() -> Response:
        if pages.is_form():
            return pages.html(turn(lambda: pages.assessed(site.site())))
        given = parameters("as_of", "lang", "project", "anyway")
        text, known, anyway = request.get_data(cache=False), syntax(), flag("anyway")
        found = turn(
            lambda: knowledge.assess(
                knowledge.read(text, known, given.get("project")),
                as_of=given.get("as_of"),
                lang=lang(),
                anyway=anyway,
            )
        )
        return _answer(found.to_json())

    @app.post("/check")
    def check() -> Response:
        given = parameters("lang", "project")
        text, known = request.get_data(cache=False), syntax()
        report = turn(lambda: knowledge.check(knowledge.read(text, known, given.get("project"))))
        return _answer(report.to_json(lang()))


def _answer(body: Any) -> Response:
    response = Response(dump_bytes(body), mimetype="application/json")
    response.headers["Content-Language"] = lang()
    response.vary.add("Accept-Language")
    return response
