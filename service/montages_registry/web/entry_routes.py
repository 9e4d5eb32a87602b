"""The addresses of entries: as they are, as they were on a day, by version; of publishers (G1, RFC 7089)."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import Text, message
from montages.errors import MontagesError, UnknownThing
from montages.web.linked_data.things import THING_ANSWERS, THING_PARAMETERS, thing
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import parameters
from montages.web.route import (
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    TEXT,
    Media,
    Route,
    RouteParameter,
    path_parameter,
    refused,
)
from montages_registry.publish.time_map import http_date
from montages_registry.registry_errors import Withdrawn
from montages_registry.version import State, Version
from montages_registry.web.app_registry import (
    app_registry,
    entry_url,
    has_registry,
    list_url,
    readable_version,
    reading_publisher,
    unknown_entry,
)
from montages_registry.web.entry_answer import NOW, VARY, EntryReading, entry_answer
from montages_registry.web.mementos import ReleasedVersions, accept_datetime, released_versions

_MOST_HISTORY = 20  # versions that a withdrawn entry's problem lists; the TimeMap has all


def entry(slug: str) -> Response:
    """Answer an entry in the format of its address, else in the one asked for; for a day, the way there."""
    name, extension = _split(slug)
    moment = accept_datetime()
    version = readable_version(name)
    released = released_versions(name)
    if moment is not None and not extension and (at := released.time_map.at(moment)):
        return _found(released, released.time_map.url(at))
    _check_there(version, released)
    return entry_answer(EntryReading(version, released, is_entry=True), extension)


def project_of_entry(slug: str) -> Response:
    """Answer the name of a project: of one that ships as any thing of the base, of an entry the way there."""
    try:
        return thing(f"id/project/{slug}")
    except UnknownThing:
        if not has_registry() or app_registry().registry.current(slug) is None:
            raise
    asked = request.query_string.decode("ascii", "replace")
    address = f"{entry_url(slug)}?{asked}" if asked else entry_url(slug)
    response = Response(status=303, headers={"Location": address})
    response.headers["Cache-Control"] = NOW
    return response


def entry_version(slug: str, number: str) -> Response:
    """Answer a version of an entry: the bytes as they were sent, unless another format is asked for."""
    digits, extension = _split(number)
    version = _numbered(slug, digits)
    released = released_versions(slug)
    _check_there(version, released, version.number)
    return entry_answer(EntryReading(version, released, is_entry=False), extension)


def publisher(slug: str) -> Response:
    """Lead from the IRI of a publisher to the list of its entries."""
    parameters("lang")
    app_registry().registry.publishers.named(slug)
    response = Response(status=303)
    response.headers["Location"] = f"{list_url()}?{urlencode({'publisher': slug})}"
    return response


def _found(released: ReleasedVersions, memento: str) -> Response:
    """Return the way to the memento of a day (4.1.1): 302, whose Vary says why."""
    response = Response(status=302)
    response.headers["Location"] = memento
    response.headers["Link"] = ", ".join(released.time_map.around(None))
    response.headers["Cache-Control"] = NOW
    response.vary.update(sorted(VARY))
    return response


def _check_there(version: Version, released: ReleasedVersions, number: int | None = None) -> None:
    """Raise Withdrawn or Erased for what is gone, with its history; as a memento, with when it was."""
    slug, moment = version.slug, version.public_from or version.moment
    mementos = released.time_map
    error: MontagesError
    if version.erasure is not None:
        name = f"{slug}, version {version.number}"
        error = version.erasure.error(Text(name, name))
    elif version.state is State.WITHDRAWN:
        day = f"{moment:%Y-%m-%d}"
        error = Withdrawn(
            message(
                "The entry “{slug}” was withdrawn by its publisher on {day}. Its history "
                "stays: {itself}.",
                slug=slug,
                day=day,
                itself=mementos.itself,
            )
        )
    else:
        return
    error.extra |= {
        "timemap": mementos.itself,
        "history": [
            {
                "version": memento.number,
                "url": mementos.url(memento),
                "datetime": http_date(memento.moment),
            }
            for memento in mementos.mementos[-_MOST_HISTORY:]
        ],
    }
    headers = [("Cache-Control", NOW)]
    if mementos.mementos:
        headers.append(("Link", ", ".join(mementos.around(number))))
    if any(memento.number == number for memento in mementos.mementos):
        headers.append(("Memento-Datetime", http_date(moment)))
    error.headers = tuple(headers)
    raise error


def _numbered(slug: str, digits: str) -> Version:
    """Return a version by its number; raises UnknownEntry where there is none that may be read."""
    registry = app_registry().registry
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        version = registry.numbered(slug, int(digits), public=False)
        released = {memento.number for memento in released_versions(slug).mementos}
        if version is not None and version.number in released:
            return version
        reader = reading_publisher()
        if version is not None and reader is not None and reader.slug == version.publisher:
            return version
    raise unknown_entry(f"{slug}/versions/{digits}")


def _split(name: str) -> tuple[str, str]:
    """Return a name and its extension, the empty text where it has none: no name of an entry has a dot."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot else (name, "")


_SLUG = path_parameter(
    "slug", message("name of the entry; with an extension, the document itself"), "dijon"
)
_ENTRY = path_parameter("slug", message("name of the entry"), "dijon")
_NUMBER = path_parameter(
    "number", message("number of the version, with an extension or without"), "1"
)
_ACCEPT_DATETIME = RouteParameter(
    "Accept-Datetime", message("moment at which the entry is wanted (RFC 7089)"), place="header"
)
_ANY: Media = {**DOCUMENTS, **dict.fromkeys(MEDIA_TYPES, TEXT), "application/octet-stream": TEXT}
_REFUSED = refused(400, 401, 404, 406, 410, 413, 422, 451, 503)
_FOUND: dict[int, Media] = {200: _ANY, 206: _ANY, 304: {}, **_REFUSED, **refused(416)}


ROUTES = (
    Route(
        "get",
        "/id/project/<slug>",
        "linked data",
        message("The name of a project: the way to its document, or to its entry"),
        project_of_entry,
        (_ENTRY, *THING_PARAMETERS),
        THING_ANSWERS,
    ),
    Route(
        "get",
        "/projects/<slug>",
        "registry",
        message(
            "An entry: its page, its data, or the bytes as sent; on a day, the way there (302)"
        ),
        entry,
        (_SLUG, _ACCEPT_DATETIME, FORMAT, MEDIA_TYPE, FREE_LANG),
        {**_FOUND, 302: {}},
    ),
    Route(
        "get",
        "/projects/<slug>/versions/<number>",
        "registry",
        message("A version of an entry, as it was sent, or in another format"),
        entry_version,
        (_ENTRY, _NUMBER, FORMAT, MEDIA_TYPE, FREE_LANG),
        _FOUND,
    ),
    Route(
        "get",
        "/publishers/<slug>",
        "registry",
        message("A publisher: the list of its entries (303)"),
        publisher,
        (path_parameter("slug", message("publisher"), "montages"), FREE_LANG),
        {303: {}, **refused(400, 404)},
    ),
)
