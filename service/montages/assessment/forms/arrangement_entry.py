"""What is concluded of an arrangement as JSON: for the project, and for a unit where it differs from that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Annotated, NotRequired, TypedDict, cast

import orjson

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import CheckEntry, DutyResult
from montages.assessment.entry_types import InForce, ProcedureKind, VerdictKind
from montages.assessment.json_pieces import array
from montages.assessment.verdict.unit_verdict import TermsEntry
from montages.json_schema import Rule, Slug
from montages.knowledge.model import EVERYTHING

_Duties = Annotated[list[Slug], Rule(minItems=1)]


class FoldEntry(TypedDict):
    """Why an arrangement is hardly sensible: preferences not met, presumptions that close it."""

    because: Annotated[list[Slug], "Preferences not met."]
    presumed: Annotated[Sequence[Slug], "Criteria whose presumed answers close it."]


class DutiesEntry(TypedDict, total=False):
    """What whoever takes the arrangement must do: requirements, by whether they are due."""

    due: _Duties
    maybe: _Duties
    done: _Duties


class ConclusionEntry(TermsEntry):
    """What is concluded of an arrangement for some units together."""

    verdict: VerdictKind
    in_force: InForce
    provisional: Annotated[bool, "Without what practice presumes, the verdict would be another."]
    folded: FoldEntry | None
    summary: Annotated[str, "The verdict in one sentence."]
    duties: DutiesEntry
    attention: Annotated[list[Slug], "Points of attention: under `attention_points`."]
    procedure: NotRequired[ProcedureKind]


Difference = Annotated[
    ConclusionEntry,
    "What is concluded for a unit otherwise than for the whole project.",
    Rule("difference", required=[]),
]


class AwardEntry(TypedDict, total=False):
    """What an arrangement awards, where it is a procedure."""

    applies_to: Annotated[Sequence[Slug], "What a procedure awards."]


class ResultEntry(ConclusionEntry, AwardEntry):
    """What is concluded of an arrangement for the whole project."""

    contract: Slug
    label: str
    checks: Annotated[orjson.Fragment, list[CheckEntry], "Every requirement looked at."]


def arrangement_entry(result: ArrangementVerdict, lang: str) -> ResultEntry:
    """Return the entry of an arrangement."""
    return {
        "contract": result.arrangement.slug,
        "label": result.arrangement.label[lang],
        **conclusion_entry(result, lang),
        **_award(result),
        "checks": array([check.json for check in result.checks]),
    }


def conclusion_entry(result: ArrangementVerdict, lang: str) -> ConclusionEntry:
    """Return what is concluded of an arrangement."""
    basis, fold = result.best.terms_entry, result.folded
    entry: ConclusionEntry = {
        "verdict": result.verdict,
        "in_force": result.in_force,
        "provisional": result.provisional,
        "folded": {"because": [r.slug for r in fold.because], "presumed": fold.presumed}
        if fold
        else None,
        "summary": result.summary_in(lang),
        "terms": basis["terms"],
        "to_verify": basis["to_verify"],
        "disputed": basis["disputed"],
        "reopens_to": basis["reopens_to"],
        "closed_by": basis["closed_by"],
        "duties": _duties(result.duties),
        # What is about usages or layers, and what not to do, the answer says once.
        "attention": [
            point.slug
            for point in result.attention
            if point.bearing == EVERYTHING and not point.to_avoid
        ],
    }
    if result.procedure is not None:
        entry["procedure"] = result.procedure
    return entry


def difference(own: ConclusionEntry, whole: ConclusionEntry) -> Difference:
    """Return what is concluded for a unit otherwise than for the whole project."""
    differing = {name: value for name, value in own.items() if value != whole.get(name)}
    return cast(Difference, differing)


def _award(result: ArrangementVerdict) -> AwardEntry:
    return {} if result.procedure is None else {"applies_to": result.arrangement.applies_to}


def _duties(results: Iterable[DutyResult]) -> DutiesEntry:
    grouped = groupby(results, lambda duty: duty.state.value)
    by_state = {state: [duty.requirement.slug for duty in duties] for state, duties in grouped}
    return cast(DutiesEntry, by_state)
