"""The whole JSON of an assessment: every fact once, under its slug (R40).

What is concluded of an arrangement is there for the project, and for a unit where it differs from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypedDict

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.coherence import Coherence
from montages.assessment.conclusions import Conclusions
from montages.assessment.entry_types import Name
from montages.assessment.forms.arrangement_entry import (
    Difference,
    ResultEntry,
    arrangement_entry,
    conclusion_entry,
    difference,
)
from montages.assessment.forms.document_entry import DocumentEntry
from montages.assessment.forms.legend import legend_of
from montages.assessment.forms.references import LegendEntry, References
from montages.assessment.json_pieces import Piece, by_section, compact, document
from montages.assessment.parts import Part
from montages.assessment.premises import FactEntry, NoteEntry, Premises, PresumedEntry
from montages.assessment.ranking import RowEntry
from montages.assessment.retained import RetainedEntry
from montages.json_schema import Iri, Rule, Slug
from montages.knowledge.model import SECTIONS
from montages.validation.findings import FindingEntry, reading_entry


class CostEntry(TypedDict):
    """Who pays what, and the cell that says so."""

    text: str
    source: Name


_Differing = Annotated[dict[Slug, Difference], "By arrangement, what differs from the project."]


class UnitEntry(TypedDict):
    """A unit with what is concluded of arrangements otherwise than for the project."""

    id: str
    label: str
    layer: str | None
    perimeter: str | None
    costs: list[CostEntry]
    contracts: _Differing
    channels: _Differing
    procedures: _Differing
    vehicles: _Differing


class _WholeEntry(DocumentEntry):
    detail: Literal["full"]
    rows: list[RowEntry]
    presumed: list[PresumedEntry]
    notes: list[NoteEntry]
    facts: list[FactEntry]
    contracts: list[ResultEntry]
    channels: list[ResultEntry]
    procedures: list[ResultEntry]
    vehicles: list[ResultEntry]
    units: Annotated[list[UnitEntry], Rule(minItems=1)]
    signed_on: str | None
    retained: list[RetainedEntry]
    findings: list[FindingEntry]


class FullEntry(_WholeEntry, LegendEntry):
    """Everything, each fact once, with the legend: what each slug is."""


class LinkedEntry(_WholeEntry):
    """Everything, each fact once; what each slug is stands at an address."""

    legend: Annotated[Iri, "Where the legend is: one for all projects under the law of these days."]


# The project that units differ from: the verdict on each arrangement, and its entry.
_Whole = Mapping[str, tuple[ArrangementVerdict, ResultEntry]]


def full_json(
    premises: Premises,
    conclusions: Conclusions,
    coherence: Coherence,
    lang: str,
    end: bytes,
    legend: str = "",
) -> bytes:
    """Return the text of the JSON of an assessment, with `end` after each entry.

    `legend` is the address of its legend, which stands in it without one.
    """
    references = References(legend_of(premises.rules, lang))
    whole = {r.arrangement.slug: (r, arrangement_entry(r, lang)) for r in conclusions.verdicts}
    for result, entry in whole.values():
        references.check(result)
        references.conclude(entry)
    units = [compact(_unit(unit, whole, lang, references)) for unit in conclusions.units]
    references.premises(premises)
    references.answer(conclusions.answer)
    pieces: dict[str, Piece] = {
        "project": compact(str(premises.project)),
        "label": compact(premises.label[lang]),
        "as_of": compact(premises.as_of.isoformat()),
        "rulebook_version": compact(premises.rulebook_version),
        "detail": b'"full"',
        "answer": compact(conclusions.answer.to_json(lang)),
        "rows": [compact(row.to_json(lang)) for row in conclusions.rows],
        **({"legend": compact(legend)} if legend else references.members()),
        "presumed": [compact(answer.to_json(lang)) for answer in premises.presumed],
        "notes": [compact(note.to_json(lang)) for note in premises.notes],
        "facts": [compact(fact) for fact in premises.facts],
        **by_section([(r.arrangement.kind, compact(entry)) for r, entry in whole.values()]),
        "units": units,
        "signed_on": compact(premises.signed_on),
        "retained": [compact(retained.to_json()) for retained in coherence.retained],
        "findings": [compact(finding.to_json(lang)) for finding in coherence.findings],
        "readings": [compact(reading_entry(reading, lang)) for reading in premises.readings],
        "scope": compact(premises.scope[lang]),
        "disclaimer": compact(premises.disclaimer[lang]),
        "contest": compact(premises.contest),
    }
    return document(pieces, end)


def result_json(
    premises: Premises, result: ArrangementVerdict, unit: str | None, lang: str
) -> bytes:
    """Return the text of the JSON of one arrangement of an assessment, for all units or for one."""
    references = References(legend_of(premises.rules, lang))
    entry = arrangement_entry(result, lang)
    references.check(result)
    references.conclude(entry)
    return document(
        {
            "project": compact(str(premises.project)),
            "as_of": compact(premises.as_of.isoformat()),
            "rulebook_version": compact(premises.rulebook_version),
            "unit": compact(unit),
            **{name: compact(value) for name, value in entry.items()},
            **references.members(),
        }
    )


def _unit(unit: Part, whole: _Whole, lang: str, references: References) -> UnitEntry:
    """Return the entry of a unit; what it refers to is noted."""
    differing: dict[str, dict[str, Difference]] = {name: {} for name in SECTIONS.values()}
    for result in unit.unranked:
        slug = result.arrangement.slug
        of_whole, entry = whole[slug]
        if result is of_whole:
            continue  # the project has no other unit
        if other := difference(conclusion_entry(result, lang), entry):
            references.conclude(other)
            differing[SECTIONS[result.arrangement.kind]][slug] = other
    references.cite([source for _, source in unit.costs])
    return {
        "id": unit.unit.id,
        "label": unit.unit.label[lang],
        "layer": unit.unit.layer,
        "perimeter": unit.unit.perimeter,
        "costs": [{"text": text[lang], "source": source.slug} for text, source in unit.costs],
        "contracts": differing["contracts"],
        "channels": differing["channels"],
        "procedures": differing["procedures"],
        "vehicles": differing["vehicles"],
    }
