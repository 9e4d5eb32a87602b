"""Writing entries: `PUT /projects/{slug}`, its publication, its withdrawal, by a publisher's token (G1)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Response, request

from montages.bilingual import message
from montages.description.parsing.source_text import TABLE_SYNTAXES
from montages.errors import UnreadableInput
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.requests.body_syntax import syntax
from montages.web.requests.request_parameters import one_of, parameters
from montages.web.route import LANG, Media, Route, RouteParameter, path_parameter, refused
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples
from montages_registry.entry_names import check_slug
from montages_registry.moments import read_moment
from montages_registry.publish.entry_summary import EntrySummary
from montages_registry.publish.time_map import iso_time
from montages_registry.publishers import Publisher, Right
from montages_registry.registry_errors import NotYours
from montages_registry.version import Content, State, Version, WriteCondition
from montages_registry.web.app_registry import (
    app_registry,
    asking_publisher,
    entry_url,
    version_url,
)
from montages_registry.web.entry_gate import judge
from montages_registry.web.entry_index import keep_summaries, summaries_basis

_STATES = (State.PUBLISHED.value, State.DRAFT.value)


def put_entry(slug: str) -> Response:
    """Write a version of an entry once judged: 201 for the first, 200 for another; 422 with the report."""
    registry = app_registry().registry
    publisher = asking_publisher()
    values = parameters("state", "publish-at", "lang")
    state = State(one_of("state", values.get("state", State.PUBLISHED.value), _STATES))
    publisher.check(Right.EDIT)
    if state is State.PUBLISHED:
        publisher.check(Right.PUBLISH)
    publish_at = _publish_time(values.get("publish-at"))
    check_slug(slug, publisher.slug)
    _check_owner(slug, publisher)
    body_syntax, media_type = syntax(), request.mimetype
    condition = _condition(slug)
    body = request.get_data(cache=False)
    verdict = judge(body, body_syntax, slug)
    if verdict.status_code != 200:
        return verdict
    answer = json.loads(verdict.get_data())
    version = registry.write(
        slug,
        Content(body, media_type),
        publisher,
        condition,
        state=state,
        publish_at=publish_at if state is State.PUBLISHED else None,
    )
    summary = EntrySummary.from_json(answer["summary"])
    keep_summaries({version: summary}, summaries_basis(current_state()))
    return _version_answer(version, 201 if version.number == 1 else 200, answer["findings"])


def publish_entry(slug: str) -> Response:
    """Make the latest draft of an entry public, now or at `publish-at`."""
    registry, publisher = app_registry().registry, asking_publisher()
    values = parameters("publish-at", "lang")
    publisher.check(Right.PUBLISH)
    _check_owner(slug, publisher)
    publish_at = _publish_time(values.get("publish-at"))
    version = registry.publish(slug, publisher, _condition(slug), publish_at=publish_at)
    return _version_answer(version, 200)


def withdraw_entry(slug: str) -> Response:
    """Withdraw an entry: 410 from then on, and its history stays."""
    registry, publisher = app_registry().registry, asking_publisher()
    parameters("lang")
    _check_owner(slug, publisher)
    version = registry.withdraw(slug, publisher, _condition(slug))
    return _version_answer(version, 200)


def _publish_time(text: str | None) -> datetime | None:
    """Return the moment that a text gives, None without a text; raises UnreadableInput, which names it."""
    if not text:
        return None
    try:
        # In an address a plus sign reads as a space.
        return read_moment(text.replace(" ", "+") if "T" in text else text)
    except UnreadableInput as error:
        fault = error.readable
        raise UnreadableInput(message("publish-at: {fault}", fault=fault)) from error


def _check_owner(slug: str, publisher: Publisher) -> None:
    """Raise NotYours before anything is judged; the record looks again as it writes."""
    latest = app_registry().registry.current(slug, public=False)
    if latest is not None and latest.publisher != publisher.slug:
        raise NotYours(
            message("“{slug}” is the entry of another publisher: choose another name.", slug=slug)
        )


def _condition(slug: str) -> WriteCondition:
    """Return the condition of a write; a tag of any form of the latest version stands for that version."""
    headers = request.headers
    if_match = headers.get("If-Match")
    latest = app_registry().registry.current(slug, public=False) if if_match else None
    if latest is not None and if_match is not None:
        if_match = if_match.replace(f"{latest.etag[:-1]}-", f'{latest.etag}, "form-')
    return WriteCondition(if_match, headers.get("If-None-Match"))


def _version_answer(version: Version, status: int, findings: list[Any] | None = None) -> Response:
    entry, where = entry_url(version.slug), version_url(version.slug, version.number)
    tree: dict[str, Any] = {
        "slug": version.slug,
        "version": version.number,
        "state": version.state.value,
        "publisher": version.publisher,
        "moment": iso_time(version.moment),
        "public_from": _moment(version.public_from),
        "etag": version.etag,
        "url": entry,
        "version_url": where,
        "timemap": f"{entry}/timemap",
    }
    if findings is not None:
        tree["findings"] = findings
    response = Response(dump(tree), status=status, mimetype="application/json")
    response.headers["Location"] = where
    response.headers["ETag"] = version.etag
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment(moment: datetime | None) -> str | None:
    return iso_time(moment) if moment else None


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
_PUBLISH_AT = RouteParameter(
    "publish-at", message("day or moment from which the version is public"), example="2027-01-04"
)
_STATE = RouteParameter(
    "state",
    message("published, or draft: one that its publisher alone can read"),
    {"enum": list(_STATES)},
    "draft",
)
WRITTEN = {
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
_ANSWER: Media = {"application/json": WRITTEN}
_REFUSED = refused(400, 401, 403, 404, 409, 410, 412, 428, 451, 503, 507)

ROUTES = (
    Route(
        "put",
        "/projects/<slug>",
        "registry",
        message("Write a version of an entry, checked first: published, or as a draft"),
        put_entry,
        (_SLUG, _IF_MATCH, _IF_NONE_MATCH, _STATE, _PUBLISH_AT, LANG),
        {200: _ANSWER, 201: _ANSWER, **_REFUSED, **refused(413, 415, 422)},
        body_samples(*TABLE_SYNTAXES, LINES),
        secured=True,
    ),
    Route(
        "post",
        "/projects/<slug>/publish",
        "registry",
        message("Publish the latest draft of an entry, now or on a day"),
        publish_entry,
        (_SLUG, _IF_MATCH, _PUBLISH_AT, LANG),
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
