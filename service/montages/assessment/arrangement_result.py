"""A verdict as data: one arrangement's status, the checks it rests on, and the answers it lacks (R30)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.knowledge.logic import DutyState, ProcedureVerdict, Verdict
from montages.knowledge.model import Arrangement, Attention, Passage, Requirement, Text
from montages.names import kebab


def plain_number(number: Decimal) -> int | float:
    """Return a number as JSON writes it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def source_json(passage: Passage, lang: str) -> dict[str, Any]:
    """Return a source as JSON: document, place in it, certainty and address."""
    out = {"document": passage.document[lang], "locator": passage.locator, "id": str(passage.iri)}
    if passage.certainty != "Verified":
        out["certainty"] = kebab(passage.certainty)
    return out | ({"url": passage.url} if passage.url else {})


@dataclass(frozen=True)
class Check:
    """One requirement looked at for one unit, or for several that agree."""

    requirement: Requirement
    outcome: str
    given: tuple[str, ...]
    shown: Text
    state: str
    accepted: Text
    accepted_values: tuple[str, ...]
    number: Decimal | None = None
    asserted: bool = False
    presumed: bool = False
    after_signature: bool = False
    units: tuple[str, ...] = ()

    @cached_property
    def _written(self) -> dict[str, dict[str, Any]]:
        return {}

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the check as JSON; `units` only where units differ. Do not modify: it is shared."""
        if lang not in self._written:
            self._written[lang] = self._json(lang)
        return self._written[lang]

    def _json(self, lang: str) -> dict[str, Any]:
        r = self.requirement
        given: Any = self.given[0] if len(self.given) == 1 else list(self.given) or None
        given = plain_number(self.number) if self.number is not None else given
        first, *others = r.sources
        out: dict[str, Any] = {
            "requirement": r.slug,
            "version": str(r.version),
            "label": r.label[lang],
            "strength": r.strength,
            "basis": kebab(r.basis),
            "outcome": self.outcome,
            "criterion": r.own.criterion,
            "given": given,
            "given_label": self.shown[lang],
            "state": "asserted" if self.asserted else self.state,
            "accepted": list(self.accepted_values),
            "accepted_label": self.accepted[lang],
            "source": source_json(first, lang) | {"reading": r.reading[lang]},
        }
        if self.presumed and not self.asserted:
            out["presumed"] = True
        if others:
            out["other_sources"] = [source_json(o, lang) for o in others]
        if r.soft:
            out["weight"] = r.weight
        if r.certainty != "Verified":
            out["certainty"] = kebab(r.certainty)
        if self.after_signature:
            out["not_in_force_at_signature"] = True
        if self.units:
            out["units"] = list(self.units)
        return out


@dataclass(frozen=True)
class Missing:
    """A criterion whose answer could still settle a status, why, and what each answer would do."""

    criterion: str
    question: Text
    because: tuple[str, ...]
    impact: dict[str, dict[str, str]]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the missing criterion as JSON."""
        return {
            "criterion": self.criterion,
            "question": self.question[lang],
            "because": list(self.because),
            "impact": self.impact,
        }


@dataclass(frozen=True)
class DutyResult:
    """A duty with where it stands for a project, the most pressing of its units."""

    requirement: Requirement
    state: DutyState

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the duty as JSON."""
        r = self.requirement
        out = {
            "requirement": r.slug,
            "label": r.label[lang],
            "when": r.due_at,
            "state": self.state.value,
            "source": source_json(r.sources[0], lang) | {"reading": r.reading[lang]},
        }
        return out | ({"certainty": kebab(r.certainty)} if r.certainty != "Verified" else {})


@dataclass(frozen=True)
class Fold:
    """Why an arrangement is lawful and hardly sensible: preferences not met, presumptions that close it."""

    because: tuple[Requirement, ...]
    presumed: tuple[str, ...] = ()

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the fold as JSON."""
        because = [{"requirement": r.slug, "reading": r.reading[lang]} for r in self.because]
        return {"because": because, "presumed": list(self.presumed)}


@dataclass(frozen=True)
class ArrangementResult:
    """What is concluded of one arrangement, for one unit or for the whole project.

    `best` is the verdict of the unit it does best for, with its terms. Without what is assumed, the verdict
    or the status would be another where it is `provisional`, the status where `provisional_status` is true.
    """

    arrangement: Arrangement
    status: str
    best: UnitVerdict
    soft: tuple[float, float]
    summary: Text
    checks: tuple[Check, ...] = ()
    missing: tuple[Missing, ...] = ()
    attention: tuple[Attention, ...] = ()
    duties: tuple[DutyResult, ...] = ()
    folded: Fold | None = None
    provisional: bool = False
    provisional_status: bool = False
    covers: tuple[str, ...] | None = None
    procedure: ProcedureVerdict | None = None
    proof: dict[str, Any] | None = None

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

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the result as JSON; `covers` is there for a whole project only."""
        arrangement = self.arrangement
        out: dict[str, Any] = {
            "contract": arrangement.slug,
            "label": arrangement.label[lang],
            "status": self.status,
            "verdict": self.verdict.value,
            "row": arrangement.shown_as or arrangement.slug,
            "folded": self.folded.to_json(lang) if self.folded else None,
            "terms": [term.to_json() for term in self.terms],
            "to_verify": [term.to_json() for term in self.to_verify],
            "reopens_to": [reopening.to_json() for reopening in self.reopens_to],
            "closed_by": list(self.best.closed_by),
            "soft": {"min": self.soft[0], "max": self.soft[1]},
            "summary": self.summary[lang],
            "checks": [check.to_json(lang) for check in self.checks],
            "duties": [duty.to_json(lang) for duty in self.duties],
            "missing": [missing.to_json(lang) for missing in self.missing],
            "attention": [{"text": a.text[lang], "source": a.cited[lang]} for a in self.attention],
            "provisional": self.provisional,
        }
        if self.procedure is not None:
            out["procedure"] = self.procedure.value
            out["applies_to"] = list(arrangement.applies_to)
        if self.covers is not None:
            out["covers"] = list(self.covers)
        if self.proof is not None:
            out["proof"] = self.proof
        return out
