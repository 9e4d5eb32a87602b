"""An assessment in one line, for batches: verdicts, and the names of their grounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, NotRequired, TypedDict

import orjson

from montages.assessment.answer.short_answer import LineAnswerEntry
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.entry_types import Disputed, InForce, ProcedureKind, VerdictKind
from montages.assessment.json_pieces import by_section
from montages.assessment.premises import Premises
from montages.assessment.verdict.unit_verdict import TermEntry
from montages.json_schema import Day, Iri, Rule, Slug, Version
from montages.one_line import OneLine
from montages.validation.findings import ReadingEntry, reading_entry


class LineArrangementEntry(TypedDict):
    """An arrangement by name; default values are absent."""

    contract: Slug
    verdict: VerdictKind
    terms: Annotated[list[TermEntry], "Those that are not ordinary."]
    to_verify: list[TermEntry]
    summary: str
    closed_by: NotRequired[Annotated[Sequence[Slug], "The requirements that close it."]]
    disputed: NotRequired[Disputed]
    provisional: NotRequired[Literal[True]]
    folded: NotRequired[Literal[True]]
    procedure: NotRequired[ProcedureKind]
    in_force: NotRequired[InForce]
    units: NotRequired[Annotated[dict[str, VerdictKind], "By unit, where there are several."]]


class PresumedNameEntry(TypedDict):
    """A presumed answer, by name."""

    criterion: Slug
    value: Slug
    basis: Annotated[str, Rule(enum=["law", "practice"])]


class _Readings(TypedDict, total=False):
    readings: Annotated[list[ReadingEntry], "Values that were not written in their own form."]


class LineHeadEntry(_Readings):
    """The start of a line in a batch."""

    project: Iri
    as_of: Day
    rulebook_version: Version
    answer: LineAnswerEntry
    presumed: Sequence[PresumedNameEntry]


class LineEntry(LineHeadEntry):
    """An assessment in one line."""

    contracts: list[LineArrangementEntry]
    channels: list[LineArrangementEntry]
    procedures: list[LineArrangementEntry]
    vehicles: list[LineArrangementEntry]


@dataclass(frozen=True, eq=False)
class AssessmentLine(OneLine):
    """The conclusions on a project: the short answer, then names in the sections of an assessment."""

    conclusions: Conclusions
    lang: str

    @property
    def premises(self) -> Premises:
        """Return the premises of the assessment."""
        return self.conclusions.premises

    @cached_property
    def answer(self) -> LineAnswerEntry:
        """Return the short answer."""
        return self.conclusions.answer.line_json(self.lang)

    @property
    def presumed(self) -> Sequence[PresumedNameEntry]:
        """Return presumed answers, by name."""
        bases = {
            (answer.criterion.slug, answer.value.slug): answer.basis
            for answer in self.premises.presumed
        }
        return tuple(
            {"criterion": criterion, "value": value, "basis": basis}
            for (criterion, value), basis in bases.items()
        )

    def to_json(self) -> LineEntry:
        """Return the line as JSON: project, date of the law, rules version, answer and sections."""
        entry: LineEntry = orjson.loads(self.line())
        return entry

    def line(self) -> bytes:
        """Return the JSON line and its newline."""
        return b"%b,%b}\n" % (orjson.dumps(self._head())[:-1], self._sections)

    def contracts(self) -> Iterator[ArrangementVerdict]:
        """Yield the verdict on each contract in force, in the order of the rulebook."""
        for result in self.conclusions.parts.project.unranked:
            if result.arrangement.kind == "contract" and result.in_force:
                yield result

    def _head(self) -> LineHeadEntry:
        premises, read = self.premises, _Readings()
        if premises.readings:
            read["readings"] = [reading_entry(one, self.lang) for one in premises.readings]
        return {
            "project": str(premises.project),
            "as_of": premises.as_of.isoformat(),
            "rulebook_version": premises.rulebook_version,
            **read,
            "answer": self.answer,
            "presumed": self.presumed,
        }

    @cached_property
    def _sections(self) -> bytes:
        """Return the sections as JSON object members, joined from already encoded entries."""
        sections = by_section(
            (r.arrangement.kind, self._entry(r)) for r in self.conclusions.verdicts
        )
        return b",".join(
            b'"%b":[%b]' % (name.encode(), b",".join(entries)) for name, entries in sections.items()
        )

    def _entry(self, result: ArrangementVerdict) -> bytes:
        slug, best, units = result.arrangement.slug, result.best, self.conclusions.units
        entry: LineArrangementEntry = {
            "contract": slug,
            "verdict": result.verdict,
            "terms": [term.to_json() for term in result.terms if not term.ordinary],
            "to_verify": [term.to_json() for term in result.to_verify],
            "summary": result.summary_in(self.lang),
        }
        if best.closed_by:
            entry["closed_by"] = best.closed_by
        if best.disputed:
            entry["disputed"] = best.disputed
        if result.provisional:
            entry["provisional"] = True
        if result.folded is not None:
            entry["folded"] = True
        if result.procedure is not None:
            entry["procedure"] = result.procedure
        if not result.in_force:
            entry["in_force"] = False
        elif len(units) > 1:
            entry["units"] = {u.unit.id: u.outcomes.verdicts[slug].verdict for u in units}
        return orjson.dumps(entry)
