"""The namespaces: the ontology at `/def/`, lists at `/module/`, `/id/`, `/shape/` and `/requirement/`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flask import Response

from montages.names import MODULE
from montages.publish.linked_data.formats import ALL, HTML, Format, write
from montages.publish.linked_data.namespace_index import (
    DEFINITIONS,
    NAMESPACES,
    NamespaceIndex,
    index_graph,
)
from montages.store.licence import LICENCE
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag, where
from montages.web.linked_data.graph_answer import json_ld_context
from montages.web.linked_data.negotiation import view_format
from montages.web.pages.lists.namespace_page import namespace_page
from montages.web.pages.page_context import page_context
from montages.web.requests.request_parameters import lang
from montages.web.route import DOCUMENT, EXTENSION, FREE_LANG, NEGOTIATED, PAGE, PAGE_NUMBER, Routes


def namespace(folder: str, extension: str = "") -> Response:
    """Answer what stands under a namespace, in the format of the address, else in the one asked for."""
    index, form = NAMESPACES[folder], view_format(folder, extension)
    language = lang() if form is HTML else ""
    response = conditional(
        etag("namespace", folder, form.extension, language, where()),
        form.content_type,
        lambda: _body(index, form),
        vary="Accept",
        language=language,
        headers=lambda: _headers(index, form),
    )
    base = current_state().base_url()
    response.headers["Content-Location"] = f"{base}/{folder}.{form.extension}"
    return response


def _body(index: NamespaceIndex, form: Format) -> str:
    if form is HTML:
        return namespace_page(index, page_context())
    graph = index.iri if index is DEFINITIONS else ""
    triples = index_graph(current_state().documents, index)
    return write(triples, form, json_ld_context(), index.iri, graph)


def _headers(index: NamespaceIndex, form: Format) -> Iterator[tuple[str, str]]:
    base = current_state().base_url()
    links = [f'<{index.iri}>; rel="canonical"', f'<{MODULE["montages"]}>; rel="profile"']
    links += [
        f'<{base}/{index.folder}.{other.extension}>; rel="alternate"; type="{other.media_type}"'
        for other in ALL
        if other is not form
    ]
    links.append(f'<{LICENCE}>; rel="license"')
    yield "Link", ", ".join(links)


ROUTES = Routes("linked data")
for _index in NAMESPACES.values():
    _handler = partial(namespace, _index.folder)
    for _path, _parameters, _answers in (
        (f"/{_index.folder}/", NEGOTIATED, {**DOCUMENT, 308: PAGE}),
        (f"/{_index.folder}.<extension>", (EXTENSION, FREE_LANG), DOCUMENT),
    ):
        ROUTES.get(_path, _index.summary, *_parameters, PAGE_NUMBER, answers=_answers)(_handler)
