"""What procedures are for a purchase at another amount, or on another day: its other answers stay.

The judge of verdicts says it, from the answers as they are: the rules of a day need not be compiled for the
engine, which takes seconds.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from montages.advice.thresholds.amount_rules import amount_criterion, bucket_of
from montages.assessment.arrangement_result import ArrangementResult, Told
from montages.assessment.checks.unit_outcomes import to_the_point
from montages.assessment.procedures import procedures
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.stated_answers import stated
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import Answer
from montages.knowledge.periods import Rules


def procedures_at(unit: Unit, amount: Decimal, rules: Rules) -> tuple[ArrangementResult, ...]:
    """Return what the procedures of a purchase of an amount are under the rules of a day, lightest first.

    Of their points of attention, those that the answers call for are there.
    """
    name = amount_criterion().slug
    within = bucket_of(amount, rules.buckets[name])
    answer = Answer(frozenset({within.slug}), state="explicit", number=amount)
    priced = replace(unit, answers={**unit.answers, name: answer})
    answers = stated(priced.answers, rules)
    called_for = to_the_point(priced.answers, rules)
    results = [
        ArrangementResult(
            arrangement,
            logic.status(arrangement.slug, priced.answers, rules),
            unit_verdict(arrangement.slug, answers, rules),
            (0.0, 1.0),
            explanation=Told(
                attention=tuple(
                    point
                    for point in rules.attentions
                    if point.slug in called_for
                    and set(point.arrangements) & set(rules.lineage(arrangement.slug))
                )
            ),
        )
        for arrangement in rules.proposed()
        if arrangement.kind in ("contract", "procedure")
    ]
    return procedures(results, rules, (priced,))
