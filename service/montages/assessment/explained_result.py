"""A result with what goes with it: its sentence, checks and duties, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from montages.assessment.arrangement_result import ArrangementResult, Check, DutyResult
from montages.assessment.checks.arrangement_requirements import ArrangementTable, arrangement_table
from montages.assessment.checks.requirement_checks import Checklist, duties
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.wording import not_in_force, summary_in
from montages.bilingual import Text
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class NotInForce(ArrangementResult):
    """The result of an arrangement that does not exist at the date: nothing but a sentence."""

    @property
    def in_force(self) -> bool:
        """Tell that the arrangement does not exist at the date."""
        return False

    def summary_in(self, lang: str) -> str:
        """Return when it is in force, in one sentence of a language."""
        return not_in_force(self.arrangement)[lang]


@dataclass(frozen=True, eq=False, kw_only=True)
class ExplainedResult(ArrangementResult):
    """The result of an arrangement in force, with the checks of its units together."""

    checklist: Checklist
    _sentences: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def _reading(self) -> UnitOutcomes:
        return self.checklist.reading

    @property
    def _rules(self) -> Rules:
        return self.checklist.reading.rules

    @cached_property
    def _table(self) -> ArrangementTable:
        return arrangement_table(self.arrangement.slug, self._rules)

    @cached_property
    def summary(self) -> Text:
        """Return the verdict in one sentence."""
        return super().summary

    def summary_in(self, lang: str) -> str:
        """Return the verdict in one sentence of a language."""
        if lang not in self._sentences:
            gates, against = len(self._table.gates), self._against()
            self._sentences[lang] = summary_in(
                lang, self.arrangement, self.best, gates, against, self._rules
            )
        return self._sentences[lang]

    def _against(self) -> Iterator[Check]:
        """Yield the checks of the gates that stand against it, violated ones first."""
        for outcome in ("violated", "contradicted"):
            for gate in self._table.gates:
                if self._reading.outcomes[gate.slug] == outcome:
                    yield self.checklist.of_requirement(gate)

    @cached_property
    def checks(self) -> Sequence[Check]:
        """Return every requirement looked at."""
        return self.checklist.of_arrangement(self.arrangement.slug)

    @cached_property
    def attention(self) -> Sequence[Attention]:
        """Return the points of attention that no answer refutes."""
        beside, points = self._reading.beside, self._table.attention
        if beside.isdisjoint(self._table.attention_slugs):
            return points
        return tuple(point for point in points if point.slug not in beside)

    @property
    def to_the_point(self) -> frozenset[str]:
        """Return the points of attention that answers establish."""
        return self._reading.to_the_point

    @cached_property
    def duties(self) -> Sequence[DutyResult]:
        """Return the duties that may be due."""
        return duties(self.arrangement.slug, self._reading)
