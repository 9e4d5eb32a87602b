"""`POST /similar`: projects like this one, the same JSON as the command line (R41, R30)."""

from __future__ import annotations

from flask import Response

from montages.advice.similar.precedents import EXPECTATIONS, PrecedentKind
from montages.advice.similar.similar_projects import SHOWN, SHOWN_AT_MOST
from montages.bilingual import Text
from montages.web.advice_request import (
    ENTRIES,
    STATED,
    advice_operation,
    advice_options,
    advise,
    asked_number,
    number_parameter,
)


def similar() -> Response:
    """Answer the real projects and the cases of the panel nearest to the description of a body."""
    options = advice_options("similar", "top")
    return advise("similar", **options, top=asked_number("top", SHOWN, SHOWN_AT_MOST))


_TOP = number_parameter(
    "top",
    Text(
        f"combien de projets réels, et de cas d'école, {SHOWN} sans cela",
        f"how many real projects, and textbook cases, {SHOWN} without it",
    ),
    SHOWN_AT_MOST,
)
_NEARNESS = {"type": "number", "minimum": 0, "maximum": 1}
_PRECEDENT = {
    "type": "object",
    "required": ["project", "label", "kind", "similarity", "alike", "differs", "ending", "query"],
    "properties": {
        "project": {"type": "string"},
        "label": {"type": "string"},
        "kind": {"enum": [kind.value for kind in PrecedentKind]},
        "similarity": _NEARNESS,
        "compared": {"type": "integer"},
        "alike": {"type": "string"},
        "differs": {"type": "string"},
        "ending": {"type": "string"},
        "set_ups": ENTRIES,
        "expected": {"enum": [*EXPECTATIONS, None]},
        "signed_on": {"type": ["string", "null"]},
        "state": {"type": ["string", "null"]},
        "query": {"type": "string"},
        "facts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fact", "label", "weight", "similarity", "here", "there"],
                "properties": {
                    "fact": {"type": "string"},
                    "weight": {"type": "integer"},
                    "similarity": _NEARNESS,
                },
            },
        },
    },
}
_PRECEDENTS = {"type": "array", "items": _PRECEDENT}
_SIMILAR = {
    "type": "object",
    "required": ["project", "as_of", "stated", "real", "panel"],
    "properties": {
        **STATED,
        "stated": {"type": "integer"},
        "real": _PRECEDENTS,
        "panel": _PRECEDENTS,
    },
}

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
        _SIMILAR,
    ),
)
