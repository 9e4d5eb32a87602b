"""`/openapi.json` and `/api`: the operations of the service for programs, and to be read (O2)."""

from __future__ import annotations

from flask import Response, current_app

from montages.bilingual import Text
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.openapi.api_page import api_page
from montages.web.openapi.openapi import document
from montages.web.operation import FREE_LANG, JSON, LANG, PAGE, Operation, document_answers, refused
from montages.web.pages.page_context import html_response, page_context
from montages.web.requests.request_parameters import lang, parameters

# Where an application keeps its operations, those of single questions included.
KEY = "montages-operations"


def openapi() -> Response:
    """Answer the OpenAPI document of all operations, in the reader's language."""
    parameters("lang")
    state, language = current_state(), lang()
    base, operations = state.base_url(), current_app.extensions[KEY]
    response = conditional(
        state,
        etag(state, "openapi", language, base),
        "application/json",
        lambda: dump(document(operations, language, base)),
        "Accept-Language",
    )
    response.headers["Content-Language"] = language
    return response


def api() -> Response:
    """Answer the same operations as a page to read."""
    context = page_context(current_state())
    return html_response(api_page(current_app.extensions[KEY], context))


OPERATIONS = (
    Operation(
        "get",
        "/api",
        "service",
        Text("L'interface de programmation, à lire", "The programming interface, to be read"),
        api,
        (FREE_LANG,),
        {200: PAGE, **refused()},
    ),
    Operation(
        "get",
        "/openapi.json",
        "service",
        Text("Ce document", "This document"),
        openapi,
        (LANG,),
        document_answers(JSON, 400),
    ),
)
