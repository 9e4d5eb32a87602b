"""The lightest changes of choices that reopen a contract, as an assessment has them already (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from montages.advice.what_if.closing_effects import number_within
from montages.advice.what_if.what_ifs import ChoiceChange, change_sentence
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unit_verdict import Reopening
from montages.bilingual import Text
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class LightestReopening:
    """A contract closed by choices, the lightest changes that reopen it, to what verdict."""

    result: ArrangementResult
    changes: tuple[ChoiceChange, ...]
    verdict: Verdict
    sentence: Text


def lightest_reopenings(conclusions: Conclusions, most: int) -> list[LightestReopening]:
    """Return the lightest changes that reopen contracts, one a contract in law, so many at most.

    Those that they would leave hardly sensible are passed over (R34b).
    """
    rules = conclusions.premises.rules
    near = ((row.shown, row.near) for row in conclusions.rows if row.near is not None)
    sensible = ((result, change) for result, (nearness, change) in near if not nearness.folded)
    reopenings = (_reopening(result, change, conclusions, rules) for result, change in sensible)
    return list(islice(reopenings, most))


def _reopening(
    result: ArrangementResult, lightest: Reopening, conclusions: Conclusions, rules: Rules
) -> LightestReopening:
    return LightestReopening(
        result,
        tuple(_changes(lightest, conclusions, rules)),
        lightest.verdict,
        change_sentence(lightest.changes, (), rules),
    )


def _changes(
    reopening: Reopening, conclusions: Conclusions, rules: Rules
) -> Iterator[ChoiceChange]:
    unit = conclusions.premises.whole
    for term in reopening.changes:
        criterion, answer = rules.criteria[term.criterion], unit.answer(term.criterion)
        number = None
        if criterion.numeric_property:
            number = number_within((term.criterion, term.to[0]), answer.number, rules)
        yield ChoiceChange(criterion, tuple(sorted(answer.values)), term.to, number=number)
