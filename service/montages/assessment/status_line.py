"""The status line of an assessment: statuses and verdicts, what they rest on by name; a line of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from rdflib import URIRef

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions, assessment_iri
from montages.assessment.presumed import PresumedAnswer
from montages.engine.protocol import ContractTally, StatusSections
from montages.knowledge.logic import STATUS_RANK
from montages.knowledge.model import SECTIONS


@dataclass(frozen=True)
class StatusLine:
    """What is told of a project: names and numbers only, in the sections and the order of an assessment.

    An arrangement gives `contract` (its slug), `status`, `soft` (least and most), `violated` (slugs
    of hard requirements) and `missing` (slugs of criteria); `contradicted` and `provisional` (whether
    the status rests on what is assumed) only where there is something to tell; `units` (by id, the
    same keys) only where a project has several. What is not in force has a status and nothing else.
    A line with verdicts has the answer in short and what is presumed too, and for each arrangement
    `verdict`, `terms` that are not ordinary, `to_verify`, `summary`, and `folded` or `procedure` where
    there is such a thing. `readings` are there where values were not written in their own form.
    """

    project: str
    as_of: date
    rulebook_version: str
    sections: StatusSections
    answer: Mapping[str, Any] | None = None
    presumed: Sequence[Mapping[str, str]] = ()
    readings: Sequence[Mapping[str, Any]] = ()

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the assessment that the line is of."""
        return assessment_iri(self.project, self.as_of, self.rulebook_version)

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON: the project, the day of the law, the version of the rules, sections."""
        return {**self._head(), **self.sections.to_json()}

    def line(self) -> bytes:
        """Return the JSON of the line, and its end."""
        return b"%b,%b}\n" % (orjson.dumps(self._head())[:-1], self.sections.text())

    def contracts(self) -> Iterable[ContractTally]:
        """Return what each contract counts for."""
        return self.sections.contracts()

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = {
            "project": self.project,
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.rulebook_version,
        }
        if self.readings:
            head["readings"] = list(self.readings)
        if self.answer is None:
            return head
        return head | {"answer": self.answer, "presumed": list(self.presumed)}


def status_line(assessment: Conclusions, lang: str | None = None) -> StatusLine:
    """Return the status line of an assessment: statuses, best first; in a language, verdicts too."""
    several = assessment.units if len(assessment.units) > 1 else ()
    by_unit = [(u.unit.id, {v.arrangement.slug: v for v in u.verdicts}) for u in several]
    sections: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS.values()}
    verdicts = assessment.verdicts
    for verdict in sorted(verdicts, key=_rank) if lang is None else verdicts:
        slug = verdict.arrangement.slug
        entry = {"contract": slug, **_entry(verdict)}
        if lang is not None:
            entry |= _verdict(verdict, lang)
        if by_unit and verdict.status != "not-in-force":
            entry["units"] = {unit: _entry(verdicts[slug]) for unit, verdicts in by_unit}
        sections[SECTIONS[verdict.arrangement.kind]].append(entry)
    return StatusLine(
        str(assessment.project),
        assessment.as_of,
        assessment.rulebook_version,
        _Listed(sections),
        None if lang is None else assessment.answer.to_json(lang),
        presumed_names(assessment.presumed),
        [reading.to_json(lang or assessment.lang) for reading in assessment.readings],
    )


def presumed_names(answers: Iterable[PresumedAnswer]) -> tuple[dict[str, str], ...]:
    """Return each answer that is presumed, by name, and on what basis; once for all units."""
    told = {(answer.criterion.slug, answer.value.slug): answer.basis for answer in answers}
    return tuple(
        {"criterion": criterion, "value": value, "basis": basis}
        for (criterion, value), basis in told.items()
    )


@dataclass(frozen=True)
class _Listed:
    """Sections whose entries are all written out."""

    entries: dict[str, list[dict[str, Any]]]

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section."""
        return self.entries

    def text(self) -> bytes:
        """Return the sections as members of a JSON object."""
        return orjson.dumps(self.entries)[1:-1]

    def contracts(self) -> Iterable[ContractTally]:
        """Return what each contract counts for."""
        for entry in self.entries[SECTIONS["contract"]]:
            yield ContractTally(
                entry["status"], entry.get("violated", ()), entry.get("missing", ())
            )


def _entry(verdict: ArrangementResult) -> dict[str, Any]:
    if verdict.status == "not-in-force":
        return {"status": verdict.status}
    out: dict[str, Any] = {
        "status": verdict.status,
        "soft": list(verdict.soft),
        "violated": _hard(verdict, "violated"),
        "missing": [missing.criterion for missing in verdict.missing],
    }
    if contradicted := _hard(verdict, "contradicted"):
        out["contradicted"] = contradicted
    if verdict.provisional_status:
        out["provisional"] = True
    return out


def _verdict(result: ArrangementResult, lang: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "verdict": result.verdict.value,
        "terms": [term.to_json() for term in result.terms if not term.ordinary],
        "to_verify": [term.to_json() for term in result.to_verify],
        "summary": result.summary[lang],
    }
    if result.folded is not None:
        out["folded"] = True
    if result.procedure is not None:
        out["procedure"] = result.procedure.value
    return out


def _rank(result: ArrangementResult) -> tuple[int, float, float, int]:
    """Return what sorts the entries of a line: status, soft score or violations, the order of the rules."""
    position, (low, high) = STATUS_RANK[result.status], result.soft
    order = list(SECTIONS).index(result.arrangement.kind) * 1000 + result.arrangement.order
    second = -low if result.status == "eligible" else -high
    if result.status == "ineligible":
        second = len(_hard(result, "violated"))
    return (position, second, -high, order)


def _hard(verdict: ArrangementResult, outcome: str) -> Sequence[str]:
    """Return the hard requirements that have an outcome for some unit, in the order of the rules."""
    found = [c for c in verdict.checks if c.requirement.hard and c.outcome == outcome]
    return list(dict.fromkeys(check.requirement.slug for check in found))
