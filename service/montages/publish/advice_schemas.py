"""The JSON schemas of what is advised about a project, and of what to ask next.

What would change the answer, whole set-ups, contracts side by side, projects like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.advice.similar.precedents import EXPECTATIONS, PrecedentKind
from montages.knowledge.logic import STATUSES, Verdict
from montages.publish.detail import DETAILS

SLUGS = {"type": "array", "items": {"type": "string"}}
ENTRIES = {"type": "array", "items": {"type": "object"}}


def _entries(*required: str) -> dict[str, Any]:
    """Return the schema of a list of objects that have some members."""
    return {"type": "array", "items": {"type": "object", "required": list(required)}}


# What every answer has.
STATED = {
    "project": {"type": "string"},
    "label": {"type": "string"},
    "as_of": {"type": "string", "format": "date"},
    "rulebook_version": {"type": "string"},
    "detail": {"enum": list(DETAILS)},
    "cut": SLUGS,
    "scope": {"type": "string"},
    "disclaimer": {"type": "string"},
}


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
        "provisional": {"type": "boolean"},
        "incoherent": SLUGS,
        "hardly_sensible": SLUGS,
        "moves": ENTRIES,
    },
}

WHAT_IF_SCHEMA: Mapping[str, Any] = {
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
                "required": ["contract", "status", "verdict", "count", "what_if"],
                "properties": {
                    "contract": {"type": "string"},
                    "label": {"type": "string"},
                    "status": {"enum": list(STATUSES)},
                    "verdict": {"enum": [verdict.value for verdict in Verdict]},
                    "count": {"type": "integer"},
                    "what_if": {"type": "array", "items": _WHAT_IF},
                    "none": {"type": "object"},
                },
            },
        },
        "criteria": {"type": "object"},
    },
}


_PART = {
    "type": "object",
    "required": ["contract", "label", "row", "units", "verdict", "terms", "to_verify", "procedure"],
    "properties": {
        "contract": {"type": ["string", "null"]},
        "units": SLUGS,
        "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
        "terms": ENTRIES,
        "to_verify": ENTRIES,
        "procedure": {"type": ["object", "null"]},
        "channels": ENTRIES,
        "vehicles": ENTRIES,
        "apart": ENTRIES,
        "buys": {"type": ["object", "null"]},
        "duties": ENTRIES,
    },
}

COMPOSITIONS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": [
        "project",
        "as_of",
        "units",
        "count",
        "more",
        "compositions",
        "uncovered",
        "prohibited_by",
        "cut",
    ],
    "properties": {
        **STATED,
        "units": ENTRIES,
        "count": {"type": "integer"},
        "more": {"type": "boolean"},
        "compositions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["sentence", "verdict", "interfaces", "parts"],
                "properties": {
                    "sentence": {"type": "string"},
                    "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
                    "folded": {"type": "boolean"},
                    "contracts": {"type": "integer"},
                    "interfaces": {"type": "integer"},
                    "parts": {"type": "array", "items": _PART},
                },
            },
        },
        "uncovered": SLUGS,
        "prohibited_by": SLUGS,
    },
}


COMPARISON_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "contracts", "criteria", "alike", "not_covered", "cut"],
    "properties": {
        **STATED,
        "differences_only": {"type": "boolean"},
        "contracts": _entries(
            "contract", "label", "status", "verdict", "folded", "soft", "summary"
        ),
        "criteria": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["criterion", "label", "kind", "given", "differs", "cells"],
                "properties": {
                    "criterion": {"type": "string"},
                    "given": ENTRIES,
                    "differs": {"type": "boolean"},
                    "cells": {"type": "object", "additionalProperties": ENTRIES},
                },
            },
        },
        "alike": {"type": "integer"},
        "not_covered": {
            "type": "object",
            "required": ["answers", "text"],
            "properties": {
                "answers": ENTRIES,
                "text": {"type": "string"},
            },
        },
    },
}


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

SIMILAR_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "stated", "real", "panel"],
    "properties": {
        **STATED,
        "stated": {"type": "integer"},
        "real": _PRECEDENTS,
        "panel": _PRECEDENTS,
    },
}


def _asked(*required: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of a list of questions, with what these have beside what any has."""
    texts = {name: {"type": "string"} for name in ("criterion", "theme", "question", "why", "key")}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["criterion", "kind", "question", "why", "key", *required],
            "properties": {
                **texts,
                "kind": {"enum": ["fact", "choice"]},
                "answers": ENTRIES,
                **properties,
            },
        },
    }


QUESTIONS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": [
        *("project", "done", "describe", "questions"),
        *("to_confirm", "find_out", "to_refine", "arrangements"),
    ],
    "properties": {
        "project": {"type": "string"},
        "label": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "rulebook_version": {"type": "string"},
        "detail": {"enum": list(DETAILS)},
        "done": {"type": "boolean"},
        "describe": ENTRIES,
        "questions": _asked("answers"),
        "to_confirm": {"type": ["object", "null"]},
        "find_out": ENTRIES,
        "to_refine": _asked(
            "refines",
            "weight",
            refines=SLUGS,
            weight={"type": "integer"},
        ),
        "arrangements": ENTRIES,
    },
}

FORK_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["projects", "as_of", "answers", "moves", "unmoved"],
    "properties": {
        "projects": ENTRIES,
        **STATED,
        "answers": _entries("criterion", "label", "before", "after"),
        "moves": _entries("contract", "label", "kind", "better", "status", "verdict"),
        "unmoved": {"type": "integer"},
    },
}
