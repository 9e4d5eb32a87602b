"""The answer that is a graph of its own: a page of a catalogue, the VoID description, a thing (L3, L5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from flask import Response, request
from rdflib import Graph

from montages.publish.linked_data.dcat_writer import CatalogueView
from montages.publish.linked_data.document_context import Context, whole_context
from montages.publish.linked_data.formats import HTML, Format, write
from montages.store.resource_description import ResourceDescription, resource_surroundings
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import HOUR, MINUTES, conditional, etag, where
from montages.web.pages.things.resource_page import resource_page
from montages.web.requests.request_parameters import lang
from montages.web.sparql.query_service import ask_queries

CONTEXT_PATH = "context.jsonld"
Links = Iterable[tuple[str, str, str]]


def view_language() -> str:
    """Return the language of a catalogue: that of its address, and never the reader's."""
    return "en" if request.args.get("lang") == "en" else "fr"


def view_answer(
    view: CatalogueView,
    tag: str,
    about: str,
    make: Callable[[], Graph],
    forms: Sequence[tuple[Format, str]],
    changing: str = "",
) -> Response:
    """Return a page of a catalogue, with its links to the pages beside it and to its other forms.

    `changing` is how caches hold what changes while the service runs.
    """
    media_type = view.form.media_type
    links = [("self", view.url(view.page), media_type)]
    if view.page < view.last:
        links.append(("next", view.url(view.page + 1), media_type))
    if view.page > 1:
        links.append(("prev", view.url(view.page - 1), media_type))
    links += [("alternate", url, form.media_type) for form, url in forms if form != view.form]
    headers = [*link_header(links), ("Content-Language", view.lang)]
    return graph_answer(view.form, tag, about, make, view.url(view.page), headers, changing)


def graph_answer(
    form: Format,
    tag: str,
    about: str,
    make: Callable[[], Graph],
    location: str,
    headers: Sequence[tuple[str, str]],
    changing: str = "",
) -> Response:
    """Return a graph in a format, what it is about first."""

    def text() -> str:
        # Its context is in full, since harvesters may not fetch one.
        graph = make()
        context = whole_context(graph, current_state().documents.coercions)
        return write(graph, form, context, about)

    response = conditional(
        tag,
        form.content_type,
        text,
        vary="Accept",
        headers=lambda: headers,
        cache=changing or HOUR,
        dated=not changing,
    )
    response.headers["Content-Location"] = location
    return response


def link_header(links: Links) -> list[tuple[str, str]]:
    """Return the header of some links: what each is, where, of which media type."""
    return [("Link", ", ".join(f'<{url}>; rel="{rel}"; type="{kind}"' for rel, url, kind in links))]


def json_ld_context() -> Context:
    """Return the JSON-LD context of documents, which this service serves."""
    state = current_state()
    return Context(f"{state.base_url()}/{CONTEXT_PATH}", state.documents.coercions)


def resource_answer(resource: ResourceDescription, form: Format) -> Response:
    """Return the answer that describes a thing of the store, made when asked for of what queries give."""
    language = lang() if form is HTML else ""

    def body() -> str:
        if form is HTML:
            return resource_page(resource, resource_surroundings(resource, ask_queries))
        return write(resource.graph, form, json_ld_context(), resource.iri)

    return conditional(
        etag("resource", form.extension, language, where()),
        form.content_type,
        body,
        vary="Accept",
        language=language,
        headers=lambda: [("Link", f'<{resource.iri}>; rel="describes"')],
        cache=MINUTES,
    )
