"""`GET /projects`: the entries of the registry by words and facets; the real projects without one (G1)."""

from __future__ import annotations

from dataclasses import astuple
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import message
from montages.publish.contacts import contact_point
from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.formats import CATALOGUES, HTML, JSON, Format
from montages.web import route
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import etag
from montages.web.linked_data.graph_answer import view_answer, view_language
from montages.web.linked_data.negotiation import document_format
from montages.web.pages.list_forms import Pages, json_answer
from montages.web.pages.lists.listings import list_of_things
from montages.web.pages.lists.projects_page import FILTERS, projects_page
from montages.web.pages.page_context import Link, html_response, page_context
from montages.web.requests.headers import vary_by_accept
from montages.web.requests.request_parameters import parameters
from montages.web.service_part import ServiceThing
from montages_registry.entry_catalogue import catalogue_iri, entry_catalogue
from montages_registry.entry_list import FACETS, EntryQuery, value_name
from montages_registry.entry_names import ENTRIES
from montages_registry.version import Version
from montages_registry.web.app_registry import (
    LIST_PATH,
    app_registry,
    has_registry,
    list_url,
    version_json,
)

ROUTES = route.Routes("pages")
SIZE, _SIZE_OF_DATA = 20, 100  # entries of a page, for people and in a catalogue; of JSON
_LONGEST, _MOST_VALUES, _MOST_FOUND = 200, 20, 50
# What the page of the real projects is asked by; anything else is asked of the entries of the registry.
_OF_REAL_PROJECTS = {one.name for one in (*FILTERS, *route.NEGOTIATED)}
_FORMS = (JSON, *CATALOGUES)
_ENTRIES = message("The projects that publishers have put into the registry")
_BY_ENDING = {f".{form.extension}": form for form in _FORMS}
_ENDINGS: dict[str, route.Media] = {
    "": {**route.DOCUMENTS, **route.ANY_JSON},
    **{f".{form.extension}": {form.media_type: route.ANY} for form in _FORMS},
}
_ASKED = (
    *(
        route.RouteParameter(key, title, {"type": "array", "items": {"type": "string"}})
        for key, title in FACETS.items()
    ),
    route.RouteParameter("q", message("words of the name or of the holder"), example="dijon"),
    route.FREE_LANG,
    route.PAGE_NUMBER,
)
_FILTERS = (one for one in (*FILTERS, *route.NEGOTIATED) if one.name not in (*FACETS, "lang"))


@ROUTES.get(
    "/projects",
    message("Projects: the entries of the registry, by facets; without one, the real projects"),
    *(*_ASKED, *_FILTERS),
    answers={206: route.DOCUMENTS, 304: {}, **route.refused(400, 404, 406, 416, 503)},
    endings=_ENDINGS,
)
def projects(ending: str = "") -> Response:
    """Answer the entries asked for as a page, data or a catalogue; without a registry, the real projects.

    The page that asks nothing of the registry is that of the real projects, which leads to the entries.
    """
    if not has_registry() and ending in ("", ".json"):
        return list_of_things("projects", ending)
    form = _BY_ENDING[ending] if ending else document_format(_address, (HTML, *_FORMS))
    context = page_context()
    if form is HTML and _OF_REAL_PROJECTS.issuperset(request.args):
        entries = Link(_ENTRIES[context.lang], context.pairs_href("/projects", [("q", "")]))
        return html_response(projects_page(context, entries))
    query, database = _asked_query(), app_registry().database
    pages = Pages.of(query.total(database), _SIZE_OF_DATA if form is JSON else SIZE)
    listed = query.entries(database, pages.start, pages.stop - pages.start)
    if form in CATALOGUES:
        return _catalogue(query, form, pages, listed)
    counts = query.counts(database)
    if form is HTML:
        return context.answer(
            "registry_list.html",
            lines=listed,
            titles=FACETS,
            value_name=value_name,
            counts=counts,
            pages=pages,
            query=query,
            formats=_FORMS,
        )
    tree = {"total": pages.total, "page": pages.number, "pages": pages.count, "facets": counts}
    return vary_by_accept(
        json_answer({**tree, "items": [{**one.summary, **version_json(one)} for one in listed]})
    )


def matching_entries(text: str, lang: str) -> list[ServiceThing]:
    """Return the public entries whose name or holder has all words of a phrase, by name; at most so many."""
    listed = EntryQuery(text).entries(app_registry().database, 0, _MOST_FOUND)
    return [ServiceThing(ENTRIES + one.slug, one.summary["label"][lang]) for one in listed]


def _asked_query() -> EntryQuery:
    """Return what the request at work asks; raises UnreadableInput for an unknown parameter."""
    parameters(*FACETS, "q", "page", "lang", "_format", "_mediatype")
    asked = {
        key: values[:_MOST_VALUES]
        for key in FACETS
        if (values := tuple(dict.fromkeys(filter(None, request.args.getlist(key)))))
    }
    return EntryQuery(request.args.get("q", "").strip()[:_LONGEST], asked)


def _catalogue(query: EntryQuery, form: Format, pages: Pages, listed: list[Version]) -> Response:
    """Answer a page of the entries asked for, in RDF."""
    base, revision = current_state().base_url(), str(app_registry().revision())
    page, contact, asked = (pages.number, pages.count), contact_point(), tuple(query.pairs)
    view = CatalogueView(*page, view_language(), form, base, contact, LIST_PATH, asked)
    mark = f"?{urlencode(asked)}" if asked else ""
    return view_answer(
        view,
        etag(form.extension, view.lang, revision, base, *astuple(view.contact)),
        catalogue_iri(view),
        lambda: entry_catalogue(listed, pages.total, view),
        [(alternate, f"{_address(alternate)}{mark}") for alternate in (HTML, *_FORMS)],
        changing="public, no-cache",
    )


def _address(form: Format) -> str:
    """Return where the whole list is, in a format."""
    return list_url() if form is HTML else f"{list_url()}.{form.extension}"
