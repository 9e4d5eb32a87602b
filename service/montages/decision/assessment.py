"""An assessment as data: what the command line, the Python API and HTTP all give back (R30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from rdflib import Graph, URIRef

from montages.decision.answers import Unit
from montages.decision.findings import Finding
from montages.decision.record import record
from montages.errors import UnknownName
from montages.knowledge.model import Arrangement, Attention, Passage, Requirement, Text
from montages.names import kebab

STATUSES = ("eligible", "undetermined", "conflict", "ineligible", "not-in-force")
SECTIONS = {
    "contract": "contracts",
    "channel": "overlays",
    "activity": "overlays",
    "procedure": "procedures",
    "vehicle": "vehicles",
}


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
            "strength": "hard" if r.hard else "soft",
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
        if others:
            out["other_sources"] = [source_json(o, lang) for o in others]
        if not r.hard:
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
class Verdict:
    """What is concluded of one arrangement, for one unit or for the whole project."""

    arrangement: Arrangement
    status: str
    soft: tuple[float, float]
    summary: Text
    checks: tuple[Check, ...]
    missing: tuple[Missing, ...]
    attention: tuple[Attention, ...]
    provisional: bool
    covers: tuple[str, ...] | None = None
    proof: dict[str, Any] | None = None

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the verdict as JSON; `covers` is there for a whole project only."""
        out: dict[str, Any] = {
            "contract": self.arrangement.slug,
            "label": self.arrangement.label[lang],
            "status": self.status,
            "soft": {"min": self.soft[0], "max": self.soft[1]},
            "summary": self.summary[lang],
            "checks": [check.to_json(lang) for check in self.checks],
            "missing": [missing.to_json(lang) for missing in self.missing],
            "attention": [{"text": a.text[lang], "source": a.cited[lang]} for a in self.attention],
        }
        if self.provisional:
            out["provisional"] = True
        if self.covers is not None:
            out["covers"] = list(self.covers)
        if self.proof is not None:
            out["proof"] = self.proof
        return out


@dataclass(frozen=True)
class UnitAssessment:
    """One unit with its verdicts and who pays what for its layer and mode."""

    unit: Unit
    verdicts: tuple[Verdict, ...]
    costs: tuple[tuple[Text, Passage], ...] = ()

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the unit as JSON."""
        out: dict[str, Any] = {
            "id": self.unit.id,
            "label": self.unit.label[lang],
            "layer": self.unit.layer,
            "perimeter": self.unit.perimeter,
            "costs": [
                {"text": text[lang], "source": source_json(source, lang)}
                for text, source in self.costs
            ],
        }
        return out | _sections(self.verdicts, lang)


def _sections(verdicts: tuple[Verdict, ...], lang: str) -> dict[str, Any]:
    out: dict[str, list[Any]] = {name: [] for name in SECTIONS.values()}
    for verdict in verdicts:
        out[SECTIONS[verdict.arrangement.kind]].append(verdict.to_json(lang))
    return out


@dataclass(frozen=True)
class Retained:
    """The contract really retained, judged on the units it is stated for (R29)."""

    contract: str
    status: str
    units: tuple[str, ...]
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the judgement as JSON."""
        return {
            "contract": self.contract,
            "status": self.status,
            "units": list(self.units),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, eq=False)
class Assessment:
    """The whole answer for one project at one date, under one version of the rulebook (R26)."""

    project: URIRef
    label: Text
    as_of: date
    rulebook_version: str
    lang: str
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    units: tuple[UnitAssessment, ...]
    facts: tuple[dict[str, Any], ...]
    retained: tuple[Retained, ...]
    signed_on: str | None
    scope: Text
    disclaimer: Text
    contest: str
    graphs: Mapping[str, Graph] = field(default_factory=dict, repr=False)
    steps: Mapping[str, Graph] = field(default_factory=dict, repr=False)

    def verdict(self, slug: str, unit: str | None = None) -> Verdict:
        """Return the verdict on an arrangement, for the project or for one unit; KeyError if none."""
        if unit is None:
            return {v.arrangement.slug: v for v in self.verdicts}[slug]
        found = {u.unit.id: u for u in self.units}[unit]
        return {v.arrangement.slug: v for v in found.verdicts}[slug]

    def status(self, slug: str) -> str:
        """Return the status of an arrangement for the whole project; raises UnknownName for another slug."""
        known = {verdict.arrangement.slug: verdict.status for verdict in self.verdicts}
        if slug not in known:
            listed = ", ".join(known)
            raise UnknownName(
                f"Montage inconnu : {slug}. Connus : {listed}.",
                f"Unknown arrangement: {slug}. Known: {listed}.",
            )
        return known[slug]

    def graph(self) -> Graph:
        """Return the assessment as linked data: date, rules, verdicts and checks, with PROV."""
        return record(self)

    def to_json(self, lang: str | None = None) -> dict[str, Any]:
        """Return the assessment as the JSON that every door gives (schema: `assessment.schema.json`)."""
        lang = lang or self.lang
        return {
            "project": str(self.project),
            "label": self.label[lang],
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.rulebook_version,
            "retained": [r.contract for r in self.retained],
            "retained_judged": [r.to_json() for r in self.retained],
            "signed_on": self.signed_on,
            "findings": [f.to_json(lang) for f in self.findings],
            "facts": list(self.facts),
            **_sections(self.verdicts, lang),
            "units": [u.to_json(lang) for u in self.units],
            "scope": self.scope[lang],
            "disclaimer": self.disclaimer[lang],
            "contest": self.contest,
        }
