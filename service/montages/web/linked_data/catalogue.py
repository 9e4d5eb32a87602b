"""The catalogue, the VoID description, the context: what the whole says of itself (L5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple

from flask import Response, request
from rdflib import Graph

from montages.bilingual import Text
from montages.errors import UnknownName, UnreadableInput
from montages.publish.json_text import dump
from montages.publish.linked_data.catalogued_datasets import catalogued_datasets
from montages.publish.linked_data.contact_point import contact_point
from montages.publish.linked_data.dcat import CATALOGUE, catalogue_graph, pages
from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.document_context import document_context, whole_context
from montages.publish.linked_data.documents import WHOLE, Documents, documents
from montages.publish.linked_data.formats import (
    ALL,
    BY_EXTENSION,
    DATA,
    HTML,
    JSON_LD,
    Context,
    Format,
    write,
)
from montages.publish.linked_data.further_data import add_further_data
from montages.publish.linked_data.void import void_graph
from montages.web.app_state import AppState, current_state
from montages.web.linked_data import dumps
from montages.web.linked_data.catalogue_page import catalogue_page
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.negotiation import best_format, format_by_parameter, not_acceptable
from montages.web.linked_data.things import CONTEXT_PATH
from montages.web.operation import (
    ANY,
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE_NUMBER,
    Operation,
    document_answers,
    path_parameter,
)
from montages.web.pages.home import home
from montages.web.pages.page_context import html_response, page_context
from montages.web.requests.accept_header import accepted_media
from montages.web.requests.negotiated_answer import vary_by_accept
from montages.web.requests.request_parameters import lang as language


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
            raise UnknownName(
                f"Pas de format « {extension} » ici.", f"No format “{extension}” here."
            )
        return form
    args = request.args
    if args.get("_format") or args.get("_mediatype"):
        negotiated = format_by_parameter(args.get("_format"), args.get("_mediatype"), offered)
    else:
        negotiated = best_format(accepted_media(), offered)
    if negotiated is None:
        raise not_acceptable([(f, f"{state.base_url()}/{path}.{f.extension}") for f in offered])
    return negotiated


def _page(state: AppState, published: Documents) -> int:
    """Return the page asked for; raises UnreadableInput for a word, UnknownName past the last."""
    page, last = (
        request.args.get("page", "1"),
        pages(catalogued_datasets(published, dumps.of(state))),
    )
    if not page.isascii() or not page.isdigit():
        raise UnreadableInput(
            f"page : un nombre de 1 à {last}.", f"page: a number from 1 to {last}."
        )
    if not 1 <= int(page[:9]) <= last:
        raise UnknownName(
            f"Pas de page {page[:9]} : de 1 à {last}.", f"No page {page[:9]}: 1 to {last}."
        )
    return int(page)


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
    lang = "en" if request.args.get("lang") == "en" else "fr"
    view = CatalogueView(_page(state, published), lang, form, base, contact_point())
    links = [("self", view.url(view.page), form.media_type)]
    if view.page < pages(catalogued_datasets(published, dumps.of(state))):
        links.append(("next", view.url(view.page + 1), form.media_type))
    if view.page > 1:
        links.append(("prev", view.url(view.page - 1), form.media_type))
    links += [
        ("alternate", f"{base}/catalog.{f.extension}", f.media_type) for f in ALL if f != form
    ]
    return _answer(
        state,
        form,
        etag(state, form.extension, lang, str(view.page), base, *astuple(view.contact)),
        CATALOGUE,
        lambda: catalogue_graph(published, dumps.of(state), view),
        view.url(view.page),
        [*_link_headers(links), ("Content-Language", lang)],
    )


def _void(state: AppState, form: Format) -> Response:
    base = state.base_url()
    return _answer(
        state,
        form,
        etag(state, form.extension, base),
        WHOLE,
        lambda: _void_graph(state, base),
        f"{base}/void.{form.extension}",
        _link_headers(
            ("alternate", f"{base}/void.{f.extension}", f.media_type) for f in DATA if f != form
        ),
    )


def _void_graph(state: AppState, base: str) -> Graph:
    graph = void_graph(documents(state.dataset), dumps.of(state), base)
    if state.store:
        add_further_data(graph, state.store.manifest, base)
    return graph


def _answer(
    state: AppState,
    form: Format,
    tag: str,
    about: str,
    make: Callable[[], Graph],
    location: str,
    headers: Sequence[tuple[str, str]],
) -> Response:
    response = conditional(
        state,
        tag,
        form.content_type,
        lambda: _serialised(documents(state.dataset), make(), form, about),
        vary="Accept",
        headers=lambda: headers,
    )
    response.headers["Content-Location"] = location
    return response


def _serialised(published: Documents, graph: Graph, form: Format, about: str) -> str:
    """Return a graph in a format; its context is in full, since harvesters may not fetch one."""
    context = Context(*whole_context(graph, published.coercions))
    return write(graph, form, context, about)


def _link_headers(links: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    values = [f'<{url}>; rel="{rel}"; type="{kind}"' for rel, url, kind in links]
    return [("Link", ", ".join(values))]


_ANSWERS = document_answers(DOCUMENTS, 400, 404, 406)
_VIEWS = {
    "catalog": (Text("Le catalogue DCAT-AP", "The DCAT-AP catalogue"), catalog),
    "void": (Text("La description VoID", "The VoID description"), void),
}


def _negotiated(path: str, summary: Text, handler: Callable[..., Response]) -> Operation:
    parameters = (FORMAT, MEDIA_TYPE, FREE_LANG, PAGE_NUMBER)
    return Operation("get", path, "linked data", summary, handler, parameters, _ANSWERS)


def _by_extension(name: str) -> Operation:
    summary, handler = _VIEWS[name]
    extension = path_parameter("extension", Text("extension", "extension"), "ttl")
    parameters, path = (extension, FREE_LANG, PAGE_NUMBER), f"/{name}.<extension>"
    return Operation("get", path, "linked data", summary, handler, parameters, _ANSWERS)


_CONTEXT = Text("Le contexte JSON-LD publié", "The published JSON-LD context")
OPERATIONS = (
    _negotiated("/catalog", *_VIEWS["catalog"]),
    _negotiated("/void", *_VIEWS["void"]),
    _negotiated("/.well-known/void", *_VIEWS["void"]),
    _by_extension("catalog"),
    _by_extension("void"),
    Operation(
        "get",
        "/",
        "pages",
        Text("Accueil, ou catalogue", "Home, or catalogue"),
        home_or_catalogue,
        (FORMAT, MEDIA_TYPE, FREE_LANG, PAGE_NUMBER),
        _ANSWERS,
    ),
    *(
        Operation(
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
