"""The verdict on an arrangement as members of a JSON object, after its status and before its units."""

from __future__ import annotations

from typing import Any

import orjson

from montages.assessment.arrangement_result import ArrangementResult


def verdict_members(result: ArrangementResult, lang: str) -> bytes:
    """Return the verdict in a language."""
    members: dict[str, Any] = {
        "verdict": result.verdict.value,
        "terms": [term.to_json() for term in result.terms if not term.ordinary],
        "to_verify": [term.to_json() for term in result.to_verify],
        "summary": result.explanation.summary_in(lang),
    }
    if result.folded is not None:
        members["folded"] = True
    if result.procedure is not None:
        members["procedure"] = result.procedure.value
    return b",%b" % orjson.dumps(members)[1:-1]
