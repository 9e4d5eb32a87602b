"""The whole JSON of an assessment: every fact once, under its slug (R40; `assessment.schema.json`).

What is concluded of an arrangement is there for the project, and for a unit where it differs from that.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from montages.assessment.answer.row_json import criteria_of
from montages.assessment.arrangement_result import ArrangementResult, DutyResult, Fold
from montages.assessment.conclusions import Conclusions, UnitAssessment
from montages.assessment.forms.legend import References, legend_of
from montages.assessment.json_pieces import Piece, array, compact, document
from montages.assessment.verdict.unit_verdict import Reopening, Term
from montages.knowledge.model import SECTIONS, Attention
from montages.knowledge.periods import rules_at


def full_json(assessment: Conclusions, lang: str, end: bytes) -> bytes:
    """Return the text of the JSON of an assessment, with `end` after each entry."""
    references = References(legend_of(rules_at(assessment.as_of), lang))
    missing = missing_entries(assessment.verdicts)
    sections = _sections(assessment.verdicts, lang, references)
    whole = {result.arrangement.slug: result for result in assessment.verdicts}
    units = [compact(_unit(unit, whole, missing, lang, references)) for unit in assessment.units]
    presumed, notes = assessment.presumed, assessment.notes
    references.criteria.update(fact["criterion"] for fact in assessment.facts)
    references.criteria.update((*assessment.answer.common, *assessment.answer.next))
    for answer in presumed:
        references.cite(answer.presumption.sources)
    for note in notes:
        references.criteria.add(note.note.criterion)
        references.cite(note.note.sources)
    for named, ways in zip(assessment.answer.rows, assessment.answer.ways, strict=True):
        references.criteria.update(criteria_of(named))
        references.requirements.update(d.requirement.slug for d in named.row.shown.duties)
        references.attention.update(point.slug for point in named.row.shown.attention)
        if ways.advice is not None:
            references.cite(ways.advice.sources)
    references.criteria.update(question.criterion.slug for question in assessment.answer.deciding)
    if assessment.answer.nearest is not None:
        references.criteria.update(change.criterion for change in assessment.answer.nearest.changes)
    members: dict[str, Piece] = {
        "project": compact(str(assessment.project)),
        "label": compact(assessment.label[lang]),
        "as_of": compact(assessment.as_of.isoformat()),
        "rulebook_version": compact(assessment.rulebook_version),
        "detail": b'"full"',
        "answer": compact(assessment.answer.to_json(lang)),
        "rows": [compact(row.to_json(lang)) for row in assessment.rows],
        **references.members(),
        "presumed": [compact(answer.to_json(lang)) for answer in presumed],
        "notes": [compact(note.to_json(lang)) for note in notes],
        "facts": [compact(fact) for fact in assessment.facts],
        "missing": entry_bytes(missing),
        **sections,
        "units": units,
        "signed_on": compact(assessment.signed_on),
        "retained": [compact(retained.to_json()) for retained in assessment.retained],
        "findings": [compact(finding.to_json(lang)) for finding in assessment.findings],
        "readings": [compact(reading.to_json(lang)) for reading in assessment.readings],
        "scope": compact(assessment.scope[lang]),
        "disclaimer": compact(assessment.disclaimer[lang]),
        "contest": compact(assessment.contest),
    }
    return document(members, end)


def result_json(
    assessment: Conclusions, result: ArrangementResult, unit: str | None, lang: str
) -> bytes:
    """Return the text of the JSON of one arrangement of an assessment, for all units or for one."""
    references = References(legend_of(rules_at(assessment.as_of), lang))
    entry = entry_bytes(result_entry(result, lang, references))
    missing = entry_bytes(missing_entries([result]))
    return document(
        {
            "project": compact(str(assessment.project)),
            "as_of": compact(assessment.as_of.isoformat()),
            "rulebook_version": compact(assessment.rulebook_version),
            "unit": compact(unit),
            **entry,
            "missing": missing,
            **references.members(),
        }
    )


def _sections(
    results: Sequence[ArrangementResult], lang: str, references: References
) -> dict[str, list[bytes]]:
    out: dict[str, list[bytes]] = {name: [] for name in SECTIONS.values()}
    for result in results:
        entry = orjson.dumps(result_entry(result, lang, references))
        out[SECTIONS[result.arrangement.kind]].append(entry)
    return out


def _unit(
    unit: UnitAssessment,
    whole: dict[str, ArrangementResult],
    missing: dict[str, Any],
    lang: str,
    references: References,
) -> dict[str, Any]:
    """Return a unit with what differs from the project: conclusions, missing answers."""
    out: dict[str, Any] = {
        "id": unit.unit.id,
        "label": unit.unit.label[lang],
        "layer": unit.unit.layer,
        "perimeter": unit.unit.perimeter,
        "costs": [
            {"text": text[lang], "source": references.cite([source])[0]}
            for text, source in unit.costs
        ],
    }
    sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS.values()}
    for result in unit.verdicts:
        slug = result.arrangement.slug
        if other := difference(result, whole[slug], lang, references):
            sections[SECTIONS[result.arrangement.kind]][slug] = other
    out["missing"] = missing_otherwise(unit.verdicts, whole, missing)
    return out | sections


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
    own = (result.folded, result.procedure)
    if result.explanation is whole.explanation and own == (whole.folded, whole.procedure):
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
        gap.criterion
        for pair in pairs
        if pair[0].explanation.missing_ground != pair[1].explanation.missing_ground
        and pair[0].missing != pair[1].missing
        for result in pair
        for gap in result.missing
    }
    own = missing_entries((result for result, _ in pairs), other) if other else {}
    return {name: entry for name, entry in own.items() if entry != missing.get(name)}


def entry_bytes(entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Return entries by name, each written."""
    return {name: orjson.dumps(entry) for name, entry in entries.items()}
