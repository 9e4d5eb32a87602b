"""The JSON schemas of what is advised about a project, and of what to ask next.

What would change the answer, whole set-ups, contracts side by side, projects like one.
"""

from __future__ import annotations

from typing import Any

from montages.advice.similar.precedents import EXPECTATIONS, PrecedentKind
from montages.json_schema import Schema
from montages.knowledge.logic import Verdict
from montages.publish.detail import DETAILS
from montages.publish.schemas import list_of, object_of, whole

_TEXT, _NUMBER = {"type": "string"}, {"type": "number"}
_COUNT, _FLAG = {"type": "integer"}, {"type": "boolean"}
_OBJECT, _DAY = {"type": "object"}, {"type": "string", "format": "date"}
_TEXT_OR_NONE = {"type": ["string", "null"]}
_OBJECT_OR_NONE = {"type": ["object", "null"]}
_SLUGS, _ENTRIES = list_of(_TEXT), list_of(_OBJECT)
_NEARNESS = {"type": "number", "minimum": 0, "maximum": 1}
_VERDICT = {"enum": [verdict.value for verdict in Verdict]}
_OPEN_VERDICT = {"enum": [verdict.value for verdict in Verdict if verdict.open]}

_PREMISES = {
    "project": _TEXT,
    "label": _TEXT,
    "as_of": _DAY,
    "rulebook_version": _TEXT,
    "detail": {"enum": list(DETAILS)},
}
# What every answer has.
_STATED = _PREMISES | {"cut": _SLUGS, "scope": _TEXT, "disclaimer": _TEXT}

_CHANGE = object_of(
    "criterion",
    "to",
    criterion=_TEXT,
    **{"from": _SLUGS},
    to=_SLUGS,
    number=_NUMBER,
    ordinary=_FLAG,
)
_WHAT_IF = object_of(
    *("sentence", "changes", "verdict", "to_verify", "gains", "losses"),
    sentence=_TEXT,
    changes=list_of(_CHANGE),
    verdict=_OPEN_VERDICT,
    to_verify=list_of(whole(criterion=_TEXT, to=_SLUGS)),
    gains=_SLUGS,
    losses=_SLUGS,
    provisional=_FLAG,
    incoherent=_SLUGS,
    hardly_sensible=_SLUGS,
    moves=_ENTRIES,
)
_WHAT_IFS = object_of(
    *("contract", "verdict", "count", "what_if"),
    contract=_TEXT,
    label=_TEXT,
    verdict=_VERDICT,
    count=_COUNT,
    what_if=list_of(_WHAT_IF),
    none=_OBJECT,
)
WHAT_IF_SCHEMA = object_of(
    *("project", "as_of", "fits", "nearest", "turn_to", "contracts", "cut"),
    **_STATED,
    fits=_SLUGS,
    nearest=_SLUGS,
    turn_to=_TEXT_OR_NONE,
    contracts=list_of(_WHAT_IFS),
    criteria=_OBJECT,
)

_PART = object_of(
    *("contract", "label", "row", "units", "verdict", "terms", "to_verify", "procedure"),
    contract=_TEXT_OR_NONE,
    units=_SLUGS,
    verdict=_OPEN_VERDICT,
    terms=_ENTRIES,
    to_verify=_ENTRIES,
    procedure=_OBJECT_OR_NONE,
    channels=_ENTRIES,
    vehicles=_ENTRIES,
    apart=_ENTRIES,
    buys=_OBJECT_OR_NONE,
    duties=_ENTRIES,
)
_COMPOSITION = object_of(
    *("sentence", "verdict", "interfaces", "parts"),
    sentence=_TEXT,
    verdict=_OPEN_VERDICT,
    folded=_FLAG,
    contracts=_COUNT,
    interfaces=_COUNT,
    parts=list_of(_PART),
)
COMPOSITIONS_SCHEMA = object_of(
    *("project", "as_of", "units", "count", "more"),
    *("compositions", "uncovered", "prohibited_by", "cut"),
    **_STATED,
    units=_ENTRIES,
    count=_COUNT,
    more=_FLAG,
    compositions=list_of(_COMPOSITION),
    uncovered=_SLUGS,
    prohibited_by=_SLUGS,
)

_COMPARED_CRITERION = object_of(
    *("criterion", "label", "kind", "given", "differs", "cells"),
    criterion=_TEXT,
    given=_ENTRIES,
    differs=_FLAG,
    cells={"type": "object", "additionalProperties": _ENTRIES},
)
COMPARISON_SCHEMA = object_of(
    *("project", "as_of", "contracts", "criteria", "alike", "not_covered", "cut"),
    **_STATED,
    differences_only=_FLAG,
    contracts=list_of(object_of("contract", "label", "verdict", "folded", "summary")),
    criteria=list_of(_COMPARED_CRITERION),
    alike=_COUNT,
    not_covered=object_of("answers", "text", answers=_ENTRIES, text=_TEXT),
)

_FACT = whole(fact=_TEXT, weight=_COUNT, similarity=_NEARNESS)
_PRECEDENTS = list_of(
    object_of(
        *("project", "label", "kind", "similarity", "ending", "query"),
        project=_TEXT,
        label=_TEXT,
        kind={"enum": [kind.value for kind in PrecedentKind]},
        similarity=_NEARNESS,
        compared=_COUNT,
        ending=_TEXT,
        set_ups=_ENTRIES,
        expected={"enum": [*EXPECTATIONS, None]},
        signed_on=_TEXT_OR_NONE,
        state=_TEXT_OR_NONE,
        query=_TEXT,
        facts=list_of(_FACT),
    )
)
SIMILAR_SCHEMA = object_of(
    *("project", "as_of", "stated", "real", "panel"),
    **_STATED,
    stated=_COUNT,
    real=_PRECEDENTS,
    panel=_PRECEDENTS,
)


def _questions(*required: str, **properties: Any) -> Schema:
    """Return the schema of a list of questions, with what these have beside what any has."""
    return list_of(
        object_of(
            *("criterion", "kind", "question", "why", "key", *required),
            **dict.fromkeys(("criterion", "theme", "question", "why", "key"), _TEXT),
            kind={"enum": ["fact", "choice"]},
            answers=_ENTRIES,
            **properties,
        )
    )


QUESTIONS_SCHEMA = object_of(
    *("project", "done", "describe", "questions"),
    *("find_out", "to_refine", "arrangements"),
    **_PREMISES,
    done=_FLAG,
    describe=_ENTRIES,
    questions=_questions("answers"),
    find_out=_ENTRIES,
    to_refine=_questions("refines", "weight", refines=_SLUGS, weight=_COUNT),
    arrangements=_ENTRIES,
)
