"""`POST /compare`: contracts side by side, the same JSON as the command line (R24, R30)."""

from __future__ import annotations

from flask import Response

from montages.bilingual import Text
from montages.publish.schemas.comparison_schema import COMPARISON_SCHEMA
from montages.web.advice_request import (
    about_parameter,
    advice_operation,
    advice_options,
    advise,
    named_set_ups,
)
from montages.web.operation import OperationParameter
from montages.web.requests.request_parameters import flag


def compare() -> Response:
    """Answer the comparison of contracts for the description of a body."""
    options = advice_options("compare", "about", "differences")
    only = flag("differences")
    return advise("compare", **options, about=named_set_ups(), differences_only=only)


_ABOUT = about_parameter(
    Text(
        "les montages à comparer, séparés par des virgules ; sans cela, les meilleurs et ceux retenus",
        "the set-ups to compare, separated by commas; without it, the best and those retained",
    )
)
_DIFFERENCES = OperationParameter(
    "differences",
    Text("seulement ce qui diffère : 1", "only what differs: 1"),
    {"enum": ["0", "1"]},
    "1",
)

OPERATIONS = (
    advice_operation(
        "compare",
        "/compare",
        Text(
            "Met des contrats côte à côte, critère par critère : ce que chacun accepte, et ce qui en sort",
            "Put contracts side by side, criterion by criterion: what each accepts, and what comes out",
        ),
        compare,
        (_ABOUT, _DIFFERENCES),
        COMPARISON_SCHEMA,
    ),
)
