"""The verdicts of a batch as columns: a row a project, a verdict a contract, what is named and to verify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from montages.assessment.answer.short_answer import named_first
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.knowledge.logic import NOT_IN_FORCE
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at

_PROJECT, _NAMED, _TO_VERIFY = "projet", "montage_nomme", "a_verifier"


class VerdictColumns(NamedTuple):
    """The verdicts of a project by contract, the contract that is named if one is, the facts to verify.

    Where the answers do not tell its kind, it is what the kinds have in common, `marche-simple`.
    These are those of the contract that is named, or where none is those that most contracts still open
    wait for.
    """

    project: str
    verdicts: Mapping[str, str]
    contract: str | None
    to_verify: Sequence[str]

    @classmethod
    def of(cls, conclusions: Conclusions) -> VerdictColumns:
        """Return the columns of an assessment."""
        whole = conclusions.parts.project
        results = {result.arrangement.slug: result for result in whole.unranked}
        verdicts = {
            c.slug: _verdict(results[c.slug]) for c in _contracts(conclusions.premises.rules)
        }
        first = named_first(conclusions.parts)
        named = None if first is None else first.shown.arrangement.slug
        if first is None:
            facts = whole.ranking.common
        else:
            facts = tuple(term.criterion for term in first.shown.to_verify)
        return cls(str(conclusions.premises.project), verdicts, named, facts)

    def row(self) -> tuple[str, ...]:
        """Return them as cells; lists are separated by `|`."""
        return (
            self.project, *self.verdicts.values(), self.contract or "", "|".join(self.to_verify),
        )  # fmt: skip


def titles(day: date) -> tuple[str, ...]:
    """Return the titles of the columns under the law of a day."""
    return (
        _PROJECT,
        *(contract.slug for contract in _contracts(rules_at(day))),
        _NAMED,
        _TO_VERIFY,
    )


def _verdict(result: ArrangementVerdict) -> str:
    return result.verdict.value if result.in_force else NOT_IN_FORCE


@cache
def _contracts(rules: Rules) -> Sequence[Arrangement]:
    return [arrangement for arrangement in rules.proposed() if arrangement.kind == "contract"]
