"""The triples of an assessment: its answer in short, and what each verdict rests on.

In short, every triple is on the assessment itself: contracts by verdict, the requirements that
close them, the criteria to verify, the kind of the holder and what was retained. They are one
step from the assessment each, so that counting a country reads one index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from rdflib import PROV, RDF, Graph, Literal, URIRef

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unit_verdict import Term
from montages.description.facts import Facts
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG

OF_VERDICT = {
    Verdict.FITS: MTG.fittingContract,
    Verdict.FITS_ON_TERMS: MTG.contractOnTerms,
    Verdict.TO_VERIFY: MTG.contractToVerify,
    Verdict.CLOSED_BY_CHOICE: MTG.contractClosedByChoice,
    Verdict.CLOSED: MTG.closedContract,
}
_PARTS = (MTG.hasPerimeter, MTG.hasLayerUse)

Statement = tuple[URIRef, URIRef | Literal]


def short_statements(conclusions: Conclusions) -> Iterator[Statement]:
    """Yield what is said of an assessment in short; a statement may come twice."""
    premises = conclusions.premises
    yield RDF.type, MTG.Assessment
    yield MTG.asOf, Literal(premises.as_of)
    yield MTG.rulebookVersion, Literal(premises.rulebook_version)
    yield PROV.wasDerivedFrom, premises.project
    for result in conclusions.verdicts:
        if result.arrangement.kind == "contract" and result.in_force:
            criteria = rulebook().criteria
            yield OF_VERDICT[result.verdict], result.arrangement.iri
            for slug in result.best.closed_by:
                yield MTG.closedBy, _requirements()[slug]
            for slug in result.best.disputed:
                yield MTG.disputedCriterion, criteria[slug].iri
            for term in result.to_verify:
                yield MTG.criterionToVerify, criteria[term.criterion].iri
    project = str(premises.project)
    facts = premises.description.facts
    for holder in _things(facts, project, MTG.holder):
        for actor_class in _things(facts, holder, RDF.type):
            if actor_class in _kinds():
                yield MTG.assessedHolderKind, _kinds()[actor_class]
    parts = (part for prop in _PARTS for part in _things(facts, project, prop))
    for part in (project, *parts):
        for contract in _things(facts, part, MTG.retains):
            yield MTG.retainedContract, URIRef(contract)


def _things(facts: Facts, subject: str, prop: URIRef) -> list[str]:
    return [term for term in facts.objects(subject, str(prop)) if isinstance(term, str)]


@cache
def _requirements() -> dict[str, URIRef]:
    return {requirement.slug: requirement.iri for requirement in rulebook().requirements}


@cache
def _kinds() -> dict[str, URIRef]:
    """Return the kind of actor that each class stands for."""
    kinds = classes_of_kinds().items()
    return {str(MTG[actor_class]): URIRef(f"{ID}actor-kind/{kind}") for kind, actor_class in kinds}


def add_verdict(graph: Graph, node: URIRef, result: ArrangementVerdict, rules: Rules) -> None:
    """Write the verdict on an arrangement into a graph, on the node of the reasoner's status."""
    graph.add((node, MTG.verdictKind, result.verdict.iri))
    _add_answers(graph, node, MTG.onTerm, result.terms, rules)
    _add_answers(graph, node, MTG.toVerify, result.to_verify, rules)
    for n, reopening in enumerate(result.reopens_to, 1):
        iri = URIRef(f"{node}/reopening/{n}")
        graph.add((node, MTG.reopening, iri))
        graph.add((iri, RDF.type, MTG.Reopening))
        graph.add((iri, MTG.reopensTo, reopening.verdict.iri))
        _add_answers(graph, iri, MTG.choiceToChange, reopening.changes, rules)
    for duty in result.duties:
        iri = URIRef(f"{node}/duty/{duty.requirement.slug}")
        graph.add((node, MTG.hasDuty, iri))
        graph.add((iri, RDF.type, MTG.ProjectDuty))
        graph.add((iri, MTG.checksVersion, duty.requirement.version))
        graph.add((iri, MTG.dutyState, duty.state.iri))
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
        condition = URIRef(f"{node}/{name}/{term.criterion}")
        criterion = rules.criteria[term.criterion]
        graph.add((node, link, condition))
        graph.add((condition, RDF.type, MTG.Condition))
        graph.add((condition, MTG.criterion, criterion.iri))
        for value in criterion.values:
            if value.slug in term.to:
                graph.add((condition, MTG.accepts, value.iri))
