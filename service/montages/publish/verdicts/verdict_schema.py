"""The schema of the verdicts of a period as a decision diagram, in JSON (D4)."""

from __future__ import annotations

from typing import Any

from montages.json_schema import Schema
from montages.knowledge.logic import Verdict
from montages.publish.schemas import list_of, object_of, whole
from montages.publish.verdicts.verdict_file import FORMAT, STANDINGS


def map_of(kind: Schema) -> Schema:
    """Return the schema of an object of which all members are of a kind."""
    return {"type": "object", "additionalProperties": kind}


_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_NAMES, _TEXTS = list_of(_TEXT), map_of(_TEXT)
_NODE = {"type": "integer", "description": "A place in `nodes`; n below 0 is the leaf -1 - n."}
_BOUND = {
    "type": ["array", "null"],
    "prefixItems": [{"type": "number"}, _FLAG | {"description": "Within the range."}],
}
_LABELS = whole(
    criteria=_TEXTS,
    values=map_of(_TEXTS),
    arrangements=_TEXTS,
    gates=map_of(object_of("label", "source")),
    verdicts=_TEXTS,
)
_ARRANGEMENT = whole(
    kind=_TEXT,
    abstract=_FLAG,
    verdict=_NODE,
    gates=_NAMES,
    waiting=_NAMES | {"description": "Gates whose threshold is not known in the period."},
)
_GATE = whole(criterion=_TEXT, duty=_FLAG, iri={"type": "string", "format": "iri"}, standing=_NODE)
_VARIABLE = object_of(
    *("criterion", "states"),
    criterion=_TEXT,
    value=_TEXT,
    states=list_of({"pattern": "^(unknown|(stated|fixed|derived) .+)$"}),
)
_MEMBERS: dict[str, Any] = {
    "format": {"const": FORMAT},
    "rulebook": _TEXT,
    "period": whole(
        first={"type": "string", "format": "date"},
        last={"type": ["string", "null"], "format": "date"},
    ),
    "licence": {"type": "string", "format": "uri"},
    "verdicts": list_of({"enum": [verdict.value for verdict in Verdict]}),
    "standings": list_of({"enum": list(STANDINGS)}),
    "criteria": _TEXTS
    | {"description": "The criteria in author order: fact, choice, step or consequence."},
    "variables": list_of(_VARIABLE),
    "implies": {
        "type": "array",
        "description": "Criterion, value, criterion, value: the first answer gives the second.",
        "items": {**_NAMES, "minItems": 4, "maxItems": 4},
    },
    "alone": {
        "type": "object",
        "description": "Values of lists that leave the others out.",
        "additionalProperties": _NAMES,
    },
    "ranges": map_of(list_of(whole(value=_TEXT, low=_BOUND, high=_BOUND))),
    "nodes": {
        "type": "array",
        "description": "A variable, then a node for each of its states.",
        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 3},
    },
    "arrangements": map_of(_ARRANGEMENT),
    "gates": map_of(_GATE),
    "labels": whole(fr=_LABELS, en=_LABELS),
}
VERDICTS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": _MEMBERS,
    "required": [*_MEMBERS],
}
