"""R29: what is retained beside the contract, and what was dropped, is judged like a retained contract."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import RDF, URIRef

from agreeing import triples
from description_files import parse_file
from montages import Assessment, load
from montages.assessment.retained import CONSTRAINT
from montages.knowledge.files import library
from montages.knowledge.logic import Verdict
from montages.names import MTG
from montages.publish import assessment_page
from montages.publish.text import assessment_text, typeset

DAY = date(2026, 6, 1)
CASE = library.ROOT / "tests/cases/what-is-retained-beside-the-contract-is-judged-too"


def assessed(engine: str) -> Assessment:
    description = parse_file(CASE / "description.yaml")
    return load(engine).assess(description, as_of=DAY)


@pytest.fixture(scope="module")
def it() -> Assessment:
    return assessed("fast")


@pytest.mark.slow
def test_the_units_of_what_is_ruled_out_are_retained_against_facts_on_both_engines(
    it: Assessment,
) -> None:
    reference = assessed("reference")
    assert triples(it.premises.derived.graphs) == triples(reference.premises.derived.graphs)
    assert it.to_json() == reference.to_json()
    against = set(
        it.premises.derived.graphs["closure"].subjects(RDF.type, MTG.RetainedAgainstFacts)
    )
    assert against == {URIRef(u.unit.iri) for u in it.conclusions.units}  # the SEMOP, everywhere


def test_each_kind_is_judged_where_it_is_stated_nearest(it: Assessment) -> None:
    places = {r.contract: r.units for r in it.coherence.retained}
    assert places["procedure-formalisee"] == ("objects@nord",)
    assert places["procedure-adaptee"] == ("objects@sud",)
    assert places["semop"] == places["groupement-de-commandes"] == ("objects@nord", "objects@sud")


def test_a_finding_names_each_thing_ruled_out_by_its_own_property(it: Assessment) -> None:
    findings = [f for f in it.coherence.findings if f.constraint == str(CONSTRAINT)]
    assert {f.path for f in findings} == {str(MTG.retainedProcedure), str(MTG.retainedVehicle)}
    assert any("La procédure retenue contredit" in f.message.fr for f in findings)


def test_a_state_is_said_with_its_date_and_what_was_dropped_is_no_fault(it: Assessment) -> None:
    (dropped,) = [r for r in it.coherence.retained_contracts if r.state]
    assert (dropped.contract, dropped.state, dropped.state_on) == ("dsp", "dropped", "2024-05")
    assert not dropped.signed
    assert "abandonné 2024-05" in typeset.plain(assessment_text.assessment_text(it))
    assert "abandonné 2024-05" in assessment_page.page([it])
    against = {"retained": "dsp", "answers": {"exploitation-risk": "none"}}
    for state, faults in (("dropped", 0), ("in-consultation", 1), ("signed", 1)):
        project = {"project": "P", "contract-state": state, **against}
        findings = load().assess(project, as_of=DAY).coherence.findings
        assert len([f for f in findings if f.constraint == str(CONSTRAINT)]) == faults, state


def test_a_mere_kind_of_contract_is_judged_too() -> None:
    project = {"project": "P", "retained": "marche-public"}
    (retained,) = load().assess(project, as_of=DAY).coherence.retained
    assert retained.verdict is Verdict.TO_VERIFY


def test_the_summary_counts_apart_what_goes_around_and_leaves_out_what_was_dropped(
    it: Assessment,
) -> None:
    line = assessment_text.summary([it], "fr")
    assert line.startswith("1 projet, 1 contrat retenu")
    assert "3 procédures, groupements, centrales et sociétés retenus" in line
    assert "Faits encore ouverts, en moyenne par projet" in line
