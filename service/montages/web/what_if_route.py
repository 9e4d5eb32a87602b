"""`POST /what-if`: what would change the answer, the same JSON as the command line (R21, R30)."""

from __future__ import annotations

from flask import Response

from montages.bilingual import Text
from montages.publish.schemas.what_if_schema import WHAT_IF_SCHEMA
from montages.web.advice_request import (
    about_parameter,
    advice_operation,
    advice_options,
    advise,
    named_set_ups,
)


def what_if() -> Response:
    """Answer what would open each contract that does not fit the description of a body."""
    return advise("what_ifs", **advice_options("what_ifs", "about"), about=named_set_ups())


_ABOUT = about_parameter(
    Text(
        "les montages à ouvrir, séparés par des virgules ; sans cela, tous les contrats",
        "the set-ups to open, separated by commas; without it, every contract",
    )
)

OPERATIONS = (
    advice_operation(
        "what_ifs",
        "/what-if",
        Text(
            "Dit ce qui changerait la réponse : les plus petits changements de choix qui ouvrent un montage",
            "Tell what would change the answer: the smallest changes of choices that open a set-up",
        ),
        what_if,
        (_ABOUT,),
        WHAT_IF_SCHEMA,
    ),
)
