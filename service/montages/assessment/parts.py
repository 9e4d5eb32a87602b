"""What is concluded of each arrangement, for units of a project taken together, best first.

The whole of a project is its units together, a unit is one alone: both are concluded on in one way (R45).
What goes with a result (checks, duties, one sentence) is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Fold
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.naming import Prohibitions, prohibitions
from montages.assessment.procedures import procedures
from montages.assessment.qualification import Qualified, folded_by, qualified
from montages.assessment.ranking import Ranking, Row, row_heads
from montages.assessment.supposed_answers import Supposing
from montages.assessment.verdict.answers import Pair
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.engine.whole_project import together
from montages.knowledge.compiled.masks import masks
from montages.knowledge.management_matrix import CostReadings, costs
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class Part(OneLine):
    """What is concluded of units together: `unit` is what they answer together, `units` are they."""

    unit: Unit
    units: tuple[Unit, ...]
    rules: Rules
    signed: date | None = None

    @cached_property
    def outcomes(self) -> UnitOutcomes:
        """Return what the requirements say of it."""
        return UnitOutcomes(self.unit, self.rules, self.signed)

    @cached_property
    def qualified(self) -> Qualified:
        """Return what the answers call each contract by (R41)."""
        return qualified(self.unit.answers, self.rules)

    @cached_property
    def prohibitions(self) -> Prohibitions:
        """Return what the law forbids of it; what one of its units buys besides stays allowed (R44)."""
        beside = 0
        for unit in self.units if len(self.units) > 1 else ():
            beside |= masks(self.rules).encode(unit.answers)
        return prohibitions(self.outcomes.stated.bits, self.rules, beside)

    @cached_property
    def _results(self) -> tuple[ArrangementVerdict, ...]:
        """Return what is concluded of each arrangement, and of what some have in common, in no order."""
        arrangements = (*self.rules.proposed(), *row_heads(self.rules))
        return tuple(self._result(arrangement) for arrangement in arrangements)

    @cached_property
    def unranked(self) -> tuple[ArrangementVerdict, ...]:
        """Return the result of every arrangement, in author order, procedures lightest first."""
        proposed = [result for result in self._results if not result.arrangement.abstract]
        others = (r for r in proposed if r.arrangement.kind != "procedure")
        return (*others, *procedures(proposed, self.outcomes.stated.bits, self.rules))

    @cached_property
    def ranking(self) -> Ranking:
        """Return the order of what is concluded, procedures apart."""
        others = [one for one in self._results if one.arrangement.kind != "procedure"]
        return Ranking(others, self.qualified)

    @cached_property
    def verdicts(self) -> tuple[ArrangementVerdict, ...]:
        """Return the result of every arrangement, best first, procedures lightest first."""
        ranked = (result.arrangement.slug for result in self.ranking.ranked)
        others = [self.by_slug[slug] for slug in ranked if slug in self.by_slug]
        return (*others, *(r for r in self.unranked if r.procedure is not None))

    @property
    def costs(self) -> CostReadings:
        """Return who pays what for the layer and the mode of the units."""
        return costs(self.unit.layer, self.unit.mode)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the contracts as the rows they are shown in, best first."""
        return self.ranking.rows

    @cached_property
    def by_slug(self) -> dict[str, ArrangementVerdict]:
        """Return the result of every arrangement by its slug."""
        return {result.arrangement.slug: result for result in self.unranked}

    def _result(self, arrangement: Arrangement) -> ArrangementVerdict:
        slug, rules = arrangement.slug, self.rules
        if slug not in rules.arrangements:
            return ArrangementVerdict(arrangement, NOT_IN_FORCE)
        verdict, folded = self.outcomes.verdicts[slug], None
        if verdict.verdict.open:
            because = folded_by(slug, self.outcomes.stated.bits, rules)
            if because or verdict.presumed:
                folded = Fold(because, verdict.presumed)
        return ArrangementVerdict(arrangement, verdict, folded, outcomes=self.outcomes)


@dataclass(frozen=True, eq=False)
class Parts(OneLine):
    """Concludes on one project from what its units answer.

    `whole` is what all units answer together, where that is known already.
    """

    rules: Rules
    facts: Facts
    units: tuple[Unit, ...]
    signed: date | None = None
    whole: Unit | None = field(default=None, repr=False)
    _known: dict[tuple[str, ...], Part] = field(default_factory=dict, repr=False)

    @cached_property
    def project(self) -> Part:
        """Return what is concluded of the whole project."""
        return self.of(self.units)

    def of(self, units: Sequence[Unit]) -> Part:
        """Return what is concluded of some units together; worked out once."""
        key = tuple(unit.id for unit in units)
        if key not in self._known:
            of_all = self.whole if len(units) == len(self.units) else None
            unit = of_all or together(units, self.facts, self.rules)
            self._known[key] = Part(unit, tuple(units), self.rules, self.signed)
        return self._known[key]

    def suppositions(self, part: Part) -> Supposing:
        """Return what gives the answers that a part of the project would have."""
        return Supposing(part.unit, part.units, self.facts, self.rules)

    def supposing(self, pairs: Sequence[Pair]) -> Part:
        """Return what would be concluded of the whole project if some criteria were answered so."""
        whole = self.project
        answers = dict(self.suppositions(whole).answers(pairs))
        return replace(whole, unit=replace(whole.unit, answers=answers))
