"""The answer to who reads an entry: its format, its headers, and its document or the bytes as sent."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request
from werkzeug.http import is_resource_modified, quote_etag

from montages.publish.linked_data.formats import ALL, BY_EXTENSION, HTML, Format
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import where
from montages.web.linked_data.negotiation import document_format
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang
from montages_registry.publish.time_map import http_date
from montages_registry.version import Version
from montages_registry.web.app_registry import app_registry, entry_url, unknown_entry, version_url
from montages_registry.web.entry_documents import EntryVersion, RefusedDocument, entry_document
from montages_registry.web.mementos import ReleasedVersions

VARY = frozenset({"Accept", "Accept-Datetime", "Accept-Language", "Authorization"})
# An entry may change at any time; a version never does, but for the links to those after it.
NOW, _THEN, _PRIVATE = "public, no-cache", "public, max-age=3600", "private, no-store"


@dataclass(frozen=True, eq=False)
class EntryReading:
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
        return any(memento.number == self.version.number for memento in self.released.mementos)


def entry_answer(reading: EntryReading, extension: str) -> Response:
    """Return the answer to a reading, in the format of its address, else in the one asked for."""
    version, state = reading.version, current_state()
    form = _form(reading, extension)
    if form.extension:
        own = lang() if form is HTML else ""
        newest = mementos[-1].number if (mementos := reading.released.mementos) else 0
        seen = f"{newest}.{reading.released.erasures}"
        parts = [form.extension, own, seen, state.fingerprint[:12]]
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


def _body(reading: EntryReading, form: Format, tag: str) -> bytes:
    """Return the document of a version, which is remembered: its tag says all that it is made of."""
    entry_version = EntryVersion.of(reading.version, reading.released.versions, reading.is_entry)
    body = reading.version.content.body
    provenance = app_registry().index.provenance(reading.version)
    if not reading.is_public:
        return entry_document(body, entry_version, provenance, form)
    key = (tag, where(), request.path)
    return current_state().bodies.get(
        key, lambda: entry_document(body, entry_version, provenance, form)
    )


def _form(reading: EntryReading, extension: str) -> Format:
    """Return the format asked for: by extension, by parameter, else by Accept, that of the sender first."""
    if extension:
        form = BY_EXTENSION.get(extension)
        if form is None:
            raise unknown_entry(f"{reading.version.slug}.{extension}")
        return form
    sent, address = reading.sent, reading.address
    return document_format(
        lambda alternate: address if alternate is sent else f"{address}.{alternate.extension}",
        (sent, *ALL),
    )


def _set_headers(response: Response, reading: EntryReading, form: Format) -> None:
    version, headers = reading.version, response.headers
    mementos, base = reading.released.time_map, reading.address
    links = list(mementos.around(version.number if not reading.is_entry else None))
    links += [
        f'<{base}.{alternate.extension}>; rel="alternate"; type="{alternate.media_type}"'
        for alternate in ALL
        if alternate is not form
    ]
    headers["Link"] = ", ".join(links)
    headers["Content-Location"] = (
        f"{base}.{form.extension}" if form.extension else version_url(version.slug, version.number)
    )
    headers["Cache-Control"] = (
        (NOW if reading.is_entry else _THEN) if reading.is_public else _PRIVATE
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
    response.vary.update(sorted(VARY if reading.is_entry else VARY - {"Accept-Datetime"}))


def _sent_type(media_type: str) -> str:
    """Return the Content-Type of bytes as they were sent; what no parser takes goes as mere bytes."""
    known = media_type if media_type in MEDIA_TYPES else "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") else known
