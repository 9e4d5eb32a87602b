"""Explain: turn outcomes and statuses into checks, missing answers, points of attention and a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from montages.assessment.arrangement_result import ArrangementResult, Fold, Missing
from montages.assessment.checks.duties import duties
from montages.assessment.checks.impact import impact
from montages.assessment.checks.requirement_checks import Checklist
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.assessment.procedures import procedures
from montages.assessment.ranking import ranked
from montages.assessment.rows import Row, kind_is_stated, row_heads, rows
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.stated_answers import StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import NOT_IN_FORCE as NO_VERDICT
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.assessment.verdict_basis import (
    VerdictBasis,
    attention_points,
    criteria_bearing,
    criteria_read,
    in_ranges,
    range_verdict_cache,
    verdict_cache,
)
from montages.assessment.words.sentences import not_in_force, summary
from montages.engine.protocol import Outcomes, Statuses
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import NOT_IN_FORCE, Answer
from montages.knowledge.model import Arrangement, Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explains the verdicts on one project: its units, and what was derived for each of them."""

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

    @cached_property
    def _assumed(self) -> dict[str, tuple[tuple[str, Answer], ...]]:
        """Return the answers of each unit that are only assumed: a verdict may rest on any of them."""
        return {
            unit.id: tuple((n, g) for n, g in unit.answers.items() if g.state == "default")
            for unit in self.units
        }

    @cached_property
    def _stated(self) -> dict[str, StatedAnswers]:
        return {unit.id: stated(unit.answers, self.rules) for unit in self.units}

    def unit_verdicts(self, unit: Unit) -> tuple[ArrangementResult, ...]:
        """Return the verdict on every arrangement for one unit, best first; worked out once."""
        if unit.id not in self._known:
            results = [self._remembered(a, (unit,)) for a in self.rules.proposed()]
            self._known[unit.id] = self._ordered(results, (unit,))
        return self._known[unit.id]

    def unit_rows(self, unit: Unit) -> tuple[Row, ...]:
        """Return the contracts of one unit as the rows they are shown in, best first."""
        heads = [self._remembered(a, (unit,)) for a in row_heads(self.rules)]
        return rows(ranked([*self.unit_verdicts(unit), *heads], (unit,), self.rules), self.rules)

    def project_verdicts(self) -> tuple[ArrangementResult, ...]:
        """Return the verdict on every arrangement for the whole project, best first."""
        return self._ordered([self._of_project(a) for a in self.rules.proposed()], self.units)

    def project_rows(self, verdicts: Sequence[ArrangementResult]) -> tuple[Row, ...]:
        """Return the contracts of the project as the rows they are shown in, best first."""
        heads = [self._of_project(a) for a in row_heads(self.rules)]
        return rows(ranked([*verdicts, *heads], self.units, self.rules), self.rules)

    def _of_project(self, arrangement: Arrangement) -> ArrangementResult:
        result = self._remembered(arrangement, self.units)
        covered = [u for u in self.units if self._unit_verdict(arrangement, u).verdict.open]
        stated = result.own_gates_hold
        if 0 < len(covered) < len(self.units):
            stated = all(kind_is_stated(self._remembered(arrangement, (u,))) for u in covered)
        return replace(result, covers=tuple(u.id for u in covered), own_gates_hold=stated)

    def _ordered(
        self, results: Sequence[ArrangementResult], units: Sequence[Unit]
    ) -> tuple[ArrangementResult, ...]:
        """Return results best first, procedures lightest first."""
        best_first = ranked(results, units, self.rules)
        others = [r for r in best_first if r.arrangement.kind != "procedure"]
        return (*others, *procedures(best_first, units, self.rules))

    def _unit_verdict(self, arrangement: Arrangement, unit: Unit) -> UnitVerdict:
        return unit_verdict(arrangement.slug, self._stated[unit.id], self.rules, unit.asserted)

    def _best(
        self, arrangement: Arrangement, units: Sequence[Unit]
    ) -> tuple[UnitVerdict, str | None]:
        """Return the verdict on the unit a contract does best for; for a procedure, the worst of its own.

        The unit is named, unless all have that verdict.
        """
        verdicts = {unit.id: self._unit_verdict(arrangement, unit) for unit in units}
        choose, concerned = min, list(verdicts)
        if arrangement.kind == "procedure":
            choose = max
            concerned = [u.id for u in units if self._applies(arrangement, u)] or concerned
        name = choose(concerned, key=lambda unit: verdicts[unit].rank)
        alike = all(verdict == verdicts[name] for verdict in verdicts.values())
        return verdicts[name], None if alike else name

    def _applies(self, procedure: Arrangement, unit: Unit) -> bool:
        """Tell whether some contract that a procedure applies to is open for a unit."""
        return any(
            self._unit_verdict(contract, unit).verdict.open
            for contract in self.rules.proposed()
            if set(procedure.applies_to) & set(self.rules.lineage(contract.slug))
        )

    def _remembered(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> ArrangementResult:
        """Return a verdict; units that answer alike what an arrangement reads have one, now and later."""
        bases = [self._basis(arrangement, unit) for unit in units]
        if all(basis == bases[0] for basis in bases):
            units, names = units[:1], None
        else:
            names = tuple(unit.id for unit in units)
        key = (arrangement.slug, self.signed, names, *bases[: len(units)])
        verdicts = verdict_cache(self.rules)
        if (verdict := verdicts.get(key)) is None:
            ranges = (arrangement.slug, self.signed, names, *map(in_ranges, bases[: len(units)]))
            verdict = verdicts.add(key, self._of_ranges(arrangement, units, ranges))
        return verdict

    def _of_ranges(
        self, arrangement: Arrangement, units: tuple[Unit, ...], key: Hashable
    ) -> ArrangementResult:
        """Return a verdict; amounts of one range have one, but for what shows them: checks and sentence."""
        verdicts = range_verdict_cache(self.rules)
        if (verdict := verdicts.get(key)) is None:
            return verdicts.add(key, self._verdict(arrangement, units))
        if verdict.status == NOT_IN_FORCE:
            return verdict
        readings = [self._readings[unit.id] for unit in units]
        checks = self._checklist.checks(arrangement.slug, readings)
        said = summary(arrangement, verdict.best, checks, self.rules)
        return replace(verdict, checks=checks, summary=said)

    def _basis(self, arrangement: Arrangement, unit: Unit) -> VerdictBasis:
        """Return all that a verdict on an arrangement can rest on."""
        given = unit.answers.get
        answers = tuple(given(name) for name in criteria_read(self.rules, arrangement.slug))
        bearing = criteria_bearing(self.rules, arrangement.slug)
        assumed = tuple(pair for pair in self._assumed[unit.id] if pair[0] in bearing)
        presumed = tuple(name for name in unit.presumed if name in bearing)
        return VerdictBasis(
            self._status(arrangement, unit), answers, assumed, presumed, unit.asserted
        )

    def _status(self, arrangement: Arrangement, unit: Unit) -> str:
        if arrangement.abstract and arrangement.slug in self.rules.arrangements:
            return self._readings[unit.id].status(arrangement.slug)
        return self.statuses[unit.id].get(arrangement.slug, NOT_IN_FORCE)

    def _verdict(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> ArrangementResult:
        status = logic.worst(self._status(arrangement, u) for u in units)
        if status == NOT_IN_FORCE:
            return ArrangementResult(
                arrangement, status, NO_VERDICT, (0.0, 0.0), not_in_force(arrangement)
            )
        readings = [self._readings[unit.id] for unit in units]
        checks = self._checklist.checks(arrangement.slug, readings)
        missing = self._missing(arrangement, status, readings)
        best, of_unit = self._best(arrangement, units)
        provisional_status = self._provisional(arrangement, units)
        return ArrangementResult(
            arrangement=arrangement,
            status=status,
            best=best,
            soft=self._soft(arrangement, readings),
            summary=summary(arrangement, best, checks, self.rules),
            checks=checks,
            missing=missing,
            attention=tuple(
                point
                for point in attention_points(self.rules, arrangement.slug)
                if any(point.slug not in reading.beside for reading in readings)
            ),
            to_the_point=frozenset().union(*(reading.to_the_point for reading in readings)),
            duties=duties(arrangement.slug, units, self.rules),
            folded=self._folded(arrangement, best, readings),
            provisional=best.provisional or provisional_status,
            provisional_status=provisional_status,
            of_unit=of_unit,
        )

    def _missing(
        self, arrangement: Arrangement, status: str, readings: Sequence[UnitOutcomes]
    ) -> tuple[Missing, ...]:
        because: dict[str, dict[str, None]] = {}
        for reading in readings:
            for requirement in _hard(self.rules, arrangement.slug):
                for name in reading.missing_for(requirement):
                    because.setdefault(name, {})[requirement.slug] = None
        criteria, slug = self.rules.criteria, arrangement.slug
        return tuple(
            Missing(
                name,
                criteria[name].question,
                tuple(because[name]),
                impact([(r.suppositions, r.unsettled(name)) for r in readings], slug, name, status),
            )
            for name in sorted(because, key=lambda n: criteria[n].order)
        )

    def _soft(
        self, arrangement: Arrangement, readings: Sequence[UnitOutcomes]
    ) -> tuple[float, float]:
        """Return the weighted share of soft requirements that hold, at least and at most, over units."""
        low = high = total = 0
        for requirement in _soft(self.rules, arrangement.slug):
            slug, weight = requirement.slug, requirement.weight
            for reading in readings:
                outcome = reading.outcomes[slug]
                total += weight
                low += weight * (outcome in ("satisfied", "not-applicable"))
                high += weight * (outcome != "violated")
        return (round(low / total, 4), round(high / total, 4)) if total else (0.0, 1.0)

    def _folded(
        self, arrangement: Arrangement, best: UnitVerdict, readings: Sequence[UnitOutcomes]
    ) -> Fold | None:
        """Return why an open arrangement is hardly sensible wherever it is open, None if it is sensible."""
        if not best.verdict.open:
            return None
        because: dict[Requirement, None] = {}
        for reading in readings:
            if not self._unit_verdict(arrangement, reading.unit).verdict.open:
                continue
            unmet = [
                r
                for r in _soft(self.rules, arrangement.slug)
                if logic.folds(r, reading.unit.answers, self.rules)
            ]
            if not unmet and not best.presumed:
                return None
            because |= dict.fromkeys(unmet)
        return Fold(tuple(because), best.presumed)

    def _provisional(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> bool:
        """Tell whether a status rests on an assumed answer: without it, it would be another (R7)."""
        slug = arrangement.slug
        return any(
            self._readings[unit.id].bare_status(slug) != self._status(arrangement, unit)
            for unit in units
            if self._assumed[unit.id]
        )


@cache
def _hard(rules: Rules, slug: str) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if r.hard)


@cache
def _soft(rules: Rules, slug: str) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if r.soft)
