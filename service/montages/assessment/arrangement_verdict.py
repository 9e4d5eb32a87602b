"""The verdict on one arrangement for units taken together, with what goes with it (R30, R34).

Its sentence, its checks and its duties are worked out when they are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from montages.assessment.check import Check, DutyResult, Fold
from montages.assessment.checks.unit_outcomes import UnitOutcomes, hard_requirements, points_about
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE, Reopening, Term, UnitVerdict
from montages.assessment.wording import not_in_force, summary_in
from montages.bilingual import Text, in_both
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.model import Arrangement, Attention
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class ArrangementVerdict(OneLine):
    """The verdict on one arrangement, for some units together: one, or all of a project.

    `best` is the verdict, with its terms; `outcomes` are those of the units, of which checks and duties are
    made: none for an arrangement that does not exist at the date.
    """

    arrangement: Arrangement
    best: UnitVerdict
    folded: Fold | None = None
    procedure: ProcedureVerdict | None = None
    outcomes: UnitOutcomes | None = field(default=None, repr=False)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict (R34)."""
        return self.best.verdict

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms one accepts by taking the arrangement."""
        return self.best.terms

    @property
    def to_verify(self) -> tuple[Term, ...]:
        """Return the facts to verify, with the values needed."""
        return self.best.to_verify

    @property
    def reopens_to(self) -> tuple[Reopening, ...]:
        """Return the changes of stated choices that reopen the arrangement."""
        return self.best.reopens_to

    @property
    def provisional(self) -> bool:
        """Tell whether the verdict would be another without what is only assumed (R7)."""
        return self.best.provisional

    @property
    def in_force(self) -> bool:
        """Tell whether the arrangement exists at the date."""
        return self.best is not NOT_IN_FORCE

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the criteria it waits for: to verify, presumed, then terms that are not ordinary."""
        facts = (term.criterion for term in self.to_verify)
        terms = (term.criterion for term in self.terms if not term.ordinary)
        return tuple(dict.fromkeys((*facts, *self.best.presumed, *terms)))

    @cached_property
    def summary(self) -> Text:
        """Return the verdict in one sentence."""
        return in_both(self.summary_in)

    def summary_in(self, lang: str) -> str:
        """Return the verdict in one sentence of a language; when it is in force, if it is not."""
        outcomes = self.outcomes
        if outcomes is None:
            return not_in_force(self.arrangement)[lang]
        gates = hard_requirements(self.arrangement.slug, outcomes.rules)
        against = [
            outcomes.check(gate)
            for outcome in ("violated", "contradicted")
            for gate in gates
            if outcomes.outcomes[gate.slug] == outcome
        ]
        return summary_in(lang, self.arrangement, self.best, len(gates), against, outcomes.rules)

    @cached_property
    def checks(self) -> Sequence[Check]:
        """Return every requirement looked at."""
        return self.outcomes.checks(self.arrangement.slug) if self.outcomes else ()

    @cached_property
    def attention(self) -> Sequence[Attention]:
        """Return the points of attention that no answer refutes."""
        outcomes = self.outcomes
        if outcomes is None:
            return ()
        points = points_about(self.arrangement.slug, outcomes.rules)
        return tuple(point for point in points if not outcomes.beside[point.slug])

    @cached_property
    def to_the_point(self) -> Sequence[Attention]:
        """Return the points of attention that answers establish."""
        outcomes = self.outcomes
        if outcomes is None:
            return ()
        points = points_about(self.arrangement.slug, outcomes.rules)
        return tuple(point for point in points if outcomes.to_the_point[point.slug])

    @cached_property
    def duties(self) -> Sequence[DutyResult]:
        """Return the duties that may be due."""
        return self.outcomes.duties(self.arrangement.slug) if self.outcomes else ()
