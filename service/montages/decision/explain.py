"""Explain: turn outcomes and statuses into checks, missing answers, points of attention and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from montages.decision import kleene
from montages.decision.answers import Given, Unit
from montages.decision.assessment import STATUSES, Check, Missing, Verdict
from montages.decision.impact import impact
from montages.decision.wording import accepted_text, not_in_force, shown, summary
from montages.knowledge.model import Arrangement, Attention, Requirement
from montages.knowledge.periods import Rules

# What the deriving queries conclude, by unit: requirement slug → outcome, arrangement slug → status.
Outcomes = Mapping[str, Mapping[str, str]]
Statuses = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explains the verdicts on one project: its units, and what was derived for each of them."""

    rules: Rules
    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    signed: date | None = None
    _known: dict[str, tuple[Verdict, ...]] = field(default_factory=dict, repr=False)

    def unit_verdicts(self, unit: Unit) -> tuple[Verdict, ...]:
        """Return the verdict on every arrangement for one unit, best first; worked out once."""
        if unit.id not in self._known:
            found = self._sorted(self._verdict(a, (unit,)) for a in self.rules.proposed())
            self._known[unit.id] = found
        return self._known[unit.id]

    def project_verdicts(self) -> tuple[Verdict, ...]:
        """Return the verdict on every arrangement for the whole project, best first."""
        found = []
        for arrangement in self.rules.proposed():
            verdict = self._verdict(arrangement, self.units)
            fits = [u.id for u in self.units if self._status(arrangement, u) == "eligible"]
            found.append(replace(verdict, covers=tuple(fits)))
        return self._sorted(found)

    def _sorted(self, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
        """Rank: eligible by lower soft bound, undetermined by upper, ineligible by violations (R20)."""

        def rank(verdict: Verdict) -> tuple[int, float, float]:
            position, (low, high) = STATUSES.index(verdict.status), verdict.soft
            if verdict.status == "ineligible":
                hard = [c for c in verdict.checks if c.requirement.hard]
                violated = {c.requirement.slug for c in hard if c.outcome == "violated"}
                return (position, len(violated), -high)
            return (position, -low if verdict.status == "eligible" else -high, -high)

        return tuple(sorted(verdicts, key=rank))

    def _status(self, arrangement: Arrangement, unit: Unit) -> str:
        return self.statuses[unit.id].get(arrangement.slug, "not-in-force")

    def _verdict(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> Verdict:
        status = kleene.worst(self._status(arrangement, u) for u in units)
        if status == "not-in-force":
            return Verdict(
                arrangement, status, (0.0, 0.0), not_in_force(arrangement), (), (), (), False
            )
        checks = self._checks(arrangement, units)
        missing = self._missing(arrangement, units)
        return Verdict(
            arrangement=arrangement,
            status=status,
            soft=self._soft(arrangement, units),
            summary=summary(arrangement, status, checks, missing, self.rules),
            checks=checks,
            missing=missing,
            attention=self._attention(arrangement, units),
            provisional=self._provisional(arrangement, units),
        )

    def _checks(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> tuple[Check, ...]:
        """Return every check, hard first, then satisfied, violated, undetermined (R14)."""
        out = []
        for requirement in self.rules.effective(arrangement.slug):
            alike: dict[tuple[str, Given, bool], list[str]] = {}
            for unit in units:
                outcome = self.outcomes[unit.id][requirement.slug]
                given = unit.answer(requirement.own.criterion)
                asserted = requirement.slug in unit.asserted
                alike.setdefault((outcome, given, asserted), []).append(unit.id)
            for (outcome, given, asserted), ids in alike.items():
                check = self._check(requirement, outcome, given, asserted)
                out.append(replace(check, units=tuple(ids) if len(alike) > 1 else ()))
        order = ("violated", "contradicted", "undetermined", "satisfied", "not-applicable")
        out.sort(key=lambda c: (not c.requirement.hard, order.index(c.outcome)))
        return tuple(out)

    def _check(self, requirement: Requirement, outcome: str, given: Given, asserted: bool) -> Check:
        criterion = self.rules.criteria[requirement.own.criterion]
        accepted = self.rules.accepted(requirement.own) or frozenset()
        return Check(
            requirement=requirement,
            outcome=outcome,
            given=tuple(v.slug for v in criterion.values if v.slug in given.values),
            number=given.number,
            shown=shown(given, criterion),
            state=given.state,
            accepted=accepted_text(requirement.own, self.rules),
            accepted_values=tuple(v.slug for v in criterion.values if v.slug in accepted),
            asserted=asserted,
            after_signature=self.signed is not None and requirement.span.first > self.signed,
        )

    def _open(self, requirement: Requirement, unit: Unit) -> list[str]:
        """Return the unanswered or merely assumed criteria a requirement still reads."""
        read = dict.fromkeys(clause.criterion for clause in requirement.clauses())
        unknown = [name for name in read if self.unsettled(name, unit)]
        return [asked for name in unknown for asked in kleene.asked_for(name, self.rules)]

    def unsettled(self, name: str, unit: Unit) -> bool:
        """Tell whether a criterion is still open: unanswered, assumed, or a list not declared complete."""
        given, criterion = unit.answer(name), self.rules.criteria[name]
        if criterion.multiple:
            return any(v.slug not in given.values | given.excluded for v in criterion.values)
        return not given.values or given.state == "default"

    def _missing(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> tuple[Missing, ...]:
        because: dict[str, dict[str, None]] = {}
        for unit in units:
            for requirement in self.rules.effective(arrangement.slug):
                if not requirement.hard:
                    continue
                undetermined = self.outcomes[unit.id][requirement.slug] == "undetermined"
                for name in self._open(requirement, unit):
                    if undetermined or unit.answer(name).state == "default":
                        because.setdefault(name, {})[requirement.slug] = None
        return tuple(
            Missing(
                name,
                self.rules.criteria[name].question,
                tuple(because[name]),
                impact(self, arrangement.slug, name, units),
            )
            for name in sorted(because, key=lambda n: self.rules.criteria[n].order)
        )

    def _soft(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> tuple[float, float]:
        """Return the weighted share of soft requirements that hold, at least and at most, over units."""
        low = high = total = 0
        for unit in units:
            for requirement in self.rules.effective(arrangement.slug):
                if requirement.hard:
                    continue
                outcome = self.outcomes[unit.id][requirement.slug]
                total += requirement.weight
                low += requirement.weight * (outcome in ("satisfied", "not-applicable"))
                high += requirement.weight * (outcome != "violated")
        return (round(low / total, 4), round(high / total, 4)) if total else (0.0, 1.0)

    def _attention(
        self, arrangement: Arrangement, units: tuple[Unit, ...]
    ) -> tuple[Attention, ...]:
        """Return the points of attention of an arrangement that may apply to some unit."""
        about = set(self.rules.lineage(arrangement.slug))
        return tuple(
            point
            for point in self.rules.attentions
            if about & set(point.of) and any(not self._beside(point, unit) for unit in units)
        )

    def _beside(self, point: Attention, unit: Unit) -> bool:
        """Tell whether a point of attention is beside the point for a unit: a condition is refuted."""
        return any(
            kleene.refuted(clause, unit.given, self.rules)
            for condition in point.when
            for clause in condition.clauses
        )

    def _provisional(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> bool:
        """Tell whether a status rests on an assumed answer: without it, it would be another (R7)."""
        for unit in units:
            known = kleene.without_assumptions(unit.given, self.rules)
            if len(known) < len(unit.given):
                status = kleene.status(arrangement.slug, known, self.rules, unit.asserted)
                if status != self._status(arrangement, unit):
                    return True
        return False
