"""Explain: what is concluded of each arrangement, for each unit and for the whole project, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from montages.assessment.arrangement_result import ArrangementResult, Fold, Told
from montages.assessment.arrangement_tables import ArrangementTable, arrangement_table
from montages.assessment.checks.requirement_checks import Checklist
from montages.assessment.checks.standing import Standing, standing_table
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.explained import Explained
from montages.assessment.procedures import procedures
from montages.assessment.ranking import ranked
from montages.assessment.rows import Row, row_heads, rows
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE as NO_VERDICT
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.assessment.words.sentences import not_in_force
from montages.engine.protocol import Outcomes, Statuses
from montages.engine.units import Unit
from montages.knowledge.logic import NOT_IN_FORCE
from montages.knowledge.model import Arrangement, Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class Explainer:
    """Concludes on one project from its units, and what was derived for each of them."""

    rules: Rules
    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    signed: date | None = None
    _known: dict[str, tuple[ArrangementResult, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _checklist(self) -> Checklist:
        return Checklist(self.rules, len(self.units), self.signed)

    @cached_property
    def _readings(self) -> dict[str, UnitOutcomes]:
        return {u.id: UnitOutcomes(u, self.outcomes[u.id], self.rules) for u in self.units}

    def unit_verdicts(self, unit: Unit) -> tuple[ArrangementResult, ...]:
        """Return the result of every arrangement for one unit, best first; worked out once."""
        if unit.id not in self._known:
            self._known[unit.id] = self._unit_verdicts(unit)
        return self._known[unit.id]

    def _unit_verdicts(self, unit: Unit) -> tuple[ArrangementResult, ...]:
        if len(self.units) == 1:  # it is the project
            return tuple(replace(result, covers=None) for result in self.project_verdicts)
        reading = self._readings[unit.id]
        return self._ordered([self._of_unit(a, reading) for a in self.rules.proposed()], (unit,))

    def unit_rows(self, unit: Unit) -> tuple[Row, ...]:
        """Return the contracts of one unit as the rows they are shown in, best first."""
        heads = [self._of_unit(a, self._readings[unit.id]) for a in row_heads(self.rules)]
        return rows(ranked([*self.unit_verdicts(unit), *heads], (unit,), self.rules), self.rules)

    @cached_property
    def project_verdicts(self) -> tuple[ArrangementResult, ...]:
        """Return the result of every arrangement for the whole project, best first."""
        return self._ordered([self._of_project(a) for a in self.rules.proposed()], self.units)

    @cached_property
    def project_rows(self) -> tuple[Row, ...]:
        """Return the contracts of the project as the rows they are shown in, best first."""
        heads = [self._of_project(a) for a in row_heads(self.rules)]
        return rows(ranked([*self.project_verdicts, *heads], self.units, self.rules), self.rules)

    @cached_property
    def standings_of_units(self) -> dict[str, dict[str, Standing]]:
        """Return unit → arrangement in force → where it stands."""
        table = standing_table(self.rules)
        return {
            name: table.of_unit(each, self.statuses[name]) for name, each in self._readings.items()
        }

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Return arrangement in force → where it stands for the project."""
        table, units = standing_table(self.rules), self.standings_of_units.values()
        return {
            slug: table.together(slug, [each[slug] for each in units])
            for slug in self.rules.arrangements
        }

    def _of_unit(self, arrangement: Arrangement, reading: UnitOutcomes) -> ArrangementResult:
        standings = self.standings_of_units[reading.unit.id]
        return self._result(arrangement, standings, (reading,), None)

    def _of_project(self, arrangement: Arrangement) -> ArrangementResult:
        slug, readings = arrangement.slug, tuple(self._readings.values())
        covers: tuple[str, ...] = ()
        if slug in self.rules.arrangements:
            covers = tuple([e.unit.id for e in readings if e.verdicts[slug].verdict.open])
        return self._result(arrangement, self.standings, readings, covers)

    def _ordered(
        self, results: Sequence[ArrangementResult], units: Sequence[Unit]
    ) -> tuple[ArrangementResult, ...]:
        """Return results best first, procedures lightest first."""
        best_first = ranked(results, units, self.rules)
        others = [r for r in best_first if r.arrangement.kind != "procedure"]
        return (*others, *procedures(best_first, units, self.rules))

    def _result(
        self,
        arrangement: Arrangement,
        standings: Mapping[str, Standing],
        readings: tuple[UnitOutcomes, ...],
        covers: tuple[str, ...] | None,
    ) -> ArrangementResult:
        slug, rules = arrangement.slug, self.rules
        if slug not in rules.arrangements:
            told = Told(not_in_force(arrangement))
            return ArrangementResult(
                arrangement, NOT_IN_FORCE, NO_VERDICT, (0.0, 0.0), covers=covers, explanation=told
            )
        table = arrangement_table(slug, rules)
        standing, (best, best_unit) = standings[slug], self._best(table, readings)
        return ArrangementResult(
            arrangement=arrangement,
            status=standing.status,
            best=best,
            soft=standing.soft,
            folded=_folded(table, best, readings),
            covers=covers,
            own_gates_hold=_own_gates_hold(table, readings),
            explanation=Explained(
                arrangement, standing, best, best_unit, readings, self._checklist, rules
            ),
        )

    def _best(
        self, table: ArrangementTable, readings: Sequence[UnitOutcomes]
    ) -> tuple[UnitVerdict, str]:
        """Return the verdict on the unit a contract does best for, and the unit.

        For a procedure, the worst of the units for which one of its contracts is open.
        """
        slug = table.arrangement.slug
        if len(readings) == 1:
            return readings[0].verdicts[slug], readings[0].unit.id
        choose, concerned = min, readings
        if table.arrangement.kind == "procedure":
            choose = max
            concerned = [
                each
                for each in readings
                if any(each.verdicts[contract].verdict.open for contract in table.awards)
            ] or readings
        best = choose(concerned, key=lambda each: each.verdicts[slug].rank)
        return best.verdicts[slug], best.unit.id


def _folded(
    table: ArrangementTable, best: UnitVerdict, readings: Sequence[UnitOutcomes]
) -> Fold | None:
    """Return why an open arrangement is hardly sensible wherever it is open, None if it is sensible."""
    if not best.verdict.open or not (table.folding or best.presumed):
        return None
    slug, because = table.arrangement.slug, dict[Requirement, None]()
    for each in readings:
        if each.verdicts[slug].verdict.open:
            unmet = table.folded_by[each.folding & table.folding]
            if not unmet and not best.presumed:
                return None
            because |= dict.fromkeys(unmet)
    return Fold(tuple(because), best.presumed)


def _own_gates_hold(table: ArrangementTable, readings: Sequence[UnitOutcomes]) -> bool:
    """Tell whether the gates of an arrangement alone hold where it is open, everywhere if nowhere."""
    own, slug = table.own_gates, table.arrangement.slug
    covered = [each for each in readings if each.verdicts[slug].verdict.open] or readings
    return bool(own) and all(not own & ~each.bits.holding for each in covered)
