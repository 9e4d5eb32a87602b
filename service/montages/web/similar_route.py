"""`POST /similar`: projects like this one, the same JSON as the command line (R24b, R30)."""

from __future__ import annotations

from flask import Response

from montages.advice.counts_shown import SIMILAR, SIMILAR_AT_MOST
from montages.bilingual import Text
from montages.publish.schemas.similar_schema import SIMILAR_SCHEMA
from montages.web.advice_request import (
    advice_operation,
    advice_options,
    advise,
    asked_number,
    number_parameter,
)


def similar() -> Response:
    """Answer the real projects and the cases of the panel nearest to the description of a body."""
    options = advice_options("similar", "top")
    return advise("similar", **options, top=asked_number("top", SIMILAR, SIMILAR_AT_MOST))


_TOP = number_parameter(
    "top",
    Text(
        f"combien de projets réels, et de cas d'école, {SIMILAR} sans cela",
        f"how many real projects, and textbook cases, {SIMILAR} without it",
    ),
    SIMILAR_AT_MOST,
)

OPERATIONS = (
    advice_operation(
        "similar",
        "/similar",
        Text(
            "Donne les projets réels et les cas d'école les plus proches par les faits, et leur montage",
            "Give the real projects and textbook cases nearest by facts, and their set-ups",
        ),
        similar,
        (_TOP,),
        SIMILAR_SCHEMA,
    ),
)
