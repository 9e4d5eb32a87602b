"""What is concluded of a project, as data: the answer, its arrangements, its units, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from rdflib import Graph, URIRef

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.presumed import NoteToAsk, PresumedAnswer
from montages.assessment.rows import Row
from montages.assessment.words.answer import ShortAnswer
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.readings import Reading
from montages.engine.units import Unit
from montages.errors import UnknownName
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Passage
from montages.validation.findings import Finding


def assessment_iri(project: str, day: date, version: str) -> URIRef:
    """Return the IRI of an assessment: its project, the day of the law, the version of the rules."""
    return URIRef(f"{project}#assessment-{day.isoformat()}-{version}")


@dataclass(frozen=True)
class UnitAssessment:
    """One unit with its verdicts and who pays what for its layer and mode."""

    unit: Unit
    verdicts: tuple[ArrangementResult, ...]
    rows: tuple[Row, ...] = ()
    costs: tuple[tuple[Text, Passage], ...] = ()


@dataclass(frozen=True)
class Retained:
    """A contract, procedure, channel or vehicle really retained, judged where it is stated (R29).

    `state` is where the contract stands (`dropped`, `in-consultation`…), if it is said; `why` the
    sentence that gives the verdict.
    """

    contract: str
    iri: str
    kind: str
    status: str
    verdict: Verdict
    units: tuple[str, ...]
    missing: tuple[str, ...]
    state: str | None = None
    state_on: str | None = None
    signed_on: str | None = None
    why: Text | None = None

    @property
    def signed(self) -> bool:
        """Tell whether this is a contract, and one that was signed: nothing says otherwise."""
        return self.kind == "contract" and self.state not in ("in-consultation", "dropped")

    def to_json(self) -> dict[str, Any]:
        """Return the judgement as JSON."""
        return {
            "contract": self.contract,
            "kind": self.kind,
            "status": self.status,
            "verdict": self.verdict.value,
            "units": list(self.units),
            "missing": list(self.missing),
            "state": self.state,
            "state_on": self.state_on,
            "signed_on": self.signed_on,
        }


@dataclass(frozen=True, eq=False)
class Conclusions:
    """All that is concluded of one project at one date, under one version of the rulebook (R26).

    `unplaced` are its findings without their places, which are looked up where they are wanted;
    `readings` the values of the description that were not written in their own form.
    """

    project: URIRef
    label: Text
    as_of: date
    rulebook_version: str
    lang: str
    unplaced: tuple[Finding, ...]
    verdicts: tuple[ArrangementResult, ...]
    units: tuple[UnitAssessment, ...]
    facts: tuple[dict[str, Any], ...]
    retained: tuple[Retained, ...]
    signed_on: str | None
    answer: ShortAnswer
    rows: tuple[Row, ...]
    scope: Text
    disclaimer: Text
    contest: str
    presumed: tuple[PresumedAnswer, ...] = ()
    notes: tuple[NoteToAsk, ...] = ()
    readings: tuple[Reading, ...] = ()
    description: Description | None = field(default=None, repr=False)
    graphs: Mapping[str, Graph] = field(default_factory=dict, repr=False)
    steps: Mapping[str, Graph] = field(default_factory=dict, repr=False)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, each with its place in the text that was assessed, if it was a text."""
        if not self.unplaced or self.description is None or self.description.source is None:
            return self.unplaced
        from montages.validation.finding_places import placed  # brings the YAML library

        return placed(self.unplaced, self.description)

    def verdict(self, slug: str, unit: str | None = None) -> ArrangementResult:
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

    @property
    def retained_contracts(self) -> tuple[Retained, ...]:
        """Return the contracts retained, without procedures, channels and vehicles."""
        return tuple(retained for retained in self.retained if retained.kind == "contract")
