"""An assessment as linked data: what was concluded, of which project, under which rules (PROV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Graph, Literal, URIRef

from montages.knowledge.compile import module
from montages.knowledge.model import Text
from montages.knowledge.periods import rules_at
from montages.names import MTG, PREFIXES

if TYPE_CHECKING:
    from montages.decision.assessment import Assessment


def new_graph() -> Graph:
    """Return an empty graph that knows the usual prefixes."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.bind("prov", PROV)
    graph.bind("dcterms", DCTERMS)
    return graph


def name(assessment: Assessment) -> URIRef:
    """Return the IRI of an assessment: its project, the date of the law, the version of the rules."""
    day, version = assessment.as_of.isoformat(), assessment.rulebook_version
    return URIRef(f"{assessment.project}#assessment-{day}-{version}")


def record(assessment: Assessment) -> Graph:
    """Return an assessment as a graph: its date and rules, its verdicts and its checks."""
    graph, it = new_graph(), name(assessment)
    graph.add((it, RDF.type, MTG.Assessment))
    graph.add((it, RDF.type, PROV.Entity))
    graph.add((it, MTG.asOf, Literal(assessment.as_of)))
    graph.add((it, MTG.rulebookVersion, Literal(assessment.rulebook_version)))
    graph.add((it, PROV.wasDerivedFrom, assessment.project))
    graph.add((it, PROV.wasDerivedFrom, module(rules_at(assessment.as_of))))
    _say(graph, it, RDFS.label, assessment.label)
    _say(graph, it, DCTERMS.coverage, assessment.scope)
    _say(graph, it, DCTERMS.rights, assessment.disclaimer)
    graph += assessment.graphs["outcome"]
    for node in assessment.graphs["outcome"].subjects(RDF.type, MTG.Check):
        graph.add((it, MTG.hasCheck, node))
    for kind in (MTG.UnitVerdict, MTG.ProjectVerdict):
        for node in assessment.graphs["outcome"].subjects(RDF.type, kind):
            graph.add((it, MTG.hasVerdict, node))
    sentences = {v.arrangement.iri: v.summary for v in assessment.verdicts}
    for verdict in assessment.graphs["outcome"].subjects(RDF.type, MTG.ProjectVerdict):
        arrangement = graph.value(verdict, MTG.arrangement)
        if isinstance(arrangement, URIRef) and arrangement in sentences:
            _say(graph, verdict, RDFS.comment, sentences[arrangement])
    return graph


def verdict_record(assessment: Assessment, contract: str, unit: str | None = None) -> Graph:
    """Return what a record says of one arrangement, for the whole project or for one unit."""
    whole, it = record(assessment), name(assessment)
    arrangement = assessment.verdict(contract, unit).arrangement.iri
    units = {u.unit.iri for u in assessment.units if unit in (None, u.unit.id)}
    versions = {c.requirement.version for c in assessment.verdict(contract, unit).checks}
    kept = {
        n for n in whole.subjects(MTG.arrangement, arrangement) if _judges(whole, n, units, unit)
    }
    kept |= {
        n
        for v in versions
        for n in whole.subjects(MTG.version, v)
        if _judges(whole, n, units, unit)
    }
    graph = new_graph()
    for s, p, o in whole:
        if s in kept or (s == it and (p not in (MTG.hasCheck, MTG.hasVerdict) or o in kept)):
            graph.add((s, p, o))
    return graph


def _judges(graph: Graph, node: Any, units: set[URIRef], unit: str | None) -> bool:
    judged = graph.value(node, MTG.judges)
    return judged in units or (judged is None and unit is None)


def proof_record(proof: Mapping[str, Any]) -> Graph:
    """Return a proof as a graph: each step an activity, informed by the steps of its premises."""
    graph = new_graph()
    about = "-".join(part for part in (proof["contract"], proof["unit"]) if part).replace("@", "-")
    base = f"{proof['project']}#proof-{about}-{proof['as_of']}-{proof['rulebook_version']}"
    it = URIRef(base)
    graph.add((it, RDF.type, PROV.Entity))
    graph.add((it, MTG.asOf, Literal(proof["as_of"], datatype=XSD.date)))
    graph.add((it, MTG.rulebookVersion, Literal(proof["rulebook_version"])))
    graph.add((it, PROV.wasDerivedFrom, URIRef(proof["project"])))
    graph.add((it, PROV.wasGeneratedBy, URIRef(f"{base}-{proof['conclusion']}")))
    for step in proof["steps"]:
        node = URIRef(f"{base}-{step['id']}")
        graph.add((node, RDF.type, MTG.ProofStep))
        graph.add((node, MTG.conclusion, Literal(step["conclusion"])))
        graph.add((node, MTG.rule, Literal(step["rule"])))
        for premise in step["premises"]:
            graph.add((node, PROV.wasInformedBy, URIRef(f"{base}-{premise}")))
        for pattern in step.get("searched", ()):
            graph.add((node, DCTERMS.description, Literal(pattern)))
    return graph


def _say(graph: Graph, subject: Any, predicate: URIRef, text: Text) -> None:
    for lang in ("fr", "en"):
        graph.add((subject, predicate, Literal(text[lang], lang=lang)))
