"""What is concluded of an arrangement as JSON: for the project, and for a unit where it differs from that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NotRequired, TypedDict

import orjson

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Fold
from montages.assessment.json_pieces import array
from montages.assessment.verdict.unit_verdict import TermsEntry
from montages.knowledge.model import EVERYTHING


class FoldEntry(TypedDict):
    """Why an arrangement is hardly sensible: preferences not met, criteria presumed that close it."""

    because: list[str]
    presumed: Sequence[str]


class ConclusionEntry(TermsEntry):
    """What is concluded of an arrangement for some units together; of a procedure, what it awards too."""

    verdict: str
    in_force: bool
    provisional: bool
    folded: FoldEntry | None
    summary: str
    duties: dict[str, list[str]]
    attention: list[str]
    procedure: NotRequired[str]
    applies_to: NotRequired[Sequence[str]]


class ArrangementEntry(ConclusionEntry):
    """An arrangement with what is concluded of it; `checks`, every requirement looked at, are written."""

    contract: str
    label: str
    checks: orjson.Fragment


def arrangement_entry(result: ArrangementVerdict, lang: str) -> ArrangementEntry:
    """Return the entry of an arrangement."""
    return {
        "contract": result.arrangement.slug,
        "label": result.arrangement.label[lang],
        **conclusion_entry(result, lang),
        "checks": array(check.json for check in result.checks),
    }


def conclusion_entry(result: ArrangementVerdict, lang: str) -> ConclusionEntry:
    """Return what is concluded of an arrangement."""
    basis = result.best.terms_entry
    entry: ConclusionEntry = {
        "verdict": result.verdict.value,
        "in_force": result.in_force,
        "provisional": result.provisional,
        "folded": _fold(result.folded),
        "summary": result.summary_in(lang),
        "terms": basis["terms"],
        "to_verify": basis["to_verify"],
        "disputed": basis["disputed"],
        "reopens_to": basis["reopens_to"],
        "closed_by": basis["closed_by"],
        "duties": {
            state: [duty.requirement.slug for duty in duties]
            for state, duties in groupby(result.duties, lambda duty: duty.state.value)
        },
        # What is about usages or layers, and what not to do, the answer says once.
        "attention": [
            point.slug
            for point in result.attention
            if point.bearing == EVERYTHING and not point.to_avoid
        ],
    }
    if result.procedure is not None:
        entry["procedure"] = result.procedure.value
        entry["applies_to"] = result.arrangement.applies_to
    return entry


def difference(own: ConclusionEntry, whole: ConclusionEntry) -> dict[str, Any]:
    """Return what is concluded for a unit otherwise than for the whole project."""
    return {name: value for name, value in own.items() if value != whole.get(name)}


def _fold(fold: Fold | None) -> FoldEntry | None:
    if fold is None:
        return None
    return {"because": [r.slug for r in fold.because], "presumed": fold.presumed}
