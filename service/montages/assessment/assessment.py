"""An assessment: what the command line, the Python API and HTTP all give back (R30).

Its parts are three, each read by itself: what it rests on, what is concluded, and whether it holds together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from rdflib import DCTERMS, PROV, RDF, RDFS, Graph, URIRef

from montages.assessment.answer.short_answer import ShortAnswer
from montages.assessment.coherence import Coherence
from montages.assessment.conclusions import Conclusions
from montages.assessment.json_pieces import LINES
from montages.assessment.premises import Premises
from montages.assessment.ranking import Row
from montages.bilingual import message
from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.graphs import add_text, new_graph
from montages.names import MTG
from montages.one_line import cut
from montages.validation.findings import Report

_CONTRACT = message("Contract")
_VERDICT = message("Verdict, and why")
_LAW = message("law of {}, rules {}")


@dataclass(frozen=True, eq=False, repr=False)
class Assessment:
    """What is concluded of a project from its premises, with the forms that every door gives it in.

    Each form is imported when it is asked for.
    """

    premises: Premises
    check: Callable[[], Report] = field(repr=False)
    lang: str

    def __repr__(self) -> str:
        premises = self.premises
        slug = cut(premises.description.slug)
        return f"Assessment({slug!r}, as_of={premises.as_of}, lang={self.lang!r})"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the answer, then the contracts, in the assessment's language."""
        lang, premises = self.lang, self.premises
        law = _LAW[lang].format(premises.as_of.isoformat(), premises.rulebook_version)
        head = "".join(f"<th>{title[lang]}</th>" for title in (_CONTRACT, _VERDICT))
        return (
            f'<div lang="{lang}"><p><strong>{escape(premises.label[lang])}</strong> ({law})</p>'
            f"<p>{escape(self.answer.sentence[lang])}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>"
            + "".join(_row(row, lang) for row in self.rows)
            + f"</tbody></table><p><small>{escape(premises.disclaimer[lang])}</small></p></div>"
        )

    @cached_property
    def conclusions(self) -> Conclusions:
        """Return the verdicts, for the whole project and for each unit."""
        return Conclusions(self.premises)

    @cached_property
    def coherence(self) -> Coherence:
        """Return what the project retains, judged, and the findings on its description."""
        return Coherence(self.conclusions, self.check)

    @property
    def answer(self) -> ShortAnswer:
        """Return the answer in short."""
        return self.conclusions.answer

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the contracts as the rows they are shown in: those named, then the others."""
        return self.conclusions.rows

    def verdict(self, slug: str) -> str:
        """Return the verdict on an arrangement for the project: `fits-on-terms`, say; raises UnknownName."""
        return self.conclusions.verdict(slug).verdict.value

    def graph(self, *, brief: bool = False) -> Graph:
        """Return the assessment as linked data: date, rules, verdicts and checks, with PROV.

        Where it is brief: the answer and the verdicts for the whole project, without units and checks.
        """
        from montages.assessment.triples import add_verdict, short_statements

        premises = self.premises
        graph, iri = new_graph(), premises.iri
        for prop, value in short_statements(self.conclusions):
            graph.add((iri, prop, value))
        graph.add((iri, RDF.type, PROV.Entity))
        graph.add((iri, PROV.wasDerivedFrom, module(premises.rules)))
        add_text(graph, iri, RDFS.label, premises.label)
        add_text(graph, iri, RDFS.comment, self.answer.sentence)
        add_text(graph, iri, DCTERMS.coverage, premises.scope)
        add_text(graph, iri, DCTERMS.rights, premises.disclaimer)
        outcome = premises.derived.graphs["outcome"]
        results = {v.arrangement.iri: v for v in self.conclusions.verdicts}
        if not brief:
            graph += outcome
            for node in outcome.subjects(RDF.type, MTG.Check):
                graph.add((iri, MTG.hasCheck, node))
            for node in outcome.subjects(RDF.type, MTG.UnitVerdict):
                graph.add((iri, MTG.hasVerdict, node))
        for verdict in outcome.subjects(RDF.type, MTG.ProjectVerdict):
            graph += outcome.triples((verdict, None, None))
            graph.add((iri, MTG.hasVerdict, verdict))
            arrangement = graph.value(verdict, MTG.arrangement)
            if isinstance(arrangement, URIRef) and arrangement in results:
                result = results[arrangement]
                add_text(graph, verdict, RDFS.comment, result.summary)
                add_verdict(graph, URIRef(str(verdict)), result, premises.rules)
        _add_presumed(graph, premises)
        return graph

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives, whole or brief (schema: `forms/schema.py`)."""
        tree: dict[str, object] = json.loads(self.json_text(lang, brief=brief))
        return tree

    def json_text(
        self, lang: str | None = None, end: bytes = LINES, *, brief: bool = False, legend: str = ""
    ) -> bytes:
        """Return the text of that JSON: an entry a line, or all on one line.

        Where it is whole, `legend` is the address of what its slugs stand for, told in it without one.
        """
        from montages.assessment.forms.brief_json import brief_json
        from montages.assessment.forms.full_json import full_json

        parts = (self.premises, self.conclusions, self.coherence, lang or self.lang, end)
        return brief_json(*parts) if brief else full_json(*parts, legend)


def _add_presumed(graph: Graph, premises: Premises) -> None:
    """Add the answers that are presumed, each with the presumptions it comes from."""
    for answer in premises.presumed:
        graph.add((premises.iri, PROV.wasDerivedFrom, answer.presumption.iri))
    if premises.presumed:
        closing = premises.derived.graphs["closing"]
        for fact in closing.subjects(MTG.fromProperty, MTG.presumes):
            graph.add((premises.iri, MTG.hasPresumedAnswer, fact))
            graph += closing.triples((fact, None, None))


def _row(row: Row, lang: str) -> str:
    label = row.shown.arrangement.label[lang]
    # A summary begins with the name of its contract, which has a column here.
    why = row.shown.summary[lang].removeprefix(label).lstrip(" \u00a0\u202f:")
    tag = "strong" if row.named else "span"
    return f"<tr><td><{tag}>{escape(label)}</{tag}></td><td>{escape(why)}</td></tr>"
