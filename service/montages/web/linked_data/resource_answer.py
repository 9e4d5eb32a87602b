"""The answer that describes a thing of the store in a format: made when asked for, from what queries give."""

from __future__ import annotations

from flask import Response

from montages.publish.linked_data.formats import HTML, Context, Format, write
from montages.store.resource_description import ResourceDescription, resource_surroundings
from montages.web.app_state import AppState
from montages.web.linked_data.conditional import MINUTES, conditional, etag, where
from montages.web.pages.things.resource_page import resource_page
from montages.web.requests.request_parameters import lang
from montages.web.sparql.query_service import ask_queries


def resource_answer(
    state: AppState, resource: ResourceDescription, form: Format, context: Context
) -> Response:
    """Return the answer."""
    link = "Link", f'<{resource.iri}>; rel="describes"'
    if form is HTML:
        return conditional(
            state,
            etag(state, "resource", form.extension, lang(), where()),
            form.content_type,
            lambda: resource_page(state, resource, resource_surroundings(resource, ask_queries)),
            vary="Accept, Accept-Language",
            headers=lambda: (("Content-Language", lang()), link),
            cache=MINUTES,
        )
    return conditional(
        state,
        etag(state, "resource", form.extension, where()),
        form.content_type,
        lambda: write(resource.graph, form, context, resource.iri),
        vary="Accept",
        headers=lambda: (link,),
        cache=MINUTES,
    )
