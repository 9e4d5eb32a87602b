"""R9: the published graphs are enough for any OWL 2 RL reasoner with property chains."""

from __future__ import annotations

from datetime import date

import owlrl
import pytest
from rdflib import RDF, Graph, URIRef

from montages import Assessment, load
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.periods import rules_at
from montages.names import COMPILED, ID, MTG
from reasoned_statuses import fits_status

DAY = date(2026, 6, 1)
NOT_FACTS = {
    MTG.outcome, MTG.outcomeOf, MTG.status, MTG.statusOf, MTG.requires, MTG.satisfies, MTG.violates,
    MTG.exemptFrom, MTG.ruledOutFor, MTG.contradictedFor, MTG.Check, MTG.UnitVerdict, MTG.ProjectVerdict,
}  # fmt: skip
# By whether a unit is of the class of what is eligible, and of what is not.
_STATUSES = {
    (True, False): "eligible",
    (False, True): "ineligible",
    (True, True): "conflict",
    (False, False): "undetermined",
}


@pytest.fixture(scope="module")
def assessments() -> list[Assessment]:
    paths = [p for p in library.projects().values() if p.parent.name == "projects"]
    return load().assess_all(paths, as_of=DAY)


def facts(assessment: Assessment) -> Graph:
    return (
        assessment.premises.derived.graphs["asserted"]
        + assessment.premises.derived.graphs["closing"]
    )


@pytest.mark.slow
def test_the_facts_graph_holds_no_compiled_outcome_or_status_term(
    assessments: list[Assessment],
) -> None:
    for assessment in assessments:
        for triple in facts(assessment):
            for node in triple:
                assert not str(node).startswith(str(COMPILED)), triple
                assert node not in NOT_FACTS, triple


@pytest.mark.slow(seconds=45)
def test_owlrl_alone_gives_every_unit_the_classes_of_the_assessment(
    assessments: list[Assessment],
) -> None:
    graph = Graph() + library.ontology() + compile_rules(rules_at(DAY))
    for assessment in assessments:
        graph += facts(assessment)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    units = compared = 0
    for assessment in assessments:
        for unit in assessment.conclusions.units:
            units += 1
            types = set(graph.objects(unit.unit.iri, RDF.type))
            for verdict in unit.verdicts:
                slug = verdict.arrangement.slug
                classes = [
                    URIRef(COMPILED[f"{r}-{slug}"]) in types for r in ("Eligible", "Ineligible")
                ]
                if verdict.in_force:
                    status = _STATUSES[classes[0], classes[1]]
                    assert fits_status(verdict.best, status), (unit.unit.iri, slug)
                compared += 2
    print(f"{len(assessments)} projects, {units} units, {compared} classes compared")
    assert compared > 1000


def test_shared_values_are_never_typed_by_a_project(assessments: list[Assessment]) -> None:
    closures = (assessment.premises.derived.graphs["closure"] for assessment in assessments)
    typed = {
        str(s) for graph in closures for s in graph.subjects(RDF.type) if str(s).startswith(ID)
    }
    assert len(typed) > 100
    assert {name for name in typed if "/project/" not in name} == set()
