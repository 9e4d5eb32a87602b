"""Writing entries: `PUT /projects/{slug}`, its publication, its withdrawal, by a publisher's token (G1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, request

from montages.bilingual import message
from montages.description.parsing.source_text import TABLE_SYNTAXES
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.requests.body_syntax import syntax
from montages.web.requests.request_parameters import lang, one_of, parameters
from montages.web.route import JSON, LANG, RouteParameter, Routes, refused
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples
from montages_registry.entry_gate import EntryContent, admit
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.version import State, Version
from montages_registry.web.app_registry import SLUG, app_registry, asking_publisher, version_json

ROUTES = Routes("registry")
_STATES = (State.PUBLISHED.value, State.DRAFT.value)
_IF_MATCH = RouteParameter(
    "If-Match", message("the entity tag of the version that is replaced"), place="header"
)
_STATE = RouteParameter(
    "state",
    message("published, or draft: one that its publisher alone can read"),
    {"enum": list(_STATES)},
    "draft",
)
_CHANGED = (SLUG, _IF_MATCH, LANG)
_REFUSED = refused(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 451, 503, 507)
_ANSWERS = {200: JSON, 201: JSON, **_REFUSED}


@ROUTES.get(
    "/projects/<slug>",
    message("Write a version of an entry, checked first: published, or as a draft"),
    *(*_CHANGED, _STATE),
    answers=_ANSWERS,
    method="put",
    bodies=body_samples(*TABLE_SYNTAXES, LINES),
    secured=True,
)
def put_entry(slug: str) -> Response:
    """Write a version of an entry once judged: 201 for the first, 200 for another; 422 with the report."""
    registry, publisher = app_registry(), asking_publisher()
    if_match = request.headers.get("If-Match")
    values = parameters("state", "lang")
    state = State(one_of("state", values.get("state", State.PUBLISHED.value), _STATES))
    syntax()  # one that is taken
    body, media_type = request.get_data(cache=False), request.mimetype
    registry.check_write(slug, publisher, if_match, len(body))
    judged = run_apart(admission_answer, body, media_type=media_type, slug=slug)
    if judged.status_code != 200:
        return judged
    tree = json.loads(judged.get_data())
    content = EntryContent(body, media_type, tree["triples"], tree["summary"])
    version = registry.write(slug, content, publisher, if_match, state)
    status = 201 if version.number == 1 else 200
    return _answer(version, status, findings=tree["findings"])


def admission_answer(body: bytes, media_type: str, slug: str) -> Response:
    """Answer what the gate makes of a description; raises what refuses it. Called apart."""
    content, report = admit(current_state().knowledge, body, media_type, slug)
    findings = [finding.to_json(lang()) for finding in report.findings]
    tree = {"findings": findings, "summary": content.summary, "triples": content.triples}
    return Response(json.dumps(tree, ensure_ascii=False), content_type="application/json")


@ROUTES.post(
    "/projects/<slug>/publish",
    message("Publish the last draft of an entry"),
    *_CHANGED,
    answers=_ANSWERS,
    secured=True,
)
def publish_entry(slug: str) -> Response:
    """Make the last draft of an entry public."""
    return _changed(Registry.publish, slug)


@ROUTES.get(
    "/projects/<slug>",
    message("Withdraw an entry: 410 from then on, and its history stays"),
    *_CHANGED,
    answers=_ANSWERS,
    method="delete",
    secured=True,
)
def withdraw_entry(slug: str) -> Response:
    """Withdraw an entry: 410 from then on, and its history stays."""
    return _changed(Registry.withdraw, slug)


def _changed(
    change: Callable[[Registry, str, Publisher, str | None], Version], slug: str
) -> Response:
    publisher = asking_publisher()
    parameters("lang")
    return _answer(change(app_registry(), slug, publisher, request.headers.get("If-Match")))


def _answer(version: Version, status: int = 200, **more: Any) -> Response:
    tree = version_json(version) | more
    response = Response(dump(tree), status=status, mimetype="application/json")
    response.headers["Location"] = tree["version_url"]
    response.headers["ETag"] = version.etag
    response.headers["Cache-Control"] = "no-store"
    return response
