"""Reading entries: as they are, as they were on a day, by version, and their TimeMap (G1, RFC 7089)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request
from werkzeug.http import is_resource_modified, quote_etag

from montages.bilingual import Text
from montages.publish.linked_data.formats import ALL, BY_EXTENSION, HTML, Format
from montages.publish.registry.time_map import http_date
from montages.registry.registry_errors import Withdrawn
from montages.registry.version import State, Version
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import EXPOSED, where
from montages.web.linked_data.negotiation import best_format, format_by_parameter, not_acceptable
from montages.web.operation import (
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    TEXT,
    Media,
    Operation,
    OperationParameter,
    path_parameter,
    refused,
)
from montages.web.registry.accept_datetime import accept_datetime
from montages.web.registry.app_registry import (
    app_registry,
    readable_version,
    reading_publisher,
    unknown_entry,
)
from montages.web.registry.entry_addresses import entry_url, version_url
from montages.web.registry.entry_documents import RefusedDocument, entry_document
from montages.web.registry.entry_version import EntryVersion
from montages.web.registry.released_versions import ReleasedVersions, released_versions
from montages.web.requests.accept_header import accepted_media
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang

_EXPOSED = f"{EXPOSED}, Memento-Datetime, Vary"
_VARY = frozenset({"Accept", "Accept-Datetime", "Accept-Language", "Authorization"})
# An entry may change at any time; a version never does, but for the links to those after it.
_NOW, _THEN, _PRIVATE = "public, no-cache", "public, max-age=3600", "private, no-store"
_MOST_HISTORY = 20  # versions that a withdrawn entry's problem lists; the TimeMap has all


def entry(slug: str) -> Response:
    """Answer an entry in the format of its address, else in the one asked for; for a day, the way there."""
    name, extension = _split(slug)
    moment = accept_datetime()
    version = readable_version(name)
    released = released_versions(name)
    if moment is not None and not extension and (at := released.time_map.at(moment)):
        return _found(released, released.time_map.url(at))
    if version.state is State.WITHDRAWN:
        raise _withdrawn(version, released)
    return _answer(_Reading(version, released, is_entry=True), extension)


def entry_version(slug: str, number: str) -> Response:
    """Answer a version of an entry: the bytes as they were sent, unless another format is asked for."""
    digits, extension = _split(number)
    version = _numbered(slug, digits)
    released = released_versions(slug)
    if version.state is State.WITHDRAWN:
        raise _withdrawn(version, released, version.number)
    return _answer(_Reading(version, released, is_entry=False), extension)


@dataclass(frozen=True, eq=False)
class _Reading:
    """A version that is read, as the entry itself or as a memento, among those that were public."""

    version: Version
    released: ReleasedVersions
    is_entry: bool

    @property
    def address(self) -> str:
        """Return the address without an extension."""
        slug = self.version.slug
        return entry_url(slug) if self.is_entry else version_url(slug, self.version.number)

    @property
    def sent(self) -> Format:
        """Return the format in which the version was sent, the first that is offered."""
        media_type = self.version.media_type
        return Format("", media_type, media_type, "")

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it."""
        return any(it.number == self.version.number for it in self.released.mementos)


def _answer(reading: _Reading, extension: str) -> Response:
    version, state = reading.version, current_state()
    form = _form(reading, extension)
    if form.extension:
        own = lang() if form is HTML else ""
        newest = mementos[-1].number if (mementos := reading.released.mementos) else 0
        parts = [form.extension, own, str(newest), state.fingerprint[:12]]
        tag = f"{version.etag[1:-1]}-{'-'.join(filter(None, parts))}"
        content_type = form.content_type
    else:
        tag, content_type = version.etag[1:-1], _sent_type(version.media_type)
    response = Response(content_type=content_type)
    response.set_etag(tag)
    _set_headers(response, reading, form)
    if not is_resource_modified(
        request.environ, quote_etag(tag), last_modified=response.last_modified
    ):
        response.status_code = 304
        return response
    try:
        response.set_data(_body(reading, form, tag) if form.extension else version.content.body)
    except RefusedDocument as refusal:
        return refusal.response
    size = len(response.get_data())
    response.make_conditional(request, accept_ranges=True, complete_length=size)
    return response


def _body(reading: _Reading, form: Format, tag: str) -> bytes:
    """Return the document of a version, which is remembered: its tag says all that it is made of."""
    seen = EntryVersion.of(reading.version, reading.released.versions, reading.is_entry)
    body = reading.version.content.body
    provenance = app_registry().index.provenance(reading.version)
    if not reading.is_public:
        return entry_document(body, seen, provenance, form)
    key = (tag, where(), request.path)
    return current_state().bodies.get(key, lambda: entry_document(body, seen, provenance, form))


def _form(reading: _Reading, extension: str) -> Format:
    """Return the format asked for: by extension, by parameter, else by Accept, that of the sender first."""
    if extension:
        form = BY_EXTENSION.get(extension)
        if form is None:
            raise unknown_entry(f"{reading.version.slug}.{extension}")
        return form
    offered = (reading.sent, *ALL)
    args = request.args
    if args.get("_format") or args.get("_mediatype"):
        named = format_by_parameter(args.get("_format"), args.get("_mediatype"), offered)
    else:
        named = best_format(accepted_media(), offered)
    if named is None:
        raise not_acceptable(
            [(reading.sent, reading.address)]
            + [(each, f"{reading.address}.{each.extension}") for each in ALL]
        )
    return named


