"""The explanation of one result: its sentence, checks, missing answers and duties, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from montages.assessment.arrangement_result import Check, DutyResult, Missing
from montages.assessment.checks.arrangement_requirements import (
    HardRequirements,
    arrangement_table,
    hard_requirements,
)
from montages.assessment.checks.requirement_checks import Checklist, duties, requirements_by_slug
from montages.assessment.checks.standing import Standing
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.assessment.wording import summary_in
from montages.bilingual import Text
from montages.knowledge.model import Arrangement, Attention
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class LazyExplanation(OneLine):
    """The explanation of an arrangement in force, from what was concluded of some units together."""

    arrangement: Arrangement
    standing: Standing
    best: UnitVerdict
    reading: UnitOutcomes
    checklist: Checklist
    rules: Rules
    _told: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def summary(self) -> Text:
        """Return the verdict in one sentence."""
        return Text(self.summary_in("fr"), self.summary_in("en"))

    def summary_in(self, lang: str) -> str:
        """Return the verdict in one sentence of a language."""
        if lang not in self._told:
            gates = arrangement_table(self.arrangement.slug, self.rules).gate_count
            against = self._against()
            summary = summary_in(lang, self.arrangement, self.best, gates, against, self.rules)
            self._told[lang] = summary
        return self._told[lang]

    def _against(self) -> Iterator[Check]:
        """Yield the checks of the gates that stand against it, violated ones first."""
        hard, requirements = self.standing.hard, requirements_by_slug(self.rules)
        for outcome, names in (("violated", hard.violated), ("contradicted", hard.contradicted)):
            for name in names:
                check = self.checklist.of_requirement(requirements[name], self.reading)
                if check.outcome == outcome:
                    yield check

    @cached_property
    def checks(self) -> Sequence[Check]:
        """Return every requirement looked at."""
        return self.checklist.checks(self.arrangement.slug, self.reading)

    @cached_property
    def missing(self) -> Sequence[Missing]:
        """Return the criteria whose answer could still settle the status."""
        status, hard, basis = self.missing_ground
        impact, criteria = self._hard.impact, self.rules.criteria
        # Nothing here is held by them: what holds each other waits for the collector.
        return [
            Missing(
                n, criteria[n].question, because, partial(impact, n, self.reading, basis, status)
            )
            for n, because in hard.because.items()
        ]

    @property
    def missing_names(self) -> Sequence[str]:
        """Return these criteria by name."""
        return self.standing.hard.missing

    @cached_property
    def _hard(self) -> HardRequirements:
        return hard_requirements(self.arrangement.slug, self.rules)

    @cached_property
    def missing_ground(self) -> tuple[Any, ...]:
        """Return what decides which criteria are missing, and what their answers would do."""
        standing = self.standing
        return standing.status, standing.hard, self._hard.basis(self.reading)

    @cached_property
    def attention(self) -> Sequence[Attention]:
        """Return the points of attention that no answer refutes."""
        table = arrangement_table(self.arrangement.slug, self.rules)
        beside = self.reading.beside
        if beside.isdisjoint(table.attention_slugs):
            return table.attention
        return tuple(point for point in table.attention if point.slug not in beside)

    @cached_property
    def to_the_point(self) -> frozenset[str]:
        """Return the points of attention that answers establish."""
        return self.reading.to_the_point

    @cached_property
    def duties(self) -> Sequence[DutyResult]:
        """Return the duties that may be due."""
        return duties(self.arrangement.slug, self.reading, self.rules)

    @property
    def provisional_status(self) -> bool:
        """Tell whether the status rests on an assumed answer: without it, it would be another (R7)."""
        return self.standing.provisional
