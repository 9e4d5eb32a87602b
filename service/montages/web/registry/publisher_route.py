"""The IRI of a publisher leads to the list of its entries (G1)."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response

from montages.bilingual import Text
from montages.web.operation import FREE_LANG, Operation, path_parameter, refused
from montages.web.registry.app_registry import app_registry
from montages.web.registry.entry_addresses import list_url
from montages.web.requests.request_parameters import parameters


def publisher(slug: str) -> Response:
    """Lead from the IRI of a publisher to the list of its entries."""
    parameters("lang")
    app_registry().registry.publishers.named(slug)
    response = Response(status=303)
    response.headers["Location"] = f"{list_url()}?{urlencode({'publisher': slug})}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


OPERATIONS = (
    Operation(
        "get",
        "/publishers/<slug>",
        "registry",
        Text(
            "Un éditeur : la liste de ses fiches (303)",
            "A publisher: the list of its entries (303)",
        ),
        publisher,
        (path_parameter("slug", Text("éditeur", "publisher"), "montages"), FREE_LANG),
        {303: {}, **refused(400, 404)},
    ),
)
