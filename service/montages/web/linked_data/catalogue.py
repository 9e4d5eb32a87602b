"""The catalogue, the VoID description, the context: what the whole says of itself (L5)."""

from __future__ import annotations

from dataclasses import astuple

from flask import Response
from rdflib import Graph

from montages.bilingual import message
from montages.guests import guests
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
from montages.publish.linked_data.documents import WHOLE
from montages.publish.linked_data.formats import ALL, DATA, HTML, JSON_LD, Format
from montages.publish.linked_data.void import (
    add_changing,
    add_further_data,
    add_supplied,
    void_graph,
)
from montages.web.app_state import current_state
from montages.web.linked_data.catalogue_page import catalogue_page
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.dumps import current_dumps
from montages.web.linked_data.graph_answer import (
    CONTEXT_PATH,
    graph_answer,
    link_header,
    view_answer,
    view_language,
)
from montages.web.linked_data.negotiation import view_format
from montages.web.pages.home import home
from montages.web.pages.list_forms import Pages
from montages.web.pages.page_context import html_response, page_context
from montages.web.requests.headers import vary_by_accept
from montages.web.requests.request_parameters import lang
from montages.web.route import (
    ANY,
    DOCUMENT,
    EXTENSION,
    FREE_LANG,
    NEGOTIATED,
    PAGE_NUMBER,
    Routes,
    document_answers,
)

ROUTES = Routes("linked data")
_NEGOTIATED, _BY_EXTENSION = (*NEGOTIATED, PAGE_NUMBER), (EXTENSION, FREE_LANG, PAGE_NUMBER)
_CATALOGUE, _VOID = message("The DCAT-AP catalogue"), message("The VoID description")
_CONTEXT = message("The published JSON-LD context")


@ROUTES.get("/catalog.<extension>", _CATALOGUE, *_BY_EXTENSION, answers=DOCUMENT)
@ROUTES.get("/catalog", _CATALOGUE, *_NEGOTIATED, answers=DOCUMENT)
def catalog(extension: str = "") -> Response:
    """Answer the catalogue in the format of the address, else in the one asked for."""
    return catalogue(view_format("catalog", extension))


@ROUTES.get("/void.<extension>", _VOID, *_BY_EXTENSION, answers=DOCUMENT)
@ROUTES.get("/.well-known/void", _VOID, *_NEGOTIATED, answers=DOCUMENT)
@ROUTES.get("/void", _VOID, *_NEGOTIATED, answers=DOCUMENT)
def void(extension: str = "") -> Response:
    """Answer the VoID description in the format of the address, else in the one asked for."""
    form, base = view_format("void", extension, DATA), current_state().base_url()
    addresses = {f: f"{base}/void.{f.extension}" for f in DATA}
    others = [("alternate", url, f.media_type) for f, url in addresses.items() if f != form]
    tag = etag(form.extension, base)
    return graph_answer(form, tag, WHOLE, _void_graph, addresses[form], link_header(others))


@ROUTES.get("/", message("Home, or catalogue"), *_NEGOTIATED, answers=DOCUMENT, tag="pages")
def home_or_catalogue() -> Response:
    """Answer the front page to people, the catalogue to machines."""
    form = view_format("catalog", "")
    page = form is HTML
    return vary_by_accept(html_response(home(page_context())) if page else catalogue(form))


@ROUTES.get("/context", _CONTEXT, answers=document_answers({"application/ld+json": ANY}))
@ROUTES.get(f"/{CONTEXT_PATH}", _CONTEXT, answers=document_answers({"application/ld+json": ANY}))
def context() -> Response:
    """Answer the JSON-LD context of the documents."""
    coercions = current_state().documents.coercions
    return conditional(
        etag("context"), JSON_LD.content_type, lambda: dump(document_context(coercions))
    )


def catalogue(form: Format) -> Response:
    """Return a page of the catalogue in a format, for machines or for people."""
    state = current_state()
    published, base = state.documents, state.base_url()
    missing = str(len(current_dumps().missing()))  # a file is told otherwise once it has been made
    if form is HTML:
        return conditional(
            etag("catalogue", lang(), base, missing),
            form.content_type,
            catalogue_page,
            vary="Accept",
            language=lang(),
        )
    page = Pages.of(len(catalogued_datasets(published, current_dumps())), PER_PAGE)
    view = CatalogueView(page.number, page.count, view_language(), form, base, contact_point())
    return view_answer(
        view,
        etag(form.extension, view.lang, str(view.page), base, missing, *astuple(view.contact)),
        CATALOGUE,
        lambda: catalogue_graph(
            published, current_dumps(), view, state.changing_datasets, guests().datasets
        ),
        [(f, f"{base}/catalog.{f.extension}") for f in ALL],
    )


def _void_graph() -> Graph:
    state = current_state()
    base = state.base_url()
    graph = void_graph(state.documents, current_dumps(), base)
    if state.store:
        add_further_data(graph, state.store.manifest, base)
    for supplied in guests().datasets:
        add_supplied(graph, supplied, state.documents, base)
    for dataset in state.changing_datasets:
        add_changing(graph, dataset, base, state.queries.has_changing_graphs)
    return graph
