"""The addresses of entries: as they are, by version, as they were on a day; of publishers (G1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import message
from montages.description.dates import read_day
from montages.errors import MontagesError, UnknownThing
from montages.publish.linked_data.formats import ALL, BY_EXTENSION, CATALOGUES, HTML, Format
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional
from montages.web.linked_data.negotiation import document_format
from montages.web.linked_data.things import THING_ANSWERS, THING_PARAMETERS, thing
from montages.web.pages.list_forms import json_answer
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang, parameters
from montages.web.route import (
    ANY_JSON,
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    LANG,
    MEDIA_TYPE,
    TEXT,
    Media,
    Route,
    path_parameter,
    refused,
)
from montages_registry.registry_errors import Withdrawn
from montages_registry.version import State, Version
from montages_registry.web.app_registry import (
    app_registry,
    entry_url,
    has_registry,
    list_url,
    reading_publisher,
    unknown_entry,
    version_url,
)
from montages_registry.web.entry_documents import entry_document
from montages_registry.web.write_routes import version_json

# An entry may change at any time; a version never does, unless it is erased.
NOW, _LONG, _PRIVATE = "public, no-cache", "public, max-age=3600", "private, no-store"
_MOST_HISTORY = 20  # versions that the problem of what is gone lists; the list of versions has all


def entry(slug: str) -> Response:
    """Answer an entry in the format of its address, else in the one asked for.

    Who owns it reads its last version, a draft too; everybody else the public one.
    """
    name, extension = _split(slug)
    registry, reader = app_registry(), reading_publisher()
    version, own = registry.public(name), registry.latest(name) if reader else None
    if own is not None and reader is not None and own.publisher == reader.slug:
        version = own if own.erasure is None or version is None else version
    if version is None:
        raise unknown_entry(name)
    return _answer(version, extension, entry_url(name))


def entry_version(slug: str, number: str) -> Response:
    """Answer a version of an entry: the bytes as they were sent, unless another format is asked for.

    A day leads to the version that everybody read at its end.
    """
    digits, extension = _split(number)
    registry, version = app_registry(), None
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        version = registry.numbered(slug, int(digits))
    elif digits.count("-") == 2:
        version = registry.on_day(slug, read_day(digits))
        if version is not None:
            tail = f".{extension}" if extension else ""
            response = Response(status=302)
            response.headers["Location"] = version_url(slug, version.number) + tail
            response.headers["Cache-Control"] = NOW
            return response
    if version is None or not _may_read(version):
        raise unknown_entry(f"{slug}/versions/{digits}")
    return _answer(version, extension, version_url(slug, version.number))


def entry_versions(slug: str) -> Response:
    """Answer the versions of an entry, those that were public, for who owns it all, the oldest first."""
    parameters("lang")
    listed = [version for version in app_registry().history(slug) if _may_read(version)]
    if not listed:
        raise unknown_entry(slug)
    response = json_answer({"slug": slug, "versions": [version_json(one) for one in listed]})
    response.headers["Cache-Control"] = NOW if _is_public_list(listed) else _PRIVATE
    response.vary.add("Authorization")
    return response


def _is_public_list(listed: list[Version]) -> bool:
    return all(version.public_from is not None for version in listed)


def project_of_entry(slug: str) -> Response:
    """Answer the name of a project: of one that ships as any thing of the base, of an entry the way there."""
    try:
        return thing(f"id/project/{slug}")
    except UnknownThing:
        if not has_registry() or app_registry().public(slug) is None:
            raise
    asked = request.query_string.decode("ascii", "replace")
    address = f"{entry_url(slug)}?{asked}" if asked else entry_url(slug)
    response = Response(status=303, headers={"Location": address})
    response.headers["Cache-Control"] = NOW
    return response


def publisher(slug: str) -> Response:
    """Lead from the IRI of a publisher to the list of its entries."""
    parameters("lang")
    app_registry().publishers.named(slug)
    response = Response(status=303)
    response.headers["Location"] = f"{list_url()}?{urlencode({'publisher': slug})}"
    return response


def _may_read(version: Version) -> bool:
    """Tell whether who asks may read a version: everybody what was public, its publisher drafts too."""
    if version.public_from is not None:
        return True
    reader = reading_publisher()
    return reader is not None and reader.slug == version.publisher


def _answer(version: Version, extension: str, address: str) -> Response:
    """Return the answer to who reads a version, in the format of its address, else in the one asked for."""
    if version.erasure is not None:
        _refuse(version.erasure.error(version.name), version)
    if version.state is State.WITHDRAWN:
        _refuse(
            Withdrawn(
                message(
                    "The entry “{slug}” was withdrawn by its publisher on {day}. Its history "
                    "stays: {history}.",
                    slug=version.slug,
                    day=f"{version.moment:%Y-%m-%d}",
                    history=f"{entry_url(version.slug)}/versions",
                )
            ),
            version,
        )
    form, tag = _form(version, extension, address), version.etag[1:-1]
    if form.extension:
        # The page has the history of the entry.
        seen = (lang(), str(app_registry().revision())) if form is HTML else ()
        tag = "-".join((tag, form.extension, *seen, current_state().fingerprint[:12]))
    cache = _PRIVATE if version.public_from is None else NOW
    if version.public_from is not None and address == version_url(version.slug, version.number):
        cache = _LONG
    return conditional(
        f'"{tag}"',
        form.content_type if form.extension else _sent_type(version.media_type),
        lambda: _body(version, form, address),
        "Accept, Authorization",
        lang() if form is HTML else "",
        lambda: _headers(version, form, address),
        cache,
        dated=False,
    )


def _body(version: Version, form: Format, address: str) -> bytes:
    """Return the bytes as they were sent, or a document that is made of them."""
    sent = not form.extension
    return app_registry().body(version) if sent else entry_document(version, form, address)


def _refuse(error: MontagesError, version: Version) -> NoReturn:
    """Raise the error of what is gone, with the last versions that were public."""
    listed = app_registry().history(version.slug, _MOST_HISTORY)
    error.extra["history"] = [
        {"version": one.number, "url": version_url(one.slug, one.number), "state": one.state.value}
        for one in listed
        if one.public_from is not None
    ]
    error.headers = (("Cache-Control", NOW),)
    raise error


def _form(version: Version, extension: str, address: str) -> Format:
    """Return the format asked for: by extension, by parameter, else by Accept, that of the sender first.

    An entry says the same in every syntax of RDF; as it was sent in one, it stands at its version.
    """
    if extension:
        form = BY_EXTENSION.get(extension)
        if form is None:
            raise unknown_entry(f"{version.slug}.{extension}")
        return form
    sent = Format("", version.media_type, version.media_type, "")
    by_type = {name: form for form in CATALOGUES for name in form.media_types}
    is_version = address == version_url(version.slug, version.number)
    first = sent if is_version else by_type.get(version.media_type, sent)
    return document_format(
        lambda alternate: address if alternate is sent else f"{address}.{alternate.extension}",
        (first, *(form for form in ALL if form is not first)),
    )


def _headers(version: Version, form: Format, address: str) -> Iterator[tuple[str, str]]:
    """Yield what an answer says of itself beside its tag."""
    links = [f'<{entry_url(version.slug)}/versions>; rel="version-history"']
    links += [
        f'<{address}.{alternate.extension}>; rel="alternate"; type="{alternate.media_type}"'
        for alternate in ALL
        if alternate is not form
    ]
    yield "Link", ", ".join(links)
    if form.extension:
        yield "Content-Location", f"{address}.{form.extension}"
        return
    yield "Content-Location", version_url(version.slug, version.number)
    # What somebody sent is never run: not as a page, whatever it is.
    yield "Content-Security-Policy", "default-src 'none'; sandbox"


def _sent_type(media_type: str) -> str:
    """Return the Content-Type of bytes as they were sent; what no parser takes goes as mere bytes."""
    known = media_type if media_type in MEDIA_TYPES else "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known


def _split(name: str) -> tuple[str, str]:
    """Return a name and its extension, the empty text where it has none: no name of an entry has a dot."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot else (name, "")


