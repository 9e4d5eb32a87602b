"""The schemas of the verdicts of a period as a decision diagram, and of what it names, in JSON (D4)."""

from __future__ import annotations

from typing import Any

from montages.json_schema import Schema
from montages.knowledge.logic import Verdict
from montages.publish.schemas import list_of, object_of, whole
from montages.publish.verdicts.naming_file import NAMING_FORMAT
from montages.publish.verdicts.verdict_file import FORMAT, STANDINGS


def _map_of(kind: Schema) -> Schema:
    """Return the schema of an object of which all members are of a kind."""
    return {"type": "object", "additionalProperties": kind}


def _variable(states: str) -> Schema:
    """Return the schema of a variable; of its states, all but "unknown" are said of a value."""
    return object_of(
        *("criterion", "states"),
        criterion=_TEXT,
        value=_TEXT,
        states=list_of({"pattern": f"^(unknown|({states}) .+)$"}),
    )


_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_NAMES, _TEXTS = list_of(_TEXT), _map_of(_TEXT)
_NODE = {"type": "integer", "description": "A place in `nodes`; n below 0 is the leaf -1 - n."}
_BOUND = {
    "type": ["array", "null"],
    "prefixItems": [{"type": "number"}, _FLAG | {"description": "Within the range."}],
}
_LABELS = whole(
    criteria=_TEXTS,
    values=_map_of(_TEXTS),
    arrangements=_TEXTS,
    gates=_map_of(object_of("label", "source")),
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
    "variables": list_of(_variable("stated|fixed|derived")),
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
    "ranges": _map_of(list_of(whole(value=_TEXT, low=_BOUND, high=_BOUND))),
    "nodes": {
        "type": "array",
        "description": "A variable, then a node for each of its states.",
        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 3},
    },
    "arrangements": _map_of(_ARRANGEMENT),
    "gates": _map_of(_GATE),
    "labels": whole(fr=_LABELS, en=_LABELS),
}
VERDICTS_SCHEMA = whole(**_MEMBERS)
_NAMING_LABELS = whole(criteria=_TEXTS, values=_map_of(_TEXTS), prohibitions=_TEXTS)
_OF_VERDICTS = ("rulebook", "period", "licence", "implies", "alone", "ranges")
_OF_NAMING: dict[str, Any] = {
    "format": {"const": NAMING_FORMAT},
    **{name: _MEMBERS[name] for name in _OF_VERDICTS},
    "variables": list_of(_variable("stated|fixed|derived|assumed|follows")),
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
    "awards": _map_of(_NODE)
    | {"description": "Of a contract, to its place from 1 in `ways`; 0: none."},
    "ways": list_of(_TEXT) | {"description": "Procedures, and channels that take their place."},
    "labels": whole(fr=_NAMING_LABELS, en=_NAMING_LABELS)
    | {"description": "Those that the verdict file of the period does not have."},
}
NAMING_SCHEMA = whole(**_OF_NAMING)
