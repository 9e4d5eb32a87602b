"""The namespaces: the ontology at `/def/`, lists at `/module/`, `/id/`, `/shape/` and `/requirement/`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flask import Response

from montages.bilingual import message
from montages.names import MODULE
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import ALL, HTML, Context, Format, write
from montages.publish.linked_data.namespace_index import (
    DEFINITIONS,
    NAMESPACES,
    NamespaceIndex,
    index_graph,
)
from montages.store.licence import LICENCE
from montages.web.app_state import AppState, current_state
from montages.web.linked_data.catalogue import view_format
from montages.web.linked_data.conditional import conditional, etag, where
from montages.web.linked_data.things import CONTEXT_PATH
from montages.web.pages.lists.namespace_page import namespace_page
from montages.web.pages.page_context import page_context
from montages.web.requests.request_parameters import lang
from montages.web.route import (
    DOCUMENTS,
    FORMAT,
    FREE_LANG,
    MEDIA_TYPE,
    PAGE,
    PAGE_NUMBER,
    Route,
    document_answers,
    path_parameter,
)


def namespace(folder: str, extension: str = "") -> Response:
    """Answer what stands under a namespace, in the format of the address, else in the one asked for."""
    state, index = current_state(), NAMESPACES[folder]
    offered = ALL
    form = view_format(state, folder, extension, offered)
    base = state.base_url()
    page = form is HTML
    response = conditional(
        state,
        etag(state, "namespace", folder, form.extension, lang() if page else "", where()),
        form.content_type,
        lambda: namespace_page(index, page_context(state)) if page else _body(state, index, form),
        vary="Accept, Accept-Language" if page else "Accept",
        headers=lambda: _headers(base, index, form),
    )
    response.headers["Content-Location"] = f"{base}/{folder}.{form.extension}"
    return response


def _body(state: AppState, index: NamespaceIndex, form: Format) -> str:
    published = documents(state.dataset)
    context = Context(f"{state.base_url()}/{CONTEXT_PATH}", published.coercions)
    graph = index.iri if index is DEFINITIONS else ""
    return write(index_graph(published, index), form, context, index.iri, graph)


def _headers(base: str, index: NamespaceIndex, form: Format) -> Iterator[tuple[str, str]]:
    links = [f'<{index.iri}>; rel="canonical"', f'<{MODULE["montages"]}>; rel="profile"']
    links += [
        f'<{base}/{index.folder}.{other.extension}>; rel="alternate"; type="{other.media_type}"'
        for other in ALL
        if other is not form
    ]
    links.append(f'<{LICENCE}>; rel="license"')
    yield "Link", ", ".join(links)
    if form is HTML:
        yield "Content-Language", lang()


def _operations(index: NamespaceIndex) -> Iterator[Route]:
    answers = document_answers(DOCUMENTS, 400, 404, 406)
    handler = partial(namespace, index.folder)
    asked = (FREE_LANG, PAGE_NUMBER)
    yield Route(
        "get", f"/{index.folder}/", "linked data", index.summary, handler,
        (FORMAT, MEDIA_TYPE, *asked), {**answers, 308: PAGE},
    )  # fmt: skip
    extension = path_parameter("extension", message("extension"), "ttl")
    yield Route(
        "get", f"/{index.folder}.<extension>", "linked data", index.summary, handler,
        (extension, *asked), answers,
    )  # fmt: skip


ROUTES = tuple(operation for index in NAMESPACES.values() for operation in _operations(index))
