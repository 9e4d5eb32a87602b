"""`/describe?iri=…`: what the store says of any IRI, as a page or in the format asked for."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, redirect, request

from montages.bilingual import message
from montages.errors import QueryTooLarge, UnknownThing, UnreadableInput
from montages.names import BASE
from montages.publish.linked_data.formats import HTML
from montages.store.resource_description import is_iri, resource_description
from montages.web.app_state import current_state
from montages.web.linked_data.graph_answer import resource_answer
from montages.web.linked_data.negotiation import document_format
from montages.web.pages.page_context import DESCRIBE
from montages.web.requests.request_parameters import parameters
from montages.web.route import DOCUMENTS, NEGOTIATED, RouteParameter, Routes, document_answers
from montages.web.sparql.query_service import ask_queries

_SHOWN = 200  # characters of an IRI that a message repeats


ROUTES = Routes("linked data")
_IRI = RouteParameter(
    "iri",
    message("the IRI"),
    {"type": "string", "format": "iri"},
    "https://w3id.org/montages/id/contract/mpgp",
)


@ROUTES.get(
    DESCRIBE,
    message("What the store says of an IRI, ours or another's"),
    _IRI,
    *NEGOTIATED,
    answers={303: {}, **document_answers(DOCUMENTS, 400, 404, 406, 500, 502, 503, 507)},
)
def describe() -> Response:
    """Answer what the store says of an IRI; a page of ours is led to, and the search without an IRI."""
    parameters("iri", "_format", "_mediatype", "lang")
    state = current_state()
    if "iri" not in request.args:  # nothing is asked for yet: one looks for a thing first
        return redirect(f"{state.base_url()}/search", 303)  # type: ignore[return-value]  # as below
    iri = request.args["iri"].strip()
    if not is_iri(iri):
        raise UnreadableInput(
            message("iri: an absolute IRI is needed, as https://example.org/thing.")
        )
    form = document_format(
        lambda alternate: f"{DESCRIBE}?iri={quote(iri)}&_format={alternate.extension}"
    )
    if form is HTML and iri.removeprefix(BASE) in state.documents.paths:
        return redirect(state.url(iri), 303)  # type: ignore[return-value]  # the same class for us
    try:
        resource = resource_description(iri, ask_queries)
    except QueryTooLarge as error:
        raise QueryTooLarge(
            message(
                "More is said of <{iri}> than one answer gives: ask for it in parts at /sparql "
                "(SELECT ?p ?o, ORDER BY, LIMIT, OFFSET).",
                iri=iri[:_SHOWN],
            ),
            **error.extra,
        ) from error
    if resource is None:
        raise UnknownThing(
            message(
                "Nothing is said here of <{iri}>. Search (/search) helps to find.", iri=iri[:_SHOWN]
            )
        )
    return resource_answer(resource, form)
