"""`GET /projects`: the entries of the registry by words and facets; the real projects without one (G1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from montages.bilingual import message
from montages.publish.contacts import contact_point
from montages.publish.json_text import dump
from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.formats import (
    BY_EXTENSION,
    CATALOGUES,
    CSV,
    HTML,
    JSON,
    LISTS,
    Format,
)
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import etag
from montages.web.linked_data.graph_answer import view_answer, view_language
from montages.web.linked_data.negotiation import document_format, unknown_format
from montages.web.pages.list_forms import Pages, csv_answer
from montages.web.pages.lists.listings import list_of_things
from montages.web.pages.lists.projects_page import FILTERS, projects_page
from montages.web.pages.page_context import Link, PageContext, html_response, page_context
from montages.web.requests.headers import in_language, vary_by_accept
from montages.web.requests.request_parameters import lang, parameters
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
from montages.web.service_part import ServiceThing
from montages_registry.entry_catalogue import catalogue_iri, entry_catalogue
from montages_registry.entry_list import BY_KEY, FACETS, EntryQuery, FacetCount, contract_name
from montages_registry.entry_names import entry_iri
from montages_registry.moments import moment_text
from montages_registry.version import Version
from montages_registry.web.app_registry import (
    LIST_PATH,
    app_registry,
    entry_url,
    has_registry,
    list_url,
)

SIZE, _SIZE_OF_DATA = 20, 100  # entries of a page, for people and in a catalogue; of JSON
_LONGEST, _MOST_VALUES, _MOST_FOUND = 200, 20, 50
_OTHERS = ("q", "page", "lang", "_format", "_mediatype")
# What the page of the real projects is asked by; anything else is asked of the entries of the registry.
_OF_REAL_PROJECTS = {one.name for one in (*FILTERS, FORMAT, MEDIA_TYPE, FREE_LANG)}
# What one asks for all entries: words that all of them have.
_ANY_ENTRY = ("q", "")
_ENTRIES = message("The projects that publishers have put into the registry")


def projects(ending: str = "") -> Response:
    """Answer the entries asked for as a page, data or a catalogue; without a registry, the real projects.

    The page that asks nothing of the registry is that of the real projects, which leads to the entries.
    """
    if not has_registry():
        return list_of_things("projects", ending)
    form = _BY_ENDING[ending] if ending else document_format(_address, (HTML, *LISTS))
    context = page_context()
    if form is HTML and _OF_REAL_PROJECTS.issuperset(request.args):
        return html_response(projects_page(context, _entries_link(context)))
    query, database = _asked_query(), app_registry().database
    if form in CATALOGUES:
        return _catalogue(query, form)
    if form is CSV:
        rows = [_row(version) for version in query.entries(database)]
        return vary_by_accept(csv_answer(rows))
    pages = Pages.of(query.total(database), SIZE if form is HTML else _SIZE_OF_DATA)
    listed = query.entries(database, pages.start, pages.stop - pages.start)
    counts = query.counts(database)
    if form is HTML:
        response = html_response(_page(query, listed, counts, pages, context))
    else:
        tree = _tree(listed, counts, pages)
        response = in_language(Response(dump(tree), content_type=JSON.content_type))
    for rel, number in (("prev", pages.before), ("next", pages.after)):
        if number:
            url = _href(context, f"/projects{ending}", [*query.pairs, ("page", str(number))])
            response.headers.add("Link", f'<{url}>; rel="{rel}"')
    return response


def catalogue(extension: str) -> Response:
    """Answer the entries asked for as a catalogue in RDF; raises UnknownName for a format that is none."""
    app_registry()
    if BY_EXTENSION.get(extension) not in CATALOGUES:
        raise unknown_format(extension)
    return projects(f".{extension}")


def matching_entries(text: str, lang: str) -> list[ServiceThing]:
    """Return the public entries whose name or holder has all words of a phrase, by name; at most so many."""
    listed = EntryQuery(text).entries(app_registry().database, 0, _MOST_FOUND)
    return [
        ServiceThing(entry_iri(version.slug), version.summary.label[lang]) for version in listed
    ]


def _asked_query() -> EntryQuery:
    """Return what the request at work asks; raises UnreadableInput for an unknown parameter."""
    parameters(*BY_KEY, *_OTHERS)
    asked = {
        key: tuple(dict.fromkeys(filter(None, values)))[:_MOST_VALUES]
        for key in BY_KEY
        if any(values := request.args.getlist(key))
    }
    return EntryQuery(request.args.get("q", "").strip()[:_LONGEST], asked)


def _row(version: Version) -> dict[str, Any]:
    """Return an entry as a row of names and slugs."""
    summary, facets = version.summary, version.summary.facets
    return {
        "slug": version.slug,
        "url": entry_url(version.slug),
        "label": summary.label[lang()],
        "description": summary.description[lang()],
        "holder": [holder[lang()] for holder in summary.holders],
        "holder_kind": list(facets["holder"]),
        "retained": list(facets["contract"]),
        "layers": list(facets["layer"]),
        "year": "".join(facets["year"]),
        "department": list(facets["department"]),
        "publisher": version.publisher,
        "licence": version.licence,
        "version": version.number,
        "public_from": moment_text(version.public_from or version.moment),
    }


def _tree(
    listed: Sequence[Version], counts: dict[str, tuple[FacetCount, ...]], pages: Pages
) -> dict[str, Any]:
    """Return a page of the list as data, with the facets."""
    return {
        "total": pages.total,
        "page": pages.number,
        "pages": pages.count,
        "facets": {
            key: {
                "title": BY_KEY[key].title[lang()],
                "values": [
                    {"value": one.value, "label": one.label[lang()], "count": one.count}
                    for one in values
                ],
            }
            for key, values in counts.items()
        },
        "items": [_row(version) for version in listed],
    }


@dataclass(frozen=True)
class FacetLink:
    """One value of a facet: its name, how many entries have it, and where asking or dropping it leads."""

    text: str
    count: int
    href: str
    is_asked: bool


def _page(
    query: EntryQuery,
    listed: Sequence[Version],
    counts: dict[str, tuple[FacetCount, ...]],
    pages: Pages,
    context: PageContext,
) -> str:
    names = {one.slug: one.name for one in app_registry().publishers.entries()}
    facets = []
    for key, values in counts.items():
        links = []
        for one in values:
            others = [pair for pair in query.pairs if pair != (key, one.value)]
            pairs = others if one.is_asked else [*others, (key, one.value)]
            name = names.get(one.value) if key == "publisher" else None
            text = name or one.label[context.lang]
            href = _href(context, "/projects", [*pairs, *([] if query.words else [_ANY_ENTRY])])
            links.append(FacetLink(text[:1].upper() + text[1:], one.count, href, one.is_asked))
        facets.append((BY_KEY[key].title[context.lang], links))
    return context.render(
        "registry_list.html",
        lines=listed,
        contract_name=contract_name,
        facets=facets,
        pages=pages,
        query=query,
        entries=_entries_link(context),
        formats=[
            (_href(context, f"/projects.{form.extension}", query.pairs), form) for form in LISTS
        ],
    )


def _catalogue(query: EntryQuery, form: Format) -> Response:
    """Answer a page of the entries asked for, in RDF."""
    registry, state = app_registry(), current_state()
    pages, base = Pages.of(query.total(registry.database), SIZE), state.base_url()
    view = CatalogueView(
        pages.number,
        pages.count,
        view_language(),
        form,
        base,
        contact_point(),
        LIST_PATH,
        tuple(query.pairs),
    )
    mark = f"?{urlencode(query.pairs)}" if query.pairs else ""
    listed = query.entries(registry.database, pages.start, pages.stop - pages.start)
    revision = str(registry.revision())
    return view_answer(
        view,
        etag(form.extension, view.lang, revision, base, *astuple(view.contact)),
        catalogue_iri(view),
        lambda: entry_catalogue(listed, pages.total, view),
        [(alternate, f"{_address(alternate)}{mark}") for alternate in (HTML, *LISTS)],
        changing="public, no-cache",
    )


def _entries_link(context: PageContext) -> Link:
    """Return the link to the list of all entries."""
    return Link(_ENTRIES[context.lang], _href(context, "/projects", [_ANY_ENTRY]))


def _address(form: Format) -> str:
    """Return where the whole list is, in a format."""
    return list_url() if form is HTML else f"{list_url()}.{form.extension}"


def _href(context: PageContext, path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return an address with parameters, of which one may come several times."""
    plain, mark, chosen = context.href(path).partition("?")
    query = "&".join(filter(None, (urlencode(pairs), chosen)))
    return f"{plain}?{query}" if query or mark else plain


_BY_ENDING = {f".{form.extension}": form for form in LISTS}
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
_ENDINGS: dict[str, Media] = {
    "": {**DOCUMENTS, **ANY_OBJECT, **ANY_JSON, "text/csv": TEXT},
    ".json": ANY_JSON,
    ".csv": {"text/csv": TEXT},
}

ROUTES = (
    *routes_by_ending(
        Route(
            "get",
            "/projects",
            "pages",
            message(
                "Projects: the entries of the registry, by facets; without one, the real projects"
            ),
            projects,
            (*_ASKED, PAGE_NUMBER),
            {206: DOCUMENTS, 304: {}, **refused(400, 404, 406, 416, 503)},
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
