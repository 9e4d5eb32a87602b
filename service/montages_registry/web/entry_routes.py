"""The addresses of entries: as they are, and their versions as they were sent, by number or by day (G1)."""

from __future__ import annotations

from functools import partial

from flask import Response, request
from rdflib import Graph

from montages.bilingual import message
from montages.description.dates import read_day
from montages.publish.linked_data.formats import DATA, HTML, Format
from montages.store.licence import LICENCE
from montages.web import route
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional
from montages.web.linked_data.graph_answer import graph_answer
from montages.web.linked_data.negotiation import view_format
from montages.web.pages.list_forms import json_answer
from montages.web.pages.page_context import page_context
from montages.web.project_tool.project_links import TOOL_PATH
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang, parameters
from montages_registry.entry_list import FACETS, value_name
from montages_registry.entry_quads import graph_of, version_quads
from montages_registry.version import Version
from montages_registry.web.app_registry import (
    LIST_PATH,
    SLUG,
    app_registry,
    asking_publisher,
    entry_url,
    unknown_entry,
    version_json,
    version_url,
)

ROUTES = route.Routes("registry")
_PUBLIC, _PRIVATE = "public, no-cache", "private, no-store"
_NAME = route.path_parameter(
    "slug", message("name of the entry; with an extension, the document itself"), "dijon"
)
_NUMBER = route.path_parameter("number", message("number of the version, or a day (302)"), "1")
_REFUSED = (400, 401, 404, 410, 451, 503)
_SENT = route.document_answers(dict.fromkeys(MEDIA_TYPES, route.TEXT), *_REFUSED)


@ROUTES.get(
    "/projects/<slug>",
    message("An entry: its page, or its data"),
    *(_NAME, *route.NEGOTIATED),
    answers=route.document_answers(route.DOCUMENTS, 406, *_REFUSED),
)
def entry(slug: str) -> Response:
    """Answer what is public of an entry in the format of its address, else in the one asked for."""
    name, _, extension = slug.partition(".")
    version = app_registry().public(name)
    if version is None:
        raise unknown_entry(name)
    version.check_there()
    form = view_format(f"{LIST_PATH}/{name}", extension)
    language, links = lang() if form is HTML else "", _links(version)
    own = (version.etag[1:-1], form.extension, language, current_state().fingerprint[:12])
    tag = f'"{"-".join(own)}"'
    if form is HTML:
        page = partial(_page, version)
        return conditional(
            tag, form.content_type, page, "Accept", language, lambda: links, _PUBLIC, dated=False
        )
    location, about = f"{entry_url(name)}.{form.extension}", version.summary["project"]
    return graph_answer(form, tag, about, lambda: _graph(version), location, links, _PUBLIC)


@ROUTES.get(
    "/projects/<slug>/versions/<number>",
    message("A version of an entry, as it was sent"),
    *(SLUG, _NUMBER),
    answers={**_SENT, 302: {}},
)
def entry_version(slug: str, number: str) -> Response:
    """Answer a version as it was sent; a day leads to the version that everybody read at its end."""
    registry, version = app_registry(), None
    if number.isascii() and number.isdecimal() and len(number) <= 9:
        version = registry.numbered(slug, int(number))
    elif number.count("-") == 2 and (read := registry.on_day(slug, read_day(number))):
        address = version_url(slug, read.number)
        return Response(status=302, headers={"Location": address, "Cache-Control": _PUBLIC})
    if version is None or not _may_read(version):
        raise unknown_entry(f"{slug}/versions/{number}")
    version.check_there()
    return conditional(
        version.etag,
        Format("", version.media_type, "", "").content_type,
        lambda: registry.content(version),
        "Authorization",
        # What somebody sent is never run: not as a page, whatever it is.
        headers=lambda: [*_links(version), ("Content-Security-Policy", "sandbox")],
        cache=_PUBLIC if version.public_from else _PRIVATE,
        dated=False,
    )


@ROUTES.get(
    "/projects/<slug>/versions",
    message("The versions of an entry, the oldest first"),
    *(SLUG, route.LANG),
    answers={200: route.ANY_JSON, **route.refused(*_REFUSED)},
)
def entry_versions(slug: str) -> Response:
    """Answer the versions of an entry, those that were public, for who owns it all, the oldest first."""
    parameters("lang")
    listed = [version for version in app_registry().history(slug) if _may_read(version)]
    if not listed:
        raise unknown_entry(slug)
    response = json_answer({"slug": slug, "versions": [version_json(one) for one in listed]})
    is_public = all(version.public_from for version in listed)
    response.headers["Cache-Control"] = _PUBLIC if is_public else _PRIVATE
    response.vary.add("Authorization")
    return response


def _may_read(version: Version) -> bool:
    """Tell whether who asks may read a version: everybody what was public, its publisher drafts too."""
    if version.public_from is not None:
        return True
    return "Authorization" in request.headers and asking_publisher().slug == version.publisher


def _links(version: Version) -> list[tuple[str, str]]:
    return [("Link", f'<{entry_url(version.slug)}/versions>; rel="version-history"')]


def _graph(version: Version) -> Graph:
    quads = app_registry().content(version, "quads")
    return graph_of(version_quads(version, quads))


def _page(version: Version) -> str:
    """Return the page of an entry: what its summary says, and the way to what today's rules say of it."""
    context, summary = page_context(), version.summary
    return context.render(
        "registry_entry.html",
        version=version,
        licence=LICENCE,
        facets=FACETS,
        value_name=value_name,
        tool=context.pairs_href(TOOL_PATH, [*summary["address"], ("view", "result")]),
        base=f"/{LIST_PATH}/{version.slug}",
        formats=DATA,
    )
