"""The schema of the verdicts of a period as a decision diagram, in JSON (D4)."""

from __future__ import annotations

from typing import Any

from montages.knowledge.logic import Verdict
from montages.publish.verdicts.verdict_file import FORMAT, STANDINGS

_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_NODE = {"type": "integer", "description": "A place in `nodes`; n below 0 is the leaf -1 - n."}
_NAMES = {"type": "array", "items": {"type": "string"}}
_BOUND = {
    "type": ["array", "null"],
    "prefixItems": [{"type": "number"}, {"type": "boolean", "description": "Within the range."}],
}
_LABELS = {
    "type": "object",
    "required": ["criteria", "values", "arrangements", "gates", "verdicts"],
    "properties": {
        "criteria": _TEXTS,
        "values": {"type": "object", "additionalProperties": _TEXTS},
        "arrangements": _TEXTS,
        "gates": {
            "type": "object",
            "additionalProperties": {"type": "object", "required": ["label", "source"]},
        },
        "verdicts": _TEXTS,
    },
}
_ARRANGEMENT = {
    "type": "object",
    "required": ["kind", "abstract", "verdict", "gates", "waiting"],
    "properties": {
        "kind": {"type": "string"},
        "abstract": {"type": "boolean"},
        "verdict": _NODE,
        "gates": _NAMES,
        "waiting": {**_NAMES, "description": "Gates whose threshold is not known in the period."},
    },
}
_GATE = {
    "type": "object",
    "required": ["criterion", "duty", "iri", "standing"],
    "properties": {
        "criterion": {"type": "string"},
        "duty": {"type": "boolean"},
        "iri": {"type": "string", "format": "iri"},
        "standing": _NODE,
    },
}
VERDICTS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "format": {"const": FORMAT},
        "rulebook": {"type": "string"},
        "period": {
            "type": "object",
            "required": ["first", "last"],
            "properties": {
                "first": {"type": "string", "format": "date"},
                "last": {"type": ["string", "null"], "format": "date"},
            },
        },
        "licence": {"type": "string", "format": "uri"},
        "verdicts": {"type": "array", "items": {"enum": [verdict.value for verdict in Verdict]}},
        "standings": {"type": "array", "items": {"enum": list(STANDINGS)}},
        "criteria": {
            **_TEXTS,
            "description": "The criteria in author order: fact, choice, step or consequence.",
        },
        "variables": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["criterion", "states"],
                "properties": {
                    "criterion": {"type": "string"},
                    "value": {"type": "string"},
                    "states": {
                        "type": "array",
                        "items": {"pattern": "^(unknown|(stated|fixed|derived) .+)$"},
                    },
                },
            },
        },
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
        "ranges": {
            "type": "object",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["value", "low", "high"],
                    "properties": {"value": {"type": "string"}, "low": _BOUND, "high": _BOUND},
                },
            },
        },
        "nodes": {
            "type": "array",
            "description": "A variable, then a node for each of its states.",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 3},
        },
        "arrangements": {"type": "object", "additionalProperties": _ARRANGEMENT},
        "gates": {"type": "object", "additionalProperties": _GATE},
        "labels": {
            "type": "object",
            "required": ["fr", "en"],
            "properties": {"fr": _LABELS, "en": _LABELS},
        },
    },
}
VERDICTS_SCHEMA["required"] = [*VERDICTS_SCHEMA["properties"]]
