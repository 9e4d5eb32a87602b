"""What is concluded of an arrangement as JSON: for the project, and for a unit what differs from it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import orjson

from montages.assessment.arrangement_result import ArrangementResult, Fold
from montages.assessment.forms.legend import References
from montages.assessment.json_pieces import array

# What makes the entries of two units differ.
_CONCLUDED = (
    "status", "best", "soft", "summary", "missing", "attention", "duties", "folded", "provisional",
    "procedure",
)  # fmt: skip


def result_entry(result: ArrangementResult, lang: str, references: References) -> dict[str, Any]:
    """Return the entry of an arrangement; what it refers to is noted.

    A check without `units` is that of all units; `best_unit` is the one that the verdict is of, null for all.
    """
    arrangement = result.arrangement
    references.requirements.update(check.requirement.slug for check in result.checks)
    out: dict[str, Any] = {"contract": arrangement.slug, "label": arrangement.label[lang]}
    out |= _concluded(result, lang, references)
    out["best_unit"] = result.of_unit
    out["covers"] = list(result.covers or ())
    out["checks"] = array(check.json for check in result.checks)
    if result.procedure is not None:
        out["applies_to"] = list(arrangement.applies_to)
    return out


def difference(
    result: ArrangementResult, whole: ArrangementResult, lang: str, references: References
) -> dict[str, Any]:
    """Return what is concluded for a unit otherwise than for the whole project."""
    if all(getattr(result, name) is getattr(whole, name) for name in _CONCLUDED):
        return {}
    of_all, own = (_concluded(each, lang, references) for each in (whole, result))
    return {name: value for name, value in own.items() if value != of_all[name]}


def _concluded(result: ArrangementResult, lang: str, references: References) -> dict[str, Any]:
    references.criteria.update(missing.criterion for missing in result.missing)
    references.attention.update(point.slug for point in result.attention)
    duties = [
        {"requirement": d.requirement.slug, "when": d.requirement.due_at, "state": d.state.value}
        for d in result.duties
    ]
    references.requirements.update(duty.requirement.slug for duty in result.duties)
    for term in (
        *result.terms,
        *result.to_verify,
        *(c for r in result.reopens_to for c in r.changes),
    ):
        references.criteria.add(term.criterion)
    low, high = result.soft
    out: dict[str, Any] = {
        "status": result.status,
        "verdict": result.verdict.value,
        "provisional": result.provisional,
        "folded": _fold(result.folded, references),
        "summary": result.summary[lang],
        "terms": [term.to_json() for term in result.terms],
        "to_verify": [term.to_json() for term in result.to_verify],
        "reopens_to": [reopening.to_json() for reopening in result.reopens_to],
        "closed_by": list(result.best.closed_by),
        "soft": {"min": low, "max": high},
        "duties": duties,
        "missing": [missing.criterion for missing in result.missing],
        "attention": [point.slug for point in result.attention],
    }
    if result.procedure is not None:
        out["procedure"] = result.procedure.value
    return out


def _fold(fold: Fold | None, references: References) -> dict[str, Any] | None:
    if fold is None:
        return None
    because = [requirement.slug for requirement in fold.because]
    references.requirements.update(because)
    references.criteria.update(fold.presumed)
    return {"because": because, "presumed": list(fold.presumed)}


def missing_entries(
    results: Iterable[ArrangementResult], among: Container[str] | None = None
) -> dict[str, dict[str, Any]]:
    """Return each criterion that is missing: for which requirements, and what each answer would change.

    `impact` gives, for an answer, the arrangements whose status it would change, by the new status.
    With `among`, only these criteria are looked at.
    """
    out: dict[str, dict[str, Any]] = {}
    for result in sorted(results, key=lambda result: result.arrangement.order):
        for missing in result.missing:
            if among is not None and missing.criterion not in among:
                continue
            entry = out.get(missing.criterion)
            if entry is None:
                entry = out[missing.criterion] = {"because": [], "impact": {}}
            entry["because"] += [s for s in missing.because if s not in entry["because"]]
            for value, statuses in missing.impact.items():
                by_status = entry["impact"].setdefault(value, {})
                for slug, status in statuses.items():
                    by_status.setdefault(status, []).append(slug)
    return out


def missing_otherwise(
    results: Iterable[ArrangementResult],
    whole: Mapping[str, ArrangementResult],
    missing: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    """Return the missing criteria of a unit of which there is something else to say than for the project."""
    pairs = [(result, whole[result.arrangement.slug]) for result in results]
    other = {
        each.criterion
        for pair in pairs
        if pair[0].missing is not pair[1].missing
        for result in pair
        for each in result.missing
    }
    own = missing_entries((result for result, _ in pairs), other) if other else {}
    return {name: entry for name, entry in own.items() if entry != missing.get(name)}


def written(entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Return entries by name, each written."""
    return {name: orjson.dumps(entry) for name, entry in entries.items()}
