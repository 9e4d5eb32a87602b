"""What a verdict rests on as linked data: terms, facts to verify, reopenings, duties, why it is folded."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, Graph, URIRef

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.verdict.unit_verdict import Term
from montages.knowledge.periods import Rules
from montages.names import MTG


def add_verdict(graph: Graph, node: URIRef, result: ArrangementResult, rules: Rules) -> None:
    """Write the verdict on an arrangement into a graph, on the node of its status."""
    graph.add((node, MTG.verdictKind, result.verdict.iri))
    _add_answers(graph, node, MTG.onTerm, result.terms, rules)
    _add_answers(graph, node, MTG.toVerify, result.to_verify, rules)
    for n, reopening in enumerate(result.reopens_to, 1):
        it = URIRef(f"{node}/reopening/{n}")
        graph.add((node, MTG.reopening, it))
        graph.add((it, RDF.type, MTG.Reopening))
        graph.add((it, MTG.reopensTo, reopening.verdict.iri))
        _add_answers(graph, it, MTG.change, reopening.changes, rules)
    for duty in result.duties:
        it = URIRef(f"{node}/duty/{duty.requirement.slug}")
        graph.add((node, MTG.hasDuty, it))
        graph.add((it, RDF.type, MTG.ProjectDuty))
        graph.add((it, MTG.checksVersion, duty.requirement.version))
        graph.add((it, MTG.dutyState, duty.state.iri))
    for requirement in result.folded.because if result.folded else ():
        graph.add((node, MTG.foldedBecause, requirement.iri))
    if result.procedure is not None:
        graph.add((node, MTG.procedureVerdict, result.procedure.iri))


def _add_answers(
    graph: Graph, node: URIRef, link: URIRef, terms: Iterable[Term], rules: Rules
) -> None:
    """Write the answers that a verdict wants as conditions: a criterion, and any of its values."""
    name = str(link).rsplit("/", 1)[-1]
    for term in terms:
        it, criterion = URIRef(f"{node}/{name}/{term.criterion}"), rules.criteria[term.criterion]
        graph.add((node, link, it))
        graph.add((it, RDF.type, MTG.Condition))
        graph.add((it, MTG.criterion, criterion.iri))
        for value in criterion.values:
            if value.slug in term.to:
                graph.add((it, MTG.accepts, value.iri))
