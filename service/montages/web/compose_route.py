"""`POST /compose`: whole set-ups of a project, the same JSON as the command line (R23, R30)."""

from __future__ import annotations

from flask import Response

from montages.advice.counts_shown import COMPOSITIONS, COMPOSITIONS_AT_MOST
from montages.bilingual import Text
from montages.publish.linked_data.formats import SVG
from montages.publish.schemas.compositions_schema import COMPOSITIONS_SCHEMA
from montages.web.advice_request import (
    advice_operation,
    advice_options,
    advise,
    asked_number,
    number_parameter,
)


def compose() -> Response:
    """Answer the best whole set-ups for the description of a body."""
    options = advice_options("compose", "top", "composition")
    top = asked_number("top", COMPOSITIONS, COMPOSITIONS_AT_MOST)
    if options["form"] == SVG.extension:
        number = asked_number("composition", 1, COMPOSITIONS_AT_MOST)
        top, options["of_form"] = max(top, number), {"number": number}
    return advise("compose", **options, top=top)


_TOP = number_parameter(
    "top",
    Text(
        f"combien de compositions, {COMPOSITIONS} sans cela",
        f"how many set-ups, {COMPOSITIONS} without it",
    ),
    COMPOSITIONS_AT_MOST,
)
_COMPOSITION = number_parameter(
    "composition",
    Text(
        "en SVG, lequel des montages dessiner : le meilleur est 1",
        "as SVG, which of the set-ups to draw: the best is 1",
    ),
    COMPOSITIONS_AT_MOST,
)

OPERATIONS = (
    advice_operation(
        "compose",
        "/compose",
        Text(
            "Compose des montages entiers : des contrats qui couvrent chaque couche et chaque périmètre",
            "Compose whole set-ups: contracts that cover every layer and every perimeter",
        ),
        compose,
        (_TOP, _COMPOSITION),
        COMPOSITIONS_SCHEMA,
    ),
)
