"""Explain: turn outcomes and statuses into checks, missing answers, points of attention and a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache

from montages.decision import kleene
from montages.decision.answers import Given, Unit
from montages.decision.assessment import STATUSES, Check, Missing, Verdict
from montages.decision.derivation import Outcomes, Statuses
from montages.decision.impact import impact
from montages.decision.memory import memory
from montages.decision.unit_reading import UnitReading
from montages.decision.wording import accepted_text, not_in_force, shown, summary
from montages.knowledge.implications import implications
from montages.knowledge.model import Arrangement, Attention, Requirement
from montages.knowledge.periods import Rules

_ORDER = ("violated", "contradicted", "undetermined", "satisfied", "not-applicable")
# How many checks are kept from one explanation to the next: alike answers give alike checks.
_KEPT = 4096


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explains the verdicts on one project: its units, and what was derived for each of them."""

    rules: Rules
    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    signed: date | None = None
    _known: dict[str, tuple[Verdict, ...]] = field(default_factory=dict, repr=False)
    _checked: dict[tuple[str, int], tuple[Check, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _readings(self) -> dict[str, UnitReading]:
        return {u.id: UnitReading(u, self.outcomes[u.id], self.rules) for u in self.units}

    @cached_property
    def _assumed(self) -> bool:
        """Tell whether some answer is only assumed: verdicts may then rest on any of them."""
        return any(g.state == "default" for unit in self.units for g in unit.given.values())

    def unit_verdicts(self, unit: Unit) -> tuple[Verdict, ...]:
        """Return the verdict on every arrangement for one unit, best first; worked out once."""
        if unit.id not in self._known:
            found = self._sorted(self._remembered(a, (unit,)) for a in self.rules.proposed())
            self._known[unit.id] = found
        return self._known[unit.id]

    def project_verdicts(self) -> tuple[Verdict, ...]:
        """Return the verdict on every arrangement for the whole project, best first."""
        found = []
        for arrangement in self.rules.proposed():
            verdict = self._remembered(arrangement, self.units)
            fits = [u.id for u in self.units if self._status(arrangement, u) == "eligible"]
            found.append(replace(verdict, covers=tuple(fits)))
        return self._sorted(found)

    def _remembered(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> Verdict:
        """Return a verdict; units that answer alike what an arrangement reads have one, now and later."""
        if self._assumed:
            return self._verdict(arrangement, units)
        kinds = [self._kind(arrangement, unit) for unit in units]
        if all(kind == kinds[0] for kind in kinds):
            units = units[:1]
            key: Hashable = kinds[0]
        else:
            key = tuple((unit.id, kind) for unit, kind in zip(units, kinds, strict=True))
        return memory(self.rules).get(
            (arrangement.slug, self.signed, key), lambda: self._verdict(arrangement, units)
        )

    def _kind(self, arrangement: Arrangement, unit: Unit) -> Hashable:
        """Return all that a verdict on an arrangement can rest on."""
        given = unit.given.get
        answers = tuple(given(name) for name in _reads(self.rules, arrangement.slug))
        return (self._status(arrangement, unit), answers, unit.asserted)

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
        readings = [self._readings[unit.id] for unit in units]
        checks = self._checks(arrangement, readings)
        missing = self._missing(arrangement, status, readings)
        return Verdict(
            arrangement=arrangement,
            status=status,
            soft=self._soft(arrangement, readings),
            summary=summary(arrangement, status, checks, missing, self.rules),
            checks=checks,
            missing=missing,
            attention=tuple(
                point
                for point in _points(self.rules, arrangement.slug)
                if any(point.slug not in reading.beside for reading in readings)
            ),
            provisional=self._provisional(arrangement, units),
        )

    def _checks(
        self, arrangement: Arrangement, readings: Sequence[UnitReading]
    ) -> tuple[Check, ...]:
        """Return every check, hard first, then violated, undetermined, satisfied (R14)."""
        found = [
            check
            for requirement in self.rules.effective(arrangement.slug)
            for check in self._of_requirement(requirement, readings)
        ]
        found.sort(key=_place)
        return tuple(found)

    def _of_requirement(
        self, requirement: Requirement, readings: Sequence[UnitReading]
    ) -> tuple[Check, ...]:
        """Return one check for the units that agree on it; worked out once, whatever arrangement reads it."""
        whole = len(readings) == len(self.units)
        key = (requirement.slug, -1 if whole else id(readings[0]))
        if key not in self._checked:
            self._checked[key] = self._agreed(requirement, readings)
        return self._checked[key]

    def _agreed(
        self, requirement: Requirement, readings: Sequence[UnitReading]
    ) -> tuple[Check, ...]:
        slug, name = requirement.slug, requirement.own.criterion
        after = self.signed is not None and requirement.span.first > self.signed
        alike: dict[tuple[str, Given, bool], list[str]] = {}
        for reading in readings:
            unit = reading.unit
            case = (reading.outcomes[slug], unit.answer(name), slug in unit.asserted)
            alike.setdefault(case, []).append(unit.id)
        checks = [_check(self.rules, slug, *case, after) for case in alike]
        if len(checks) == 1:
            return tuple(checks)
        of_each = zip(checks, alike.values(), strict=True)
        return tuple(replace(check, units=tuple(ids)) for check, ids in of_each)

    def _missing(
        self, arrangement: Arrangement, status: str, readings: Sequence[UnitReading]
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
        self, arrangement: Arrangement, readings: Sequence[UnitReading]
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

    def _provisional(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> bool:
        """Tell whether a status rests on an assumed answer: without it, it would be another (R7)."""
        for unit in units:
            if all(given.state != "default" for given in unit.given.values()):
                continue
            known = kleene.without_assumptions(unit.given, self.rules)
            status = kleene.status(arrangement.slug, known, self.rules, unit.asserted)
            if status != self._status(arrangement, unit):
                return True
        return False


def _place(check: Check) -> tuple[bool, int]:
    return (not check.requirement.hard, _ORDER.index(check.outcome))


@cache
def _hard(rules: Rules, slug: str) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if r.hard)


@cache
def _soft(rules: Rules, slug: str) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if not r.hard)


@cache
def _points(rules: Rules, slug: str) -> tuple[Attention, ...]:
    """Return the points of attention about an arrangement or what it specialises."""
    about = set(rules.lineage(slug))
    return tuple(point for point in rules.attentions if about & set(point.of))


@cache
def _reads(rules: Rules, slug: str) -> tuple[str, ...]:
    """Return every criterion that a verdict on an arrangement may look at, and what those imply."""
    clauses = [c for r in rules.effective(slug) for c in r.clauses()]
    clauses += [c for p in _points(rules, slug) for w in p.when for c in w.clauses]
    todo = [c.criterion for c in clauses]
    todo += [asked for name in todo for asked in kleene.asked_for(name, rules)]
    found = dict.fromkeys(todo)
    for name in todo:
        for (criterion, _), implied in implications().items():
            new = [n for n, _ in implied if criterion == name and n not in found]
            found |= dict.fromkeys(new)
            todo += new
    return tuple(sorted(found))


@cache
def _by_slug(rules: Rules) -> dict[str, Requirement]:
    return {requirement.slug: requirement for requirement in rules.requirements}


@lru_cache(maxsize=_KEPT)
def _check(
    rules: Rules, slug: str, outcome: str, given: Given, asserted: bool, after: bool
) -> Check:
    requirement = _by_slug(rules)[slug]
    criterion = rules.criteria[requirement.own.criterion]
    accepted = rules.accepted(requirement.own) or frozenset()
    return Check(
        requirement=requirement,
        outcome=outcome,
        given=tuple(v.slug for v in criterion.values if v.slug in given.values),
        number=given.number,
        shown=shown(given, criterion),
        state=given.state,
        accepted=accepted_text(requirement.own, rules),
        accepted_values=tuple(v.slug for v in criterion.values if v.slug in accepted),
        asserted=asserted,
        after_signature=after,
    )
