"""`/openapi.json`: the operations of the service as OpenAPI 3.1 (O2)."""

from __future__ import annotations

from flask import Response, current_app

from montages.bilingual import Text
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.openapi.openapi import document
from montages.web.operation import JSON, LANG, Operation, refused
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


OPERATIONS = (
    Operation(
        "get",
        "/openapi.json",
        "service",
        Text("Ce document", "This document"),
        openapi,
        (LANG,),
        {200: JSON, 304: {}, **refused(400)},
    ),
)
