"""The lightest changes of choices that reopen a contract, as an assessment has them already (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from montages.advice.what_if.change_words import change_sentence
from montages.advice.what_if.described_changes import number_within
from montages.advice.what_if.what_ifs import ChoiceChange
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.verdict.answer_changes import changed
from montages.assessment.verdict.unit_verdict import Reopening
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.logic import Verdict, folds
from montages.knowledge.periods import Rules, rules_at


@dataclass(frozen=True, eq=False)
class LightestReopening:
    """A contract closed by choices, the lightest changes that reopen it, for which units, to what verdict."""

    result: ArrangementResult
    changes: tuple[ChoiceChange, ...]
    units: tuple[str, ...]
    verdict: Verdict
    sentence: Text


def lightest_reopenings(assessment: Assessment, most: int) -> list[LightestReopening]:
    """Return the lightest changes that reopen contracts, one a contract in law, so many at most.

    Those that they would leave hardly sensible are passed over (R34b).
    """
    rules = rules_at(assessment.as_of)
    closed = [
        row.proposed for row in assessment.rows if row.shown.verdict is Verdict.CLOSED_BY_CHOICE
    ]
    reopened = [each for each in closed if each.reopens_to and not each.folded]
    reopened.sort(key=lambda it: (len(it.reopens_to[0].changes), it.reopens_to[0].verdict.rank))
    found = (_reopening(each, assessment, rules) for each in reopened)
    return list(islice((each for each in found if _is_sensible(each, assessment, rules)), most))


def _is_sensible(it: LightestReopening, assessment: Assessment, rules: Rules) -> bool:
    pairs = [(change.criterion.slug, change.to[0]) for change in it.changes]
    after = changed(_unit(it.result, assessment).answers, pairs, rules)
    preferences = rules.effective(it.result.arrangement.slug)
    return not any(each.soft and folds(each, after, rules) for each in preferences)


def _unit(result: ArrangementResult, assessment: Assessment) -> Unit:
    """Return the unit that a contract does best for."""
    units = [each.unit for each in assessment.units]
    return next((each for each in units if each.id == result.of_unit), units[0])


def _reopening(
    result: ArrangementResult, assessment: Assessment, rules: Rules
) -> LightestReopening:
    lightest = result.reopens_to[0]
    return LightestReopening(
        result,
        tuple(_changes(result, lightest, assessment, rules)),
        (result.of_unit,) if result.of_unit else (),
        lightest.verdict,
        change_sentence(lightest.changes, (), rules),
    )


def _changes(
    result: ArrangementResult, reopening: Reopening, assessment: Assessment, rules: Rules
) -> Iterator[ChoiceChange]:
    unit = _unit(result, assessment)
    for term in reopening.changes:
        criterion, answer = rules.criteria[term.criterion], unit.answer(term.criterion)
        number = None
        if criterion.numeric_property:
            number = number_within((term.criterion, term.to[0]), answer.number, rules)
        yield ChoiceChange(criterion, tuple(sorted(answer.values)), term.to, number=number)
