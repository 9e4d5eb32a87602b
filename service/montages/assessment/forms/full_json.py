"""The whole JSON of an assessment: every fact once, under its slug (R40; `assessment.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from montages.assessment.answer.answer_row_json import criteria_of
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions, UnitAssessment
from montages.assessment.forms.legend import References, legend_of
from montages.assessment.forms.result_entry import (
    difference,
    entry_bytes,
    missing_entries,
    missing_otherwise,
    result_entry,
)
from montages.assessment.json_pieces import Piece, compact, document
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import rules_at


def full_json(it: Conclusions, lang: str, end: bytes) -> bytes:
    """Return the text of the JSON of an assessment, with `end` after each entry."""
    references = References(legend_of(rules_at(it.as_of), lang))
    missing = missing_entries(it.verdicts)
    sections = _sections(it.verdicts, lang, references)
    whole = {result.arrangement.slug: result for result in it.verdicts}
    units = [compact(_unit(unit, whole, missing, lang, references)) for unit in it.units]
    presumed, notes = it.presumed, it.notes
    references.criteria.update(fact["criterion"] for fact in it.facts)
    references.criteria.update((*it.answer.common, *it.answer.next))
    for answer in presumed:
        references.cite(answer.presumption.sources)
    for note in notes:
        references.criteria.add(note.note.criterion)
        references.cite(note.note.sources)
    for named, ways in zip(it.answer.rows, it.answer.ways, strict=True):
        references.criteria.update(criteria_of(named))
        references.requirements.update(d.requirement.slug for d in named.row.shown.duties)
        references.attention.update(point.slug for point in named.row.shown.attention)
        if ways.advice is not None:
            references.cite(ways.advice.sources)
    references.criteria.update(each.criterion.slug for each in it.answer.deciding)
    if it.answer.nearest is not None:
        references.criteria.update(change.criterion for change in it.answer.nearest.changes)
    members: dict[str, Piece] = {
        "project": compact(str(it.project)),
        "label": compact(it.label[lang]),
        "as_of": compact(it.as_of.isoformat()),
        "rulebook_version": compact(it.rulebook_version),
        "detail": b'"full"',
        "answer": compact(it.answer.to_json(lang)),
        "rows": [compact(row.to_json(lang)) for row in it.rows],
        **references.members(),
        "presumed": [compact(answer.to_json(lang)) for answer in presumed],
        "notes": [compact(note.to_json(lang)) for note in notes],
        "facts": [compact(fact) for fact in it.facts],
        "missing": entry_bytes(missing),
        **sections,
        "units": units,
        "signed_on": compact(it.signed_on),
        "retained": [compact(retained.to_json()) for retained in it.retained],
        "findings": [compact(finding.to_json(lang)) for finding in it.findings],
        "readings": [compact(reading.to_json(lang)) for reading in it.readings],
        "scope": compact(it.scope[lang]),
        "disclaimer": compact(it.disclaimer[lang]),
        "contest": compact(it.contest),
    }
    return document(members, end)


def result_json(it: Conclusions, result: ArrangementResult, unit: str | None, lang: str) -> bytes:
    """Return the text of the JSON of one arrangement of an assessment, for all units or for one."""
    references = References(legend_of(rules_at(it.as_of), lang))
    entry = entry_bytes(result_entry(result, lang, references))
    missing = entry_bytes(missing_entries([result]))
    return document(
        {
            "project": compact(str(it.project)),
            "as_of": compact(it.as_of.isoformat()),
            "rulebook_version": compact(it.rulebook_version),
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
