"""An assessment as data: what the command line, the Python API and HTTP all give back (R30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, Literal, URIRef

from montages.assessment.arrangement_result import ArrangementResult, source_json
from montages.assessment.presumed import NoteToAsk, PresumedAnswer
from montages.assessment.ranking import Row
from montages.assessment.verdict_graph import add_verdict
from montages.assessment.words.answer import ShortAnswer
from montages.engine.units import Unit
from montages.errors import UnknownName
from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.graph_writing import add_text, new_graph
from montages.knowledge.logic import Verdict
from montages.knowledge.model import SECTIONS, Passage, Text
from montages.knowledge.periods import rules_at
from montages.names import MTG
from montages.validation.findings import Finding


@dataclass(frozen=True)
class UnitAssessment:
    """One unit with its verdicts and who pays what for its layer and mode."""

    unit: Unit
    verdicts: tuple[ArrangementResult, ...]
    rows: tuple[Row, ...] = ()
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


def _sections(verdicts: tuple[ArrangementResult, ...], lang: str) -> dict[str, Any]:
    out: dict[str, list[Any]] = {name: [] for name in SECTIONS.values()}
    for verdict in verdicts:
        out[SECTIONS[verdict.arrangement.kind]].append(verdict.to_json(lang))
    return out


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
class Assessment:
    """The whole answer for one project at one date, under one version of the rulebook (R26)."""

    project: URIRef
    label: Text
    as_of: date
    rulebook_version: str
    lang: str
    findings: tuple[Finding, ...]
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
    graphs: Mapping[str, Graph] = field(default_factory=dict, repr=False)
    steps: Mapping[str, Graph] = field(default_factory=dict, repr=False)

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

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the assessment: its project, the day of the law, the version of the rules."""
        day = self.as_of.isoformat()
        return URIRef(f"{self.project}#assessment-{day}-{self.rulebook_version}")

    def graph(self) -> Graph:
        """Return the assessment as linked data: date, rules, verdicts and checks, with PROV."""
        graph, it = new_graph(), self.iri
        graph.add((it, RDF.type, MTG.Assessment))
        graph.add((it, RDF.type, PROV.Entity))
        graph.add((it, MTG.asOf, Literal(self.as_of)))
        graph.add((it, MTG.rulebookVersion, Literal(self.rulebook_version)))
        graph.add((it, PROV.wasDerivedFrom, self.project))
        graph.add((it, PROV.wasDerivedFrom, module(rules_at(self.as_of))))
        add_text(graph, it, RDFS.label, self.label)
        add_text(graph, it, RDFS.comment, self.answer.sentence)
        add_text(graph, it, DCTERMS.coverage, self.scope)
        add_text(graph, it, DCTERMS.rights, self.disclaimer)
        graph += self.graphs["outcome"]
        for node in self.graphs["outcome"].subjects(RDF.type, MTG.Check):
            graph.add((it, MTG.hasCheck, node))
        for kind in (MTG.UnitVerdict, MTG.ProjectVerdict):
            for node in self.graphs["outcome"].subjects(RDF.type, kind):
                graph.add((it, MTG.hasVerdict, node))
        results = {v.arrangement.iri: v for v in self.verdicts}
        for verdict in self.graphs["outcome"].subjects(RDF.type, MTG.ProjectVerdict):
            arrangement = graph.value(verdict, MTG.arrangement)
            if isinstance(arrangement, URIRef) and arrangement in results:
                result = results[arrangement]
                add_text(graph, verdict, RDFS.comment, result.summary)
                add_verdict(graph, URIRef(str(verdict)), result, rules_at(self.as_of))
        self._add_presumed(graph)
        return graph

    def _add_presumed(self, graph: Graph) -> None:
        """Add the answers that are presumed, each with the presumptions it comes from."""
        for answer in self.presumed:
            graph.add((self.iri, PROV.wasDerivedFrom, answer.presumption.iri))
        if self.presumed:
            closing = self.graphs["closing"]
            for fact in closing.subjects(MTG.fromProperty, MTG.presumes):
                graph.add((self.iri, MTG.hasPresumedAnswer, fact))
                graph += closing.triples((fact, None, None))

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
            "answer": self.answer.to_json(lang),
            "facts": list(self.facts),
            "presumed": [answer.to_json(lang) for answer in self.presumed],
            "notes": [note.to_json(lang) for note in self.notes],
            "rows": [row.to_json(lang) for row in self.rows],
            **_sections(self.verdicts, lang),
            "units": [u.to_json(lang) for u in self.units],
            "scope": self.scope[lang],
            "disclaimer": self.disclaimer[lang],
            "contest": self.contest,
        }
