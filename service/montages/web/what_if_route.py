"""`POST /what-if`: what would change the answer, the same JSON as the command line (R21, R30)."""

from __future__ import annotations

from flask import Response

from montages.bilingual import Text
from montages.knowledge.logic import STATUSES, Verdict
from montages.web.advice_request import (
    SLUGS,
    STATED,
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
_CHANGE = {
    "type": "object",
    "required": ["criterion", "to"],
    "properties": {
        "criterion": {"type": "string"},
        "from": SLUGS,
        "to": SLUGS,
        "number": {"type": "number"},
        "ordinary": {"type": "boolean"},
    },
}
_WHAT_IF = {
    "type": "object",
    "required": ["sentence", "changes", "verdict", "to_verify", "gains", "losses"],
    "properties": {
        "sentence": {"type": "string"},
        "changes": {"type": "array", "items": _CHANGE},
        "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
        "to_verify": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["criterion", "to"],
                "properties": {"criterion": {"type": "string"}, "to": SLUGS},
            },
        },
        "gains": SLUGS,
        "losses": SLUGS,
        "units": SLUGS,
        "provisional": {"type": "boolean"},
        "incoherent": SLUGS,
        "hardly_sensible": SLUGS,
        "moves": {"type": "array", "items": {"type": "object"}},
    },
}
_WHAT_IFS = {
    "type": "object",
    "required": ["project", "as_of", "fits", "nearest", "turn_to", "contracts", "cut"],
    "properties": {
        **STATED,
        "fits": SLUGS,
        "nearest": SLUGS,
        "turn_to": {"type": ["string", "null"]},
        "contracts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contract", "status", "verdict", "count", "more", "what_if"],
                "properties": {
                    "contract": {"type": "string"},
                    "label": {"type": "string"},
                    "status": {"enum": list(STATUSES)},
                    "verdict": {"enum": [verdict.value for verdict in Verdict]},
                    "count": {"type": "integer"},
                    "more": {"type": "boolean"},
                    "what_if": {"type": "array", "items": _WHAT_IF},
                    "none": {"type": "object"},
                },
            },
        },
        "criteria": {"type": "object"},
    },
}

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
        _WHAT_IFS,
    ),
)
