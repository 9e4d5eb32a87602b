"""R25, R34: a threshold that has no known value on the day closes nothing; what it decides is to verify."""

from __future__ import annotations

from datetime import date

import pytest

from dated_amounts import unknown_day
from montages import load
from montages.assessment.wording import facts_text
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.periods import rules_at

pytestmark = pytest.mark.clock

WORKS = {"project": "P", "answers": {"estimated-value": 1500000, "contract-object": "works"}}


@pytest.mark.parametrize(
    ("day", "verdict", "procedure"),
    [
        (date(2026, 11, 25), Verdict.FITS, ProcedureVerdict.SUFFICIENT),
        (unknown_day("formal-works"), Verdict.TO_VERIFY, ProcedureVerdict.TO_VERIFY),
    ],
)
def test_a_threshold_not_known_yet_leaves_its_procedure_to_verify(
    day: date, verdict: Verdict, procedure: ProcedureVerdict
) -> None:
    assessment = load().assess(WORKS, as_of=day)
    result = assessment.conclusions.verdict("procedure-adaptee")
    assert (result.verdict, result.procedure) == (verdict, procedure)
    waiting = [term.criterion for term in result.to_verify]
    assert waiting == (["estimated-value"] if verdict is Verdict.TO_VERIFY else [])
    assert facts_text(result.to_verify, rules_at(day)).fr == (
        "que le seuil de ce jour-là est connu" if verdict is Verdict.TO_VERIFY else ""
    )
