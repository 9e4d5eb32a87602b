"""The checks that a line tells something of, each made when it is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from montages.assessment.arrangement_result import Check
from montages.assessment.checks.requirement_checks import Checklist
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.lines.line_tables import line_tables
from montages.engine.protocol import StatusDetails, StatusEntry
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class LineChecks:
    """Makes the checks of a project from what was derived of its units."""

    rules: Rules
    details: StatusDetails

    def of(self, slug: str) -> Sequence[Check]:
        """Return every check of an arrangement, as an assessment does."""
        return self._checklist.checks(slug, self._readings)

    def against(self, entry: StatusEntry) -> Iterator[Check]:
        """Yield the checks of the gates that stand against an arrangement, violated ones first."""
        requirements = line_tables(self.rules).requirements
        for outcome, names in (("violated", entry.violated), ("contradicted", entry.contradicted)):
            for name in names:
                for check in self._checklist.of_requirement(requirements[name], self._readings):
                    if check.outcome == outcome:
                        yield check

    @cached_property
    def _readings(self) -> list[UnitOutcomes]:
        return [
            UnitOutcomes(unit, self.details.outcomes(n), self.rules)
            for n, unit in enumerate(self.details.units)
        ]

    @cached_property
    def _checklist(self) -> Checklist:
        return Checklist(self.rules, len(self.details.units), None)
