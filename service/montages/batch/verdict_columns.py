"""The verdicts of a batch as columns: a row a project, a verdict a contract, what is named and missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from montages.assessment.answer.short_answer import named_first
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.ranking import common_facts
from montages.knowledge.logic import NOT_IN_FORCE
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at

_PROJECT, _NAMED, _MISSING = "projet", "montage_nomme", "reponses_manquantes"


class VerdictColumns(NamedTuple):
    """The verdicts of a project by contract, the contract that is named if one is, and what is missing.

    Where the answers do not tell its kind, it is what the kinds have in common, `marche-simple`.
    Missing are the facts to verify of the contract that is named, or where none is those that most contracts
    still open wait for.
    """

    project: str
    verdicts: Mapping[str, str]
    contract: str | None
    missing: Sequence[str]

    @classmethod
    def of(cls, conclusions: Conclusions) -> VerdictColumns:
        """Return the columns of an assessment."""
        whole = conclusions.explainer.project
        results = {result.arrangement.slug: result for result in whole.unranked}
        verdicts = {
            c.slug: _verdict(results[c.slug]) for c in _contracts(conclusions.premises.rules)
        }
        first = named_first(conclusions.explainer)
        if first is None:
            return cls(
                str(conclusions.premises.project),
                verdicts,
                None,
                common_facts(whole.unranked, conclusions.premises.rules),
            )
        missing = [term.criterion for term in first.shown.to_verify]
        return cls(
            str(conclusions.premises.project), verdicts, first.shown.arrangement.slug, missing
        )

    def row(self) -> tuple[str, ...]:
        """Return them as cells; lists are separated by `|`."""
        return (
            self.project, *self.verdicts.values(), self.contract or "", "|".join(self.missing),
        )  # fmt: skip


def titles(day: date) -> tuple[str, ...]:
    """Return the titles of the columns under the law of a day."""
    return (_PROJECT, *(contract.slug for contract in _contracts(rules_at(day))), _NAMED, _MISSING)


def _verdict(result: ArrangementResult) -> str:
    return NOT_IN_FORCE if result.status == NOT_IN_FORCE else result.verdict.value


@cache
def _contracts(rules: Rules) -> Sequence[Arrangement]:
    return [arrangement for arrangement in rules.proposed() if arrangement.kind == "contract"]
