"""Writing entries: `PUT /projects/{slug}`, its publication, its withdrawal, by a publisher's token (G1)."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request

from montages.bilingual import message
from montages.description.parsing.source_text import TABLE_SYNTAXES
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.requests.body_syntax import syntax
from montages.web.requests.request_parameters import lang, one_of, parameters
from montages.web.route import LANG, Media, Route, RouteParameter, path_parameter, refused
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples
from montages_registry.entry_gate import admit
from montages_registry.entry_summary import EntrySummary
from montages_registry.version import EntryContent, State, Version, WriteCondition
from montages_registry.web.app_registry import (
    app_registry,
    asking_publisher,
    entry_url,
    version_url,
)

_STATES = (State.PUBLISHED.value, State.DRAFT.value)


def put_entry(slug: str) -> Response:
    """Write a version of an entry once judged: 201 for the first, 200 for another; 422 with the report."""
    registry, publisher, condition = app_registry(), asking_publisher(), _condition()
    values = parameters("state", "lang")
    state = State(one_of("state", values.get("state", State.PUBLISHED.value), _STATES))
    syntax()  # one that is taken
    body, media_type = request.get_data(cache=False), request.mimetype
    registry.check_write(slug, publisher, condition, len(body), state)
    judged = run_apart(admission_answer, body, media_type=media_type, slug=slug)
    if judged.status_code != 200:
        return judged
    tree = json.loads(judged.get_data())
    summary = EntrySummary.from_json(tree["summary"])
    content = EntryContent(body, media_type, tree["triples"], summary)
    version = registry.write(slug, content, publisher, condition, state)
    return _version_answer(version, 201 if version.number == 1 else 200, tree["findings"])


def admission_answer(body: bytes, media_type: str, slug: str) -> Response:
    """Answer what the gate makes of a description; raises what refuses it. Called apart."""
    content, report = admit(current_state().knowledge, body, media_type, slug)
    tree = {
        "findings": [finding.to_json(lang()) for finding in report.findings],
        "summary": content.summary.to_json(),
        "triples": content.triples,
    }
    return Response(json.dumps(tree, ensure_ascii=False), content_type="application/json")


def publish_entry(slug: str) -> Response:
    """Make the last draft of an entry public."""
    publisher = asking_publisher()
    parameters("lang")
    return _version_answer(app_registry().publish(slug, publisher, _condition()), 200)


def withdraw_entry(slug: str) -> Response:
    """Withdraw an entry: 410 from then on, and its history stays."""
    publisher = asking_publisher()
    parameters("lang")
    return _version_answer(app_registry().withdraw(slug, publisher, _condition()), 200)


def _condition() -> WriteCondition:
    return WriteCondition(request.headers.get("If-Match"), request.headers.get("If-None-Match"))


def version_json(version: Version) -> dict[str, Any]:
    """Return a version as JSON, with its addresses."""
    urls = {
        "url": entry_url(version.slug),
        "version_url": version_url(version.slug, version.number),
    }
    return version.to_json() | urls


def _version_answer(version: Version, status: int, findings: list[Any] | None = None) -> Response:
    tree = version_json(version)
    if findings is not None:
        tree["findings"] = findings
    response = Response(dump(tree), status=status, mimetype="application/json")
    response.headers["Location"] = tree["version_url"]
    response.headers["ETag"] = version.etag
    response.headers["Cache-Control"] = "no-store"
    return response


_SLUG = path_parameter(
    "slug",
    message("name of the entry: lower-case letters without accents, digits, hyphens"),
    "eclairage-de-vernon",
)
_IF_MATCH = RouteParameter(
    "If-Match", message("the entity tag of the version that is replaced"), place="header"
)
_IF_NONE_MATCH = RouteParameter(
    "If-None-Match", message("* to create, and replace nothing"), place="header"
)
_STATE = RouteParameter(
    "state",
    message("published, or draft: one that its publisher alone can read"),
    {"enum": list(_STATES)},
    "draft",
)
VERSION: dict[str, Any] = {
    "type": "object",
    "required": ["slug", "version", "state", "publisher", "moment", "etag", "url", "version_url"],
    "properties": {
        "slug": {"type": "string"},
        "version": {"type": "integer", "minimum": 1},
        "state": {"enum": [state.value for state in State]},
        "publisher": {"type": "string"},
        "moment": {"type": "string", "format": "date-time"},
        "public_from": {"type": ["string", "null"]},
        "etag": {"type": "string"},
        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Validation.finding"}},
    },
}
_ANSWER: Media = {"application/json": VERSION}
_REFUSED = refused(400, 401, 403, 404, 409, 410, 412, 428, 451, 503, 507)

ROUTES = (
    Route(
        "put",
        "/projects/<slug>",
        "registry",
        message("Write a version of an entry, checked first: published, or as a draft"),
        put_entry,
        (_SLUG, _IF_MATCH, _IF_NONE_MATCH, _STATE, LANG),
        {200: _ANSWER, 201: _ANSWER, **_REFUSED, **refused(413, 415, 422)},
        body_samples(*TABLE_SYNTAXES, LINES),
        secured=True,
    ),
    Route(
        "post",
        "/projects/<slug>/publish",
        "registry",
        message("Publish the last draft of an entry"),
        publish_entry,
        (_SLUG, _IF_MATCH, LANG),
        {200: _ANSWER, **_REFUSED},
        secured=True,
    ),
    Route(
        "delete",
        "/projects/<slug>",
        "registry",
        message("Withdraw an entry: 410 from then on, and its history stays"),
        withdraw_entry,
        (_SLUG, _IF_MATCH, LANG),
        {200: _ANSWER, **_REFUSED},
        secured=True,
    ),
)
