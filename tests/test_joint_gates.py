"""The procedures that the page of a contract lists: those that some answers open together with it."""

from __future__ import annotations

from datetime import date

import pytest

from montages.knowledge.compiled.verdict_diagram import may_go_together
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import rules_at
from mutations import DAY, projects
from officer_texts import page_at

RULES = rules_at(date.fromisoformat(DAY))


@pytest.mark.parametrize(
    ("contract", "procedure", "possible"),
    [
        ("marche-travaux", "procedure-adaptee-specifique", False),
        ("marche-fournitures", "procedure-adaptee-specifique", False),
        ("conception-realisation", "procedure-adaptee-specifique", False),
        ("marche-de-partenariat", "procedure-sans-publicite", False),
        ("marche-services", "procedure-adaptee-specifique", True),
        ("marche-travaux", "procedure-adaptee", True),
        ("mpgp", "dialogue-competitif", True),
        ("concession", "concession-simplifiee", True),
    ],
)
def test_what_no_answers_open_together_does_not_go_together(
    contract: str, procedure: str, possible: bool
) -> None:
    assert may_go_together(contract, procedure, RULES) is possible


def test_what_a_project_is_eligible_for_together_goes_together() -> None:
    compared = 0
    for project in projects(step=2):
        for unit in project.conclusions.units:
            # Where an answer is missing, each of two may be open on another value of it.
            opened = {r.arrangement.slug: r for r in unit.verdicts if r.verdict is Verdict.FITS}
            contracts = [s for s, r in opened.items() if r.arrangement.kind == "contract"]
            for procedure in (r.arrangement for r in opened.values() if r.procedure):
                for slug in contracts:
                    if set(procedure.applies_to) & set(RULES.lineage(slug)):
                        assert may_go_together(slug, procedure.slug, RULES), (
                            project.premises.project
                        )
                        compared += 1
    assert compared


def test_the_page_of_a_contract_lists_no_other() -> None:
    name = RULES.arrangements["procedure-adaptee-specifique"].label.fr
    told = {
        slug: name in page_at(f"/id/contract/{slug}.html").partition('class="rules"')[0]
        for slug in ("marche-travaux", "marche-services")
    }
    assert told == {"marche-travaux": False, "marche-services": True}