_SLUG = path_parameter(
    "slug", message("name of the entry; with an extension, the document itself"), "dijon"
)
_ENTRY = path_parameter("slug", message("name of the entry"), "dijon")
_NUMBER = path_parameter(
    "number", message("number of the version, or a day (302), with an extension or without"), "1"
)
_ANY: Media = {**DOCUMENTS, **dict.fromkeys(MEDIA_TYPES, TEXT), "application/octet-stream": TEXT}
_REFUSED = refused(400, 401, 404, 406, 410, 413, 416, 422, 451, 503)
_READ: dict[int, Media] = {200: _ANY, 206: _ANY, 304: {}, **_REFUSED}

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
        message("An entry: its page, its data, or the bytes as sent"),
        entry,
        (_SLUG, FORMAT, MEDIA_TYPE, FREE_LANG),
        _READ,
    ),
    Route(
        "get",
        "/projects/<slug>/versions",
        "registry",
        message("The versions of an entry, the oldest first"),
        entry_versions,
        (_ENTRY, LANG),
        {200: ANY_JSON, **refused(400, 401, 404, 503)},
    ),
    Route(
        "get",
        "/projects/<slug>/versions/<number>",
        "registry",
        message("A version of an entry, as it was sent, or in another format"),
        entry_version,
        (_ENTRY, _NUMBER, FORMAT, MEDIA_TYPE, FREE_LANG),
        {**_READ, 302: {}},
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
