"""Does the service live, and is it ready to answer?"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response

from montages.errors import MontagesError
from montages.publish.dump import dump
from montages.web.limits import turn
from montages.web.parameters import parameters
from montages.web.site import Site

# The least that can be assessed: a probe that goes through every step.
_PROBE = "project: probe\nholder: Commune\nlayers: [{layer: objects, mode: own}]\n"


def register(app: Flask, site: Site) -> None:
    """Add /healthz and /readyz to an application."""

    @app.get("/healthz")
    def healthz() -> Response:
        parameters()
        return _answer({"status": "ok", "rulebook_version": site.knowledge.version})

    @app.get("/readyz")
    def readyz() -> Response:
        parameters()
        checks = {"knowledge": _knowledge(site), "store": _store(site), "assessment": _probe(site)}
        ready = all(checks.values())
        told = {"status": "ready" if ready else "not ready", "checks": checks}
        return _answer(told, 200 if ready else 503)


def _knowledge(site: Site) -> bool:
    return bool(site.knowledge.rules().requirements)


def _store(site: Site) -> bool:
    return len(site.dataset.default) > 0


def _probe(site: Site) -> bool:
    try:
        return turn(lambda: bool(site.knowledge.assess(site.knowledge.read(_PROBE, "yaml")).units))
    except MontagesError:
        return False


def _answer(told: dict[str, Any], status: int = 200) -> Response:
    response = Response(dump(told), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
