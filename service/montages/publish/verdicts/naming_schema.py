"""The schema of what a period names, in JSON (D4)."""

from __future__ import annotations

from typing import Any

from montages.publish.schemas import list_of, object_of, whole
from montages.publish.verdicts.naming_file import NAMING_FORMAT
from montages.publish.verdicts.verdict_schema import VERDICTS_SCHEMA, map_of

_TEXT = {"type": "string"}
_NODE = {"type": "integer", "description": "A place in `nodes`; n below 0 is the leaf -1 - n."}
_LABELS = whole(criteria=map_of(_TEXT), values=map_of(map_of(_TEXT)), prohibitions=map_of(_TEXT))
_VARIABLE = object_of(
    *("criterion", "states"),
    criterion=_TEXT,
    value=_TEXT,
    states=list_of({"pattern": "^(unknown|(stated|fixed|derived|assumed|follows) .+)$"}),
)
_OF_VERDICTS = ("rulebook", "period", "licence", "implies", "alone", "ranges")
_MEMBERS: dict[str, Any] = {
    "format": {"const": NAMING_FORMAT},
    **{name: VERDICTS_SCHEMA["properties"][name] for name in _OF_VERDICTS},
    "variables": list_of(_VARIABLE),
    "nodes": {
        "type": "array",
        "description": "A variable, then for each of its states how many nodes back the next one is; "
        "n below 0 is the leaf -1 - n.",
        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 3},
    },
    "whole": _NODE | {"description": "To the prohibition of the whole, a place from 1; 0: none."},
    "part": _NODE | {"description": "To the prohibition of a part, a place from 1; 0: none."},
    "prohibitions": list_of(_TEXT),
    "steps": {
        "type": "array",
        "description": "A node, and the contract named where it leads to 1: the first that does.",
        "items": {
            "type": "array",
            "prefixItems": [_NODE, {"type": ["string", "null"]}],
            "minItems": 2,
        },
    },
    "awards": map_of(_NODE)
    | {"description": "Of a contract, to its place from 1 in `ways`; 0: none."},
    "ways": list_of(_TEXT) | {"description": "Procedures, and channels that take their place."},
    "labels": whole(fr=_LABELS, en=_LABELS)
    | {"description": "Those that the verdict file of the period does not have."},
}
NAMING_SCHEMA = {"type": "object", "properties": _MEMBERS, "required": [*_MEMBERS]}
