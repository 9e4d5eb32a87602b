"""A project assessed, and what to ask next of it, from one check and one run of the engine."""

from __future__ import annotations

from datetime import date

from montages.advice.questions.interview import Interview
from montages.advice.questions.next_questions import interview_of, scope_of
from montages.assessment.assess import checked
from montages.assessment.assessment import Assessment
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.knowledge.periods import rules_at


def assess_and_ask(
    description: Description, engine: Engine, *, as_of: date, lang: str, anyway: bool
) -> tuple[Assessment, Interview]:
    """Return the assessment of a description and its next questions.

    Raises Refused with the findings of one that does not conform, unless `anyway`.
    """
    rules = rules_at(as_of)
    check = checked(description, engine, anyway)
    derived = engine.derive([description], rules)[0]
    return (
        Assessment(description, check, derived, rules, as_of, lang),
        interview_of(description, derived, rules, scope_of((), rules), as_of, lang),
    )
