"""Extracts of an assessment: what came out for the arrangement that somebody names, and its proof (PROV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import DCTERMS, PROV, RDF, XSD, Graph, Literal, URIRef

from montages.assessment.assessment import Assessment
from montages.knowledge.graphs import new_graph
from montages.names import MTG


def verdict_graph(assessment: Assessment, contract: str, unit: str | None = None) -> Graph:
    """Return what an assessment says of one arrangement, for the project or for one unit."""
    whole, iri = assessment.graph(), assessment.premises.iri
    result = assessment.conclusions.verdict(contract, unit)
    units = {u.unit.iri for u in assessment.conclusions.units if unit in (None, u.unit.id)}
    judged = {*units, None} if unit is None else units
    about = [(MTG.arrangement, result.arrangement.iri)]
    about += [(MTG.checksVersion, check.requirement.version) for check in result.checks]
    nodes = {
        node
        for prop, thing in about
        for node in whole.subjects(prop, thing)
        if whole.value(node, MTG.judgesUnit) in judged
    }
    under = tuple(f"{node}/" for node in nodes)
    nodes |= {n for n in whole.subjects() if str(n).startswith(under)}
    graph = new_graph()
    for s, p, o in whole:
        if s in nodes or (s == iri and (p not in (MTG.hasCheck, MTG.hasVerdict) or o in nodes)):
            graph.add((s, p, o))
    return graph


def proof_graph(proof: Mapping[str, Any]) -> Graph:
    """Return a proof as a graph: each step an activity, informed by the steps of its premises."""
    graph = new_graph()
    about = "-".join(part for part in (proof["contract"], proof["unit"]) if part).replace("@", "-")
    base = f"{proof['project']}#proof-{about}-{proof['as_of']}-{proof['rulebook_version']}"
    iri = URIRef(base)
    graph.add((iri, RDF.type, PROV.Entity))
    graph.add((iri, MTG.asOf, Literal(proof["as_of"], datatype=XSD.date)))
    graph.add((iri, MTG.rulebookVersion, Literal(proof["rulebook_version"])))
    graph.add((iri, PROV.wasDerivedFrom, URIRef(proof["project"])))
    graph.add((iri, PROV.wasGeneratedBy, URIRef(f"{base}-{proof['conclusion']}")))
    for step in proof["steps"]:
        node = URIRef(f"{base}-{step['id']}")
        graph.add((node, RDF.type, MTG.ProofStep))
        graph.add((node, MTG.stepConclusion, Literal(step["conclusion"])))
        graph.add((node, MTG.ruleName, Literal(step["rule"])))
        for premise in step["premises"]:
            graph.add((node, PROV.wasInformedBy, URIRef(f"{base}-{premise}")))
        for pattern in step.get("searched", ()):
            graph.add((node, DCTERMS.description, Literal(pattern)))
    return graph
