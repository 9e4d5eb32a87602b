"""`POST /fork`: a project beside another, or beside itself with other answers (R21, R30)."""

from __future__ import annotations

from flask import Response, request

from montages.bilingual import Text
from montages.errors import UnreadableInput
from montages.publish.schemas.stated_schema import ENTRIES, STATED
from montages.web.advice_request import (
    advice_operation,
    advice_options,
    advise,
)
from montages.web.operation import OperationParameter


def fork() -> Response:
    """Answer what moves between the description of a body and another, or some other answers."""
    options = advice_options("fork", "with", "other")
    answers, other = _answers(",".join(request.args.getlist("with"))), request.args.get("other")
    return advise("fork", **options, answers=answers, other=other)


def _answers(text: str) -> dict[str, str]:
    """Return the answers that `with` gives: `key:value`, separated by commas."""
    pairs = [part.partition(":") for part in text.split(",") if part]
    for key, sign, value in pairs:
        if not (key and sign and value):
            raise UnreadableInput(
                f"with={text[:80]} : clé:valeur est attendu, par exemple investment-funding:public.",
                f"with={text[:80]}: key:value is needed, for example investment-funding:public.",
            )
    return {key: value for key, _, value in pairs}


_WITH = OperationParameter(
    "with",
    Text(
        "les réponses à changer, par nos clés : clé:valeur, séparées par des virgules",
        "the answers to change, by our keys: key:value, separated by commas",
    ),
    example="investment-funding:public",
)
_OTHER = OperationParameter(
    "other",
    Text("un autre projet du même corps", "another project of the same body"),
)
_FORK = {
    "type": "object",
    "required": ["projects", "as_of", "answers", "moves", "unmoved"],
    "properties": {
        "projects": ENTRIES,
        **STATED,
        "answers": {
            "type": "array",
            "items": {"type": "object", "required": ["criterion", "label", "before", "after"]},
        },
        "moves": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contract", "label", "kind", "better", "status", "verdict"],
            },
        },
        "unmoved": {"type": "integer"},
    },
}

OPERATIONS = (
    advice_operation(
        "fork",
        "/fork",
        Text(
            "Met un projet à côté d'un autre, ou de lui-même répondu autrement : ce qui bouge, et pourquoi",
            "Put a project beside another, or beside itself with other answers: what moves, and why",
        ),
        fork,
        (_WITH, _OTHER),
        _FORK,
    ),
)
