"""What is concluded of an arrangement as JSON: for the project, and for a unit what differs from it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from montages.assessment.arrangement_result import ArrangementResult, DutyResult, Fold
from montages.assessment.forms.legend import References
from montages.assessment.json_pieces import array
from montages.assessment.verdict.unit_verdict import Reopening, Term
from montages.knowledge.model import Attention


def result_entry(result: ArrangementResult, lang: str, references: References) -> dict[str, Any]:
    """Return the entry of an arrangement; what it refers to is noted."""
    arrangement = result.arrangement
    references.requirements.update(check.requirement.slug for check in result.checks)
    out: dict[str, Any] = {"contract": arrangement.slug, "label": arrangement.label[lang]}
    out |= {name: part.json(result, lang, references) for name, part in _CONCLUDED.items()}
    if result.procedure is not None:
        out |= {"procedure": result.procedure.value, "applies_to": list(arrangement.applies_to)}
    out["checks"] = array(check.json for check in result.checks)
    return out


def difference(
    result: ArrangementResult, whole: ArrangementResult, lang: str, references: References
) -> dict[str, Any]:
    """Return what is concluded for a unit otherwise than for the whole project."""
    said = (result.folded, result.procedure)
    if result.explanation is whole.explanation and said == (whole.folded, whole.procedure):
        return {}  # the project has no other unit
    out = {
        name: part.json(result, lang, references)
        for name, part in _CONCLUDED.items()
        if part.of(result, lang) != part.of(whole, lang)
    }
    if result.procedure is not None and result.procedure is not whole.procedure:
        out["procedure"] = result.procedure.value
    return out


class _Part(NamedTuple):
    """A part of what is concluded: what it is of a result, and how that is told."""

    of: Callable[[ArrangementResult, str], Any]
    told: Callable[[Any, str, References], Any] = lambda value, lang, references: value

    def json(self, result: ArrangementResult, lang: str, references: References) -> Any:
        return self.told(self.of(result, lang), lang, references)


def _fold(fold: Fold | None, lang: str, references: References) -> dict[str, Any] | None:
    if fold is None:
        return None
    because = [requirement.slug for requirement in fold.because]
    references.requirements.update(because)
    references.criteria.update(fold.presumed)
    return {"because": because, "presumed": list(fold.presumed)}


def _terms(terms: Sequence[Term], lang: str, references: References) -> list[dict[str, Any]]:
    references.criteria.update(term.criterion for term in terms)
    return [term.to_json() for term in terms]


def _reopenings(
    reopenings: Sequence[Reopening], lang: str, references: References
) -> list[dict[str, Any]]:
    for reopening in reopenings:
        references.criteria.update(change.criterion for change in reopening.changes)
    return [reopening.to_json() for reopening in reopenings]


def _duties(
    duties: Sequence[DutyResult], lang: str, references: References
) -> list[dict[str, Any]]:
    references.requirements.update(duty.requirement.slug for duty in duties)
    return [
        {"requirement": d.requirement.slug, "when": d.requirement.due_at, "state": d.state.value}
        for d in duties
    ]


def _missing(names: Sequence[str], lang: str, references: References) -> Sequence[str]:
    references.criteria.update(names)
    return names


def _attention(points: Sequence[Attention], lang: str, references: References) -> list[str]:
    names = [point.slug for point in points]
    references.attention.update(names)
    return names


_CONCLUDED = {
    "status": _Part(lambda result, _: result.status),
    "verdict": _Part(lambda result, _: result.verdict.value),
    "provisional": _Part(lambda result, _: result.provisional),
    "folded": _Part(lambda result, _: result.folded, _fold),
    "summary": _Part(lambda result, lang: result.explanation.summary_in(lang)),
    "terms": _Part(lambda result, _: result.terms, _terms),
    "to_verify": _Part(lambda result, _: result.to_verify, _terms),
    "reopens_to": _Part(lambda result, _: result.reopens_to, _reopenings),
    "closed_by": _Part(lambda result, _: result.best.closed_by),
    "soft": _Part(lambda result, _: result.soft, lambda soft, *_: {"min": soft[0], "max": soft[1]}),
    "duties": _Part(lambda result, _: result.duties, _duties),
    "missing": _Part(lambda result, _: result.explanation.missing_names, _missing),
    "attention": _Part(lambda result, _: result.attention, _attention),
}


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
        if pair[0].explanation.missing_ground != pair[1].explanation.missing_ground
        and pair[0].missing != pair[1].missing
        for result in pair
        for each in result.missing
    }
    own = missing_entries((result for result, _ in pairs), other) if other else {}
    return {name: entry for name, entry in own.items() if entry != missing.get(name)}


def entry_bytes(entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Return entries by name, each written."""
    return {name: orjson.dumps(entry) for name, entry in entries.items()}
