"""`GET /projects`: the entries of the registry by facets; the real projects where there is none (G1)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import message
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import (
    BY_EXTENSION,
    CATALOGUES,
    CSV,
    GEO_JSON,
    HTML,
    JSON,
    LISTS,
    Format,
)
from montages.web.linked_data.negotiation import document_format, unknown_format
from montages.web.pages.list_forms import Pages, csv_answer
from montages.web.pages.lists.listings import list_of_things
from montages.web.pages.lists.projects_page import FILTERS, projects_page
from montages.web.pages.page_context import html_response, page_context
from montages.web.requests.headers import in_language, vary_by_accept
from montages.web.requests.request_parameters import lang
from montages.web.route import (
    ANY_JSON,
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    GRAPHS,
    MEDIA_TYPE,
    PAGE_NUMBER,
    TEXT,
    Media,
    Route,
    RouteParameter,
    document_answers,
    path_parameter,
    refused,
    routes_by_ending,
)
from montages.web.route import JSON as ANY_OBJECT
from montages_registry.publish.entry_facets import BY_KEY, FACETS, facet_counts
from montages_registry.publish.entry_summary import entry_row, feature_collection
from montages_registry.web.app_registry import app_registry, entry_url, has_registry
from montages_registry.web.list_catalogue import list_address, list_catalogue
from montages_registry.web.list_page import entries_link, list_page
from montages_registry.web.list_query import SIZE, ListQuery, list_query

SIZE_OF_DATA = 100
_OFFERED = (HTML, *LISTS)
# What the page of the real projects is asked by; anything else is asked of the entries of the registry.
_OF_REAL_PROJECTS = {one.name for one in (*FILTERS, FORMAT, MEDIA_TYPE, FREE_LANG)}
_BY_ENDING = {f".{form.extension}": form for form in LISTS}


def projects(ending: str = "") -> Response:
    """Answer the entries asked for as a page, data or a catalogue; without a registry, the real projects.

    The page that asks nothing of the registry is that of the real projects, which leads to the entries.
    """
    if not has_registry():
        if ending == ".geojson":
            app_registry()  # raises RegistryOff
        return list_of_things("projects", ending)
    form = _BY_ENDING[ending] if ending else document_format(list_address, _OFFERED)
    if form is HTML and _OF_REAL_PROJECTS.issuperset(request.args):
        return html_response(projects_page(page_context(), entries_link(page_context())))
    query = list_query()
    if form in CATALOGUES:
        return list_catalogue(query, form)
    if form is CSV:
        rows = [entry_row(line, lang(), entry_url) for line in query.lines]
        return vary_by_accept(csv_answer(rows))
    if form is GEO_JSON:
        return _data_answer(feature_collection(query.lines, lang(), entry_url), GEO_JSON)
    pages = Pages.of(len(query.lines), SIZE if form is HTML else SIZE_OF_DATA)
    if form is HTML:
        response = html_response(list_page(query, pages, page_context()))
    else:
        response = _data_answer(_tree(query, pages), JSON)
    _add_neighbours(response, query, pages, ending)
    return response


def catalogue(extension: str) -> Response:
    """Answer the entries asked for as a catalogue in RDF; raises UnknownName for a format that is none."""
    app_registry()
    if BY_EXTENSION.get(extension) not in CATALOGUES:
        raise unknown_format(extension)
    return projects(f".{extension}")


def _tree(query: ListQuery, pages: Pages) -> dict[str, Any]:
    """Return a page of the list as data, with the facets."""
    facets = facet_counts(query.named, query.asked)
    return {
        "total": pages.total,
        "page": pages.number,
        "pages": pages.count,
        "pending": len(query.index.unread),
        "facets": {
            key: {
                "title": BY_KEY[key].title[lang()],
                "values": [
                    {
                        "value": facet_value.value,
                        "label": facet_value.label[lang()],
                        "count": facet_value.count,
                    }
                    for facet_value in counts
                ],
            }
            for key, counts in facets.items()
        },
        "items": [
            entry_row(line, lang(), entry_url) for line in query.lines[pages.start : pages.stop]
        ],
    }


def _add_neighbours(response: Response, query: ListQuery, pages: Pages, ending: str) -> None:
    context = page_context()
    for rel, number in (("prev", pages.before), ("next", pages.after)):
        if number:
            pairs = [*query.pairs(), ("page", str(number))]
            address = context.href(f"/projects{ending}")
            joint = "&" if "?" in address else "?"
            response.headers.add("Link", f'<{address}{joint}{urlencode(pairs)}>; rel="{rel}"')


def _data_answer(tree: dict[str, Any], form: Format) -> Response:
    return in_language(Response(dump(tree), content_type=form.content_type))


_FACETS = tuple(
    RouteParameter(
        facet.key,
        facet.title,
        {"type": "array", "items": {"type": "string"}},
        ["mpgp"] if facet.key == "contract" else None,
    )
    for facet in FACETS
)
_WORDS = RouteParameter("q", message("words of the name or of the holder"), example="dijon")
_ASKED = (*_FACETS, _WORDS, FREE_LANG)
_FILTERS = tuple(one for one in FILTERS if one.name not in BY_KEY)
_REFUSED = refused(400, 404, 406, 416, 503)
_GEO: Media = {"application/geo+json": {"type": "object"}}
_SUMMARY = message(
    "Projects: the entries of the registry, by facets; without one, the real projects"
)
_ENDINGS: dict[str, Media] = {
    "": {**DOCUMENTS, **ANY_OBJECT, **ANY_JSON, **_GEO, "text/csv": TEXT},
    ".json": ANY_JSON,
    ".csv": {"text/csv": TEXT},
    ".geojson": _GEO,
}

ROUTES = (
    *routes_by_ending(
        Route(
            "get",
            "/projects",
            "pages",
            _SUMMARY,
            projects,
            (*_ASKED, PAGE_NUMBER),
            {206: DOCUMENTS, 304: {}, **_REFUSED},
        ),
        _ENDINGS,
        bare=(*_FILTERS, FORMAT, MEDIA_TYPE),
    ),
    Route(
        "get",
        "/projects.<extension>",
        "registry",
        message("The entries of the registry in RDF: a DCAT-AP catalogue, page by page"),
        catalogue,
        (path_parameter("extension", message("extension"), "ttl"), *_ASKED, PAGE_NUMBER),
        document_answers(GRAPHS, 400, 404, 503),
    ),
)
