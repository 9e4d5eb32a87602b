"""R16: a proof is checked step by step by a checker that shares no code with the explainer."""

from __future__ import annotations

import ast
import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from montages import Assessment, load
from montages.description.description import Description
from montages.description.parsing.parse import parse
from montages.errors import UnknownName, UnreadableInput
from montages.knowledge.files import library
from montages.proof import proof_rules, verify
from montages.proof import prove as prove_module
from montages.proof.prove import ProofSearch, prove

DAY = date(2026, 6, 1)
CONFLICT = """
@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix exploitation-risk: <https://w3id.org/montages/id/exploitation-risk/> .
<contradiction> a mtg:Project ; rdfs:label "x"@fr ;
  mtg:exploitationRisk exploitation-risk:real , exploitation-risk:none .
"""


@pytest.fixture(scope="module")
def read() -> dict[str, Description]:
    knowledge, paths = load(), library.projects()
    found = {name: knowledge.read(paths[name]) for name in ("dijon", "saumur", "exemple-metropole")}
    return found | {"contradiction": parse(CONFLICT)}


@pytest.fixture(scope="module")
def assessed(read: dict[str, Description]) -> dict[str, Assessment]:
    found = load().assess_all(list(read.values()), as_of=DAY, anyway=True)
    return dict(zip(read, found, strict=True))


EXPECTED = {
    "dijon": "undetermined",
    "saumur": "undetermined",
    "exemple-metropole": "ineligible",
    "contradiction": "conflict",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPECTED)
def test_every_status_of_every_arrangement_has_a_verified_proof(
    name: str, read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    assessment = assessed[name]
    search, checker = ProofSearch(assessment.premises), verify.Checker(read[name], DAY)
    statuses = set()
    for verdict in assessment.conclusions.verdicts:
        found = prove(assessment, verdict.arrangement.slug, search=search)
        assert verify.verify(read[name], found, checker=checker) == [], verdict.arrangement.slug
        statuses.add(found["status"])
    assert EXPECTED[name] in statuses


@pytest.mark.slow
def test_a_changed_step_makes_the_proof_fail_there_or_where_it_is_used(
    read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    found = prove(assessed["exemple-metropole"], "concession")
    checker = verify.Checker(read["exemple-metropole"], DAY)
    for step in found["steps"]:
        changed = copy.deepcopy(found)
        victim = next(s for s in changed["steps"] if s["id"] == step["id"])
        victim["conclusion"] += "x"
        failures = verify.verify(read["exemple-metropole"], changed, checker=checker)
        users = {s["id"] for s in found["steps"] if step["id"] in s["premises"]}
        assert {f.step for f in failures} & {step["id"], *users}, step


@pytest.mark.slow
def test_a_premise_left_out_makes_its_step_fail(
    read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    found = prove(assessed["exemple-metropole"], "mpgp")
    checker = verify.Checker(read["exemple-metropole"], DAY)
    seen = set()
    for n, step in enumerate(found["steps"]):
        if not step["premises"] or step["rule"] in seen or step["rule"].startswith("close/"):
            continue
        seen.add(step["rule"])
        changed = copy.deepcopy(found)
        changed["steps"][n]["premises"] = step["premises"][:-1]
        failures = verify.verify(read["exemple-metropole"], changed, checker=checker)
        assert step["id"] in {f.step for f in failures}, step
    assert len(seen) >= 5


@pytest.mark.slow
def test_a_proof_of_undetermined_lists_the_facts_searched_and_they_are_absent(
    read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    found = prove(assessed["dijon"], "mpgp")
    searches = [s for s in found["steps"] if s.get("searched")]
    of_units = (unit.by_slug["mpgp"] for unit in assessed["dijon"].conclusions.units)
    wanted = {name for of_unit in of_units for name in of_unit.wanted}
    assert {s["criterion"] for s in searches} >= wanted
    changed = copy.deepcopy(found)
    stated = f"{assessed['dijon'].premises.project} https://w3id.org/montages/def/durationMonths *"
    step = next(s for s in changed["steps"] if s.get("searched"))
    step["searched"].append(stated)
    assert step["id"] in {f.step for f in verify.verify(read["dijon"], changed)}


def test_a_proof_of_another_project_fails(
    read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    assert verify.verify(read["dijon"], prove(assessed["saumur"], "dsp"))


def test_a_proof_that_a_contract_is_not_in_force_claims_that_contract(
    read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    proof = prove(assessed["saumur"], "dsp")
    steps = [
        {
            "id": "n1",
            "conclusion": "https://w3id.org/montages/id/procedure/unknown-one in-force no",
            "rule": "not-in-force",
            "premises": [],
        }
    ]
    claim = proof | {"status": "not-in-force", "conclusion": "n1", "steps": steps}
    assert verify.verify(read["saumur"], claim | {"contract": "unknown-one"}) == []
    assert verify.verify(read["saumur"], claim)


@pytest.mark.parametrize("step", [{}, {"rule": "not-in-force", "conclusion": "word in-force no"}])
def test_a_step_without_rule_or_address_fails_and_is_no_error(
    step: dict[str, str], read: dict[str, Description], assessed: dict[str, Assessment]
) -> None:
    proof = prove(assessed["saumur"], "dsp")
    odd = {"id": "odd", "conclusion": "a b c", "premises": []} | step
    failures = verify.verify(read["saumur"], proof | {"steps": [odd, *proof["steps"]]})
    assert [failure.step for failure in failures] == ["odd"]


@pytest.mark.parametrize("bad", [{}, [], {"steps": [{}]}, {"steps": "x", "as_of": "y"}, "text", 3])
def test_what_is_not_a_proof_is_refused_with_a_clear_error(
    bad: Any, read: dict[str, Description]
) -> None:
    with pytest.raises(UnreadableInput, match="not a Montages proof"):
        verify.verify(read["dijon"], bad)


def test_an_unknown_arrangement_is_named(assessed: dict[str, Assessment]) -> None:
    with pytest.raises(UnknownName, match="nonsense"):
        prove(assessed["dijon"], "nonsense")


def test_the_checker_decides_by_its_own_tables_and_shares_no_code_with_the_explainer() -> None:
    for module in (verify, proof_rules):
        tree = ast.parse(Path(str(module.__file__)).read_text())
        imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        apart = {
            "montages.assessment.parts",
            "montages.assessment.arrangement_verdict",
            "montages.proof.prove",
            "montages.engine.reference.reason",
            "montages.engine.reference.derive",
            "montages.engine.fast.fast_derive",
            "montages.knowledge.logic",
            "montages.knowledge.compiled.masks",
        }
        assert not imported & apart
    assert not hasattr(prove_module, "verify")
