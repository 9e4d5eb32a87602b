"""The catalogue, the VoID description, the context: what the whole says of itself (L5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple

from flask import Response
from rdflib import Graph

from montages.bilingual import Text, message
from montages.publish.contacts import contact_point
from montages.publish.json_text import dump
from montages.publish.linked_data.dcat import (
    CATALOGUE,
    PER_PAGE,
    catalogue_graph,
    catalogued_datasets,
)
from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.document_context import document_context
from montages.publish.linked_data.documents import WHOLE, documents
from montages.publish.linked_data.formats import ALL, BY_EXTENSION, DATA, HTML, JSON_LD, Format
from montages.publish.linked_data.void import add_changing, add_further_data, void_graph
from montages.web.app_state import AppState, current_state
from montages.web.linked_data import dumps
from montages.web.linked_data.catalogue_page import catalogue_page
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.graph_answer import (
    graph_answer,
    link_header,
    view_answer,
    view_language,
)
from montages.web.linked_data.negotiation import document_format, unknown_format
from montages.web.linked_data.things import CONTEXT_PATH
from montages.web.pages.home import home
from montages.web.pages.list_forms import Pages
from montages.web.pages.page_context import html_response, page_context
from montages.web.requests.headers import vary_by_accept
from montages.web.requests.request_parameters import lang as language
from montages.web.route import (
    ANY,
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE_NUMBER,
    Route,
    document_answers,
    path_parameter,
)


def catalog(extension: str = "") -> Response:
    """Answer the catalogue in the format of the address, else in the one asked for."""
    state = current_state()
    return catalogue(state, view_format(state, "catalog", extension, ALL))


def void(extension: str = "") -> Response:
    """Answer the VoID description in the format of the address, else in the one asked for."""
    state = current_state()
    return _void(state, view_format(state, "void", extension, DATA))


def home_or_catalogue() -> Response:
    """Answer the front page to people, the catalogue to machines."""
    state = current_state()
    form = view_format(state, "catalog", "", ALL)
    page = form is HTML
    response = html_response(home(page_context(state))) if page else catalogue(state, form)
    return vary_by_accept(response)


def context() -> Response:
    """Answer the JSON-LD context of the documents."""
    state = current_state()
    return conditional(
        state,
        etag(state, "context"),
        JSON_LD.content_type,
        lambda: dump(document_context(documents(state.dataset).coercions)),
    )


def view_format(state: AppState, path: str, extension: str, offered: Sequence[Format]) -> Format:
    """Return the format of a view: by extension, else by negotiation."""
    if extension:
        form = BY_EXTENSION.get(extension)
        if form is None or form not in offered:
            raise unknown_format(extension)
        return form
    return document_format(
        lambda alternate: f"{state.base_url()}/{path}.{alternate.extension}", offered
    )


def catalogue(state: AppState, form: Format) -> Response:
    """Return a page of the catalogue in a format, for machines or for people."""
    if form is HTML:
        return conditional(
            state,
            etag(state, "catalogue", language(), state.base_url()),
            form.content_type,
            lambda: catalogue_page(state),
            vary="Accept, Accept-Language",
            headers=lambda: [("Content-Language", language())],
        )
    published, base = documents(state.dataset), state.base_url()
    page = Pages.of(len(catalogued_datasets(published, dumps.of(state))), PER_PAGE)
    view = CatalogueView(page.number, page.count, view_language(), form, base, contact_point())
    return view_answer(
        view,
        etag(state, form.extension, view.lang, str(view.page), base, *astuple(view.contact)),
        CATALOGUE,
        lambda: catalogue_graph(published, dumps.of(state), view, state.changing_datasets),
        [(f, f"{base}/catalog.{f.extension}") for f in ALL],
    )


def _void(state: AppState, form: Format) -> Response:
    base = state.base_url()
    return graph_answer(
        form,
        etag(state, form.extension, base),
        WHOLE,
        lambda: _void_graph(state, base),
        f"{base}/void.{form.extension}",
        link_header(
            ("alternate", f"{base}/void.{f.extension}", f.media_type) for f in DATA if f != form
        ),
    )


def _void_graph(state: AppState, base: str) -> Graph:
    graph = void_graph(documents(state.dataset), dumps.of(state), base)
    if state.store:
        add_further_data(graph, state.store.manifest, base)
    for dataset in state.changing_datasets:
        add_changing(graph, dataset, base, state.queries.has_changing_graphs)
    return graph


_ANSWERS = document_answers(DOCUMENTS, 400, 404, 406)
_VIEWS = {
    "catalog": (message("The DCAT-AP catalogue"), catalog),
    "void": (message("The VoID description"), void),
}


def _negotiated(path: str, summary: Text, handler: Callable[..., Response]) -> Route:
    parameters = (FORMAT, MEDIA_TYPE, FREE_LANG, PAGE_NUMBER)
    return Route("get", path, "linked data", summary, handler, parameters, _ANSWERS)


def _by_extension(name: str) -> Route:
    summary, handler = _VIEWS[name]
    extension = path_parameter("extension", message("extension"), "ttl")
    parameters, path = (extension, FREE_LANG, PAGE_NUMBER), f"/{name}.<extension>"
    return Route("get", path, "linked data", summary, handler, parameters, _ANSWERS)


_CONTEXT = message("The published JSON-LD context")
ROUTES = (
    _negotiated("/catalog", *_VIEWS["catalog"]),
    _negotiated("/void", *_VIEWS["void"]),
    _negotiated("/.well-known/void", *_VIEWS["void"]),
    _by_extension("catalog"),
    _by_extension("void"),
    Route(
        "get",
        "/",
        "pages",
        message("Home, or catalogue"),
        home_or_catalogue,
        (FORMAT, MEDIA_TYPE, FREE_LANG, PAGE_NUMBER),
        _ANSWERS,
    ),
    *(
        Route(
            "get",
            path,
            "linked data",
            _CONTEXT,
            context,
            answers=document_answers({"application/ld+json": ANY}),
        )
        for path in (f"/{CONTEXT_PATH}", "/context")
    ),
)
