"""The probes of the service: `/healthz` tells whether it lives, `/readyz` whether it is ready to answer."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from montages.bilingual import message
from montages.errors import MontagesError
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.requests.rate_limit import rate_limit
from montages.web.requests.request_parameters import parameters
from montages.web.route import JSON, Routes, answers
from montages.web.sparql.query_service import current_queries

# The least that can be assessed: a probe that goes through every step.
_PROBE = b"project: probe\nholder: Commune\nlayers: [{layer: objects, mode: own}]\n"
ROUTES = Routes("service")


@ROUTES.get("/healthz", message("The service answers"), answers=answers(JSON, 400))
def healthz() -> Response:
    """Answer that the service lives, with the version of its rulebook."""
    parameters()
    version = current_state().knowledge.version
    return _answer({"status": "ok", "rulebook_version": version})


@ROUTES.get("/readyz", message("The service is ready"), answers={**answers(JSON, 400), 503: JSON})
def readyz() -> Response:
    """Answer whether knowledge, queries, assessment and what guests add work; else 503."""
    parameters()
    state, queries = current_state(), current_queries().pool
    checks = {
        "knowledge": bool(state.knowledge.rules().requirements),
        "engine" if queries.is_remote else "store": queries.answers(),
        "assessment": _assesses(),
    }
    for part in state.parts:
        checks |= part.readiness()
    ready = all(checks.values())
    body: dict[str, Any] = {
        "status": "ready" if ready else "not ready",
        "checks": checks,
        "confinement": queries.confinement(),
        "clients": "not-told" if rate_limit(current_app).met_strangers else "told",
    }
    for part in state.parts:
        body |= part.state()
    return _answer(body, 200 if ready else 503)


def probe_answer(body: bytes) -> Response:
    """Answer whether a description that lacks nothing is assessed."""
    knowledge = current_state().knowledge
    units = knowledge.assess(knowledge.read(body, "yaml")).conclusions.units
    return Response(status=200 if units else 500)


def _assesses() -> bool:
    try:
        return run_apart(probe_answer, _PROBE, "probe").status_code == 200
    except MontagesError:
        return False


def _answer(body: dict[str, Any], status: int = 200) -> Response:
    response = Response(dump(body), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