def _set_headers(response: Response, reading: _Reading, form: Format) -> None:
    version, headers = reading.version, response.headers
    mementos, base = reading.released.time_map, reading.address
    links = list(mementos.around(version.number if not reading.is_entry else None))
    links += [
        f'<{base}.{each.extension}>; rel="alternate"; type="{each.media_type}"'
        for each in ALL
        if each is not form
    ]
    headers["Link"] = ", ".join(links)
    headers["Content-Location"] = (
        f"{base}.{form.extension}" if form.extension else version_url(version.slug, version.number)
    )
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    headers["Cache-Control"] = (
        (_NOW if reading.is_entry else _THEN) if reading.is_public else _PRIVATE
    )
    moment = version.public_from or version.moment
    response.last_modified = moment
    if not reading.is_entry and reading.is_public:
        headers["Memento-Datetime"] = http_date(moment)
    if form is HTML:
        headers["Content-Language"] = lang()
    elif not form.extension:
        # What somebody sent is never run: not as a page, whatever it is.
        headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.vary.update(sorted(_VARY if reading.is_entry else _VARY - {"Accept-Datetime"}))


def _found(released: ReleasedVersions, memento: str) -> Response:
    """Return the way to the memento of a day (4.1.1): 302, whose Vary says why."""
    response = Response(status=302)
    response.headers["Location"] = memento
    response.headers["Link"] = ", ".join(released.time_map.around(None))
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Cache-Control"] = _NOW
    response.vary.update(sorted(_VARY))
    return response


def _withdrawn(
    version: Version, released: ReleasedVersions, number: int | None = None
) -> Withdrawn:
    """Return the error of a withdrawn entry, with its history; as a memento, with when it went."""
    slug, moment = version.slug, version.public_from or version.moment
    mementos = released.time_map
    day = f"{moment:%Y-%m-%d}"
    error = Withdrawn(
        f"La fiche « {slug} » a été retirée par son éditeur le {day}. Son histoire reste : "
        f"{mementos.itself}.",
        f"The entry “{slug}” was withdrawn by its publisher on {day}. Its history stays: "
        f"{mementos.itself}.",
        timemap=mementos.itself,
        history=[
            {"version": it.number, "url": mementos.url(it), "datetime": http_date(it.moment)}
            for it in mementos.mementos[-_MOST_HISTORY:]
        ],
    )
    headers = [("Link", ", ".join(mementos.around(number))), ("Cache-Control", _NOW)]
    headers.append(("Access-Control-Expose-Headers", _EXPOSED))
    if number is not None:
        headers.append(("Memento-Datetime", http_date(moment)))
    error.headers = tuple(headers)
    return error


def _numbered(slug: str, digits: str) -> Version:
    """Return a version by its number; raises UnknownEntry where there is none that may be read."""
    registry = app_registry().registry
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        version = registry.numbered(slug, int(digits), public=False)
        released = {it.number for it in released_versions(slug).mementos}
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


def _sent_type(media_type: str) -> str:
    """Return the Content-Type of bytes as they were sent; what no parser takes goes as mere bytes."""
    known = media_type if media_type in MEDIA_TYPES else "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


_SLUG = path_parameter(
    "slug",
    Text(
        "nom de la fiche ; avec une extension, le document lui-même",
        "name of the entry; with an extension, the document itself",
    ),
    "dijon",
)
_ENTRY = path_parameter("slug", Text("nom de la fiche", "name of the entry"), "dijon")
_NUMBER = path_parameter(
    "number",
    Text(
        "numéro de la version, avec ou sans extension",
        "number of the version, with an extension or without",
    ),
    "1",
)
_ACCEPT_DATETIME = OperationParameter(
    "Accept-Datetime",
    Text(
        "instant auquel on veut la fiche (RFC 7089)",
        "moment at which the entry is wanted (RFC 7089)",
    ),
    place="header",
)
_ANY: Media = {**DOCUMENTS, **dict.fromkeys(MEDIA_TYPES, TEXT), "application/octet-stream": TEXT}
_REFUSED = refused(400, 401, 404, 406, 410, 413, 422, 503)
_FOUND: dict[int, Media] = {200: _ANY, 206: _ANY, 304: {}, **_REFUSED, **refused(416)}


OPERATIONS = (
    Operation(
        "get",
        "/projects/<slug>",
        "registry",
        Text(
            "Une fiche : sa page, ses données, ou les octets tels qu'envoyés ; à une date, le chemin (302)",
            "An entry: its page, its data, or the bytes as sent; on a day, the way there (302)",
        ),
        entry,
        (_SLUG, _ACCEPT_DATETIME, FORMAT, MEDIA_TYPE, FREE_LANG),
        {**_FOUND, 302: {}},
    ),
    Operation(
        "get",
        "/projects/<slug>/versions/<number>",
        "registry",
        Text(
            "Une version d'une fiche, telle qu'envoyée, ou dans un autre format",
            "A version of an entry, as it was sent, or in another format",
        ),
        entry_version,
        (_ENTRY, _NUMBER, FORMAT, MEDIA_TYPE, FREE_LANG),
        _FOUND,
    ),
)
