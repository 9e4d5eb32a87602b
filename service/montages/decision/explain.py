"""Explain: turn outcomes and statuses into checks, missing answers, points of attention and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from montages.decision import kleene
from montages.decision.answers import NOTHING, Given, Unit
from montages.decision.assessment import Check, Missing, Verdict
from montages.knowledge.buckets import spaced
from montages.knowledge.model import Arrangement, Attention, Clause, Criterion, Requirement, Text
from montages.knowledge.periods import Rules

# What the deriving queries conclude, by unit: requirement slug → outcome, arrangement slug → status.
Outcomes = Mapping[str, Mapping[str, str]]
Statuses = Mapping[str, Mapping[str, str]]

# A sentence names this many missing answers, and counts the others.
_NAMED = 4
_STATUS_WORDS = {
    "eligible": Text("possible", "eligible"),
    "undetermined": Text("indéterminé", "undetermined"),
    "conflict": Text("en conflit", "in conflict"),
    "ineligible": Text("écarté", "ineligible"),
    "not-in-force": Text("pas en vigueur à cette date", "not in force at that date"),
}
_STATE_WORDS = {
    "not-asked": Text("aucune information", "no information"),
    "explicit-unknown": Text("déclaré inconnu", "declared unknown"),
}
_SIDES = {
    "at-most": Text("au plus", "at most"),
    "below": Text("moins de", "under"),
    "at-least": Text("au moins", "at least"),
    "above": Text("plus de", "over"),
}


def accepted_text(clause: Clause, rules: Rules) -> Text:
    """Return what a clause accepts, in words: values, or bounds with their unit."""
    criterion = rules.criteria[clause.criterion]
    if not clause.bounds:
        labels = [v.label for v in criterion.values if v.slug in clause.accepts]
        return Text(" ou ".join(t.fr for t in labels), " or ".join(t.en for t in labels))
    parts: dict[str, list[str]] = {"fr": [], "en": []}
    for bound in clause.bounds:
        limit = rules.limit(bound)
        for lang in ("fr", "en"):
            number = spaced(limit, lang) if limit is not None else "?"
            parts[lang].append(f"{_SIDES[bound.side][lang]} {number}")
    return Text(
        f"{' et '.join(parts['fr'])} {criterion.unit.fr}", f"{' and '.join(parts['en'])} {criterion.unit.en}"
    )


def shown(given: Given, criterion: Criterion) -> Text:
    """Return an answer in words; says why where there is none."""
    if given.number is not None:
        return Text(
            f"{spaced(given.number, 'fr')} {criterion.unit.fr}", f"{spaced(given.number, 'en')} {criterion.unit.en}"
        )
    if not given.values:
        return _STATE_WORDS.get(given.state, _STATE_WORDS["not-asked"])
    labels = [v.label for v in criterion.values if v.slug in given.values]
    return Text(", ".join(t.fr for t in labels), ", ".join(t.en for t in labels))


@dataclass(frozen=True, eq=False)
class Explainer:
    """Explains the verdicts on one project: its units, and what was derived for each of them."""

    rules: Rules
    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    signed: date | None = None

    def unit_verdicts(self, unit: Unit) -> tuple[Verdict, ...]:
        """Return the verdict on every arrangement for one unit, best first."""
        return self._sorted(self._verdict(a, (unit,)) for a in self.rules.proposed())

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
        order = ("eligible", "undetermined", "conflict", "ineligible", "not-in-force")

        def rank(verdict: Verdict) -> tuple[int, float, int]:
            violated = sum(c.outcome == "violated" and c.requirement.hard for c in verdict.checks)
            score = verdict.soft[0] if verdict.status == "eligible" else verdict.soft[1]
            return (order.index(verdict.status), -score, violated)

        def gravest_last(verdict: Verdict) -> tuple[int, float, float]:
            status, score, violated = rank(verdict)
            return (status, violated, score) if verdict.status == "ineligible" else (status, score, 0)

        return tuple(sorted(verdicts, key=gravest_last))

    def _status(self, arrangement: Arrangement, unit: Unit) -> str:
        return self.statuses[unit.id].get(arrangement.slug, "not-in-force")

    def _verdict(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> Verdict:
        status = kleene.worst(self._status(arrangement, u) for u in units)
        if status == "not-in-force":
            return Verdict(arrangement, status, (0.0, 0.0), _not_in_force(arrangement), (), (), (), False)
        checks = self._checks(arrangement, units)
        missing = self._missing(arrangement, units)
        return Verdict(
            arrangement=arrangement,
            status=status,
            soft=self._soft(arrangement, units),
            summary=self._summary(arrangement, status, checks, missing),
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
            given=tuple(v.slug for v in criterion.values if v.slug in given.values)
            if given.number is None
            else (f"{given.number:f}",),
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
        return [name for name in read if unit.answer(name).state != "explicit" and self._unsettled(name, unit)]

    def _unsettled(self, name: str, unit: Unit) -> bool:
        given = unit.answer(name)
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

    def _attention(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> tuple[Attention, ...]:
        """Return the points of attention of an arrangement that may apply to some unit."""
        about = {*self.rules.lineage(arrangement.slug)}
        layers = {f"{u.layer}" for u in units if u.layer}
        return tuple(
            point
            for point in self.rules.attentions
            if about & set(point.of)
            and any(not self._beside(point, unit) for unit in units)
            and (not layers or True)
        )

    def _beside(self, point: Attention, unit: Unit) -> bool:
        """Tell whether a point of attention is beside the point for a unit: a condition is refuted."""
        return any(
            kleene.refuted(clause, unit.given, self.rules)
            for condition in point.when
            for clause in condition.clauses
        )

    def _provisional(self, arrangement: Arrangement, units: tuple[Unit, ...]) -> bool:
        """Tell whether a status rests on an assumed answer (R7)."""
        return any(
            unit.answer(clause.criterion).state == "default"
            for unit in units
            for requirement in self.rules.effective(arrangement.slug)
            if requirement.hard
            for clause in requirement.clauses()
        )

    def _summary(
        self, arrangement: Arrangement, status: str, checks: tuple[Check, ...], missing: tuple[Missing, ...]
    ) -> Text:
        hard = [c for c in checks if c.requirement.hard]
        if status in ("ineligible", "conflict"):
            wanted = "violated" if status == "ineligible" else "contradicted"
            blocking = [c for c in hard if c.outcome == wanted]
            detail = Text(
                " ; ".join(_against(c, "fr") for c in blocking), "; ".join(_against(c, "en") for c in blocking)
            )
        elif status == "undetermined":
            names = [self.rules.criteria[m.criterion].label for m in missing]
            more = len(names) - _NAMED
            rest = Text(f" et {more} autre(s)", f" and {more} more") if more > 0 else Text("", "")
            detail = Text(
                "il manque " + ", ".join(_lower(n.fr) for n in names[:_NAMED]) + rest.fr,
                "missing " + ", ".join(_lower(n.en) for n in names[:_NAMED]) + rest.en,
            )
        else:
            n = len({c.requirement.slug for c in hard})
            detail = Text(
                "aucune exigence juridique" if not n else f"les {n} exigences juridiques sont satisfaites" if n > 1 else "l'exigence juridique est satisfaite",
                "no legal requirement" if not n else f"all {n} legal requirements are satisfied" if n > 1 else "the legal requirement is satisfied",
            )
        word = _STATUS_WORDS[status]
        return Text(
            f"{arrangement.label.fr} : {word.fr} — {detail.fr}.", f"{arrangement.label.en}: {word.en} — {detail.en}."
        )


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _against(check: Check, lang: str) -> str:
    where = check.requirement.sources[0].label[lang]
    given, wanted = check.shown[lang], check.accepted[lang]
    if lang == "fr":
        return f"« {check.requirement.label.fr} » : {given} au lieu de {wanted} ({where})"
    return f"“{check.requirement.label.en}”: {given} instead of {wanted} ({where})"


def _not_in_force(arrangement: Arrangement) -> Text:
    return Text(
        f"{arrangement.label.fr} : pas en vigueur à cette date.",
        f"{arrangement.label.en}: not in force at that date.",
    )


def impact(
    explainer: Explainer, slug: str, criterion: str, units: tuple[Unit, ...]
) -> dict[str, dict[str, str]]:
    """Return {answer: {arrangement: new status}} for the answers that change its status."""
    before = kleene.worst(explainer.statuses[u.id][slug] for u in units)
    out: dict[str, dict[str, str]] = {}
    for value in explainer.rules.criteria[criterion].values:
        after = kleene.worst(_if_answered(explainer, slug, criterion, value.slug, u) for u in units)
        if after != before:
            out[value.slug] = {slug: after}
    return out


def _if_answered(explainer: Explainer, slug: str, criterion: str, value: str, unit: Unit) -> str:
    given = unit.answer(criterion)
    if given.values and given.state != "default":
        return explainer.statuses[unit.id][slug]
    answers = {**unit.given, criterion: NOTHING}
    answers = kleene.supposing(answers, criterion, value, explainer.rules)
    return kleene.status(slug, answers, explainer.rules, unit.asserted)
