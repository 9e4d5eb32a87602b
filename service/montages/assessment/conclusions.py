"""The conclusions on a project: the short answer, and the verdicts, for the whole and for each unit.

Each is computed once, on first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from montages.assessment.answer.calendar import Wanted
from montages.assessment.answer.short_answer import ShortAnswer, short_answer
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.parts import Part, Parts
from montages.assessment.premises import Premises
from montages.assessment.ranking import Row
from montages.bilingual import message
from montages.description.dates import last_day
from montages.knowledge.did_you_mean import unknown_name
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class Conclusions(OneLine):
    """The verdicts that follow from premises, and the resulting answer."""

    premises: Premises

    @cached_property
    def parts(self) -> Parts:
        """Return the parts of the project, whole and units, with their verdicts."""
        premises = self.premises
        derived = premises.derived
        return Parts(
            premises.rules,
            premises.description.facts,
            derived.units,
            _last_possible(premises.signed_on),
            premises.whole,
        )

    @property
    def verdicts(self) -> tuple[ArrangementVerdict, ...]:
        """Return the result of every arrangement for the whole project, best first."""
        return self.parts.project.verdicts

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the project's contracts as display rows: those in the answer, then the others."""
        named = tuple(answer_row.row for answer_row in self.answer.rows)
        slugs = {row.slug for row in named}
        return (*named, *(row for row in self.parts.project.rows if row.slug not in slugs))

    @cached_property
    def units(self) -> tuple[Part, ...]:
        """Return one part per unit."""
        return tuple(self.parts.of((unit,)) for unit in self.parts.units)

    @cached_property
    def answer(self) -> ShortAnswer:
        """Return the short answer."""
        premises, day = self.premises, _last_possible(self.premises.wanted_by)
        wanted = Wanted(day, premises.as_of) if day else None
        answer = short_answer(
            self.parts,
            wanted,
            premises.not_understood,
            premises.unsure,
            in_sentence=bool(premises.own_words),
        )
        return answer.asked(premises.asks)

    def verdict(self, slug: str, unit: str | None = None) -> ArrangementVerdict:
        """Return the verdict on an arrangement, for the project or for one unit; raises UnknownName."""
        part = self.parts.project
        if slug not in part.by_slug:
            names = [result.arrangement.slug for result in part.verdicts]
            raise unknown_name(message("arrangement"), slug, names)
        if unit is not None:
            by_unit = {part.unit.id: part for part in self.units}
            if unit not in by_unit:
                raise unknown_name(message("unit"), unit, list(by_unit))
            part = by_unit[unit]
        return part.by_slug[slug]


def _last_possible(text: str | None) -> date | None:
    """Return the last day a date can mean; None if missing or, with --anyway, unreadable."""
    try:
        return last_day(text) if text else None
    except ValueError:
        return None
