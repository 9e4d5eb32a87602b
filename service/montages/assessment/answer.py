"""The answer in short: which row comes first, what is still to be found out for all, by which procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.procedures import procedure_for
from montages.assessment.ranking import Row, common_facts, rows
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class ShortAnswer:
    """The first row, None where no contract is open, with the facts common to all and the procedure."""

    first: Row | None
    common: tuple[str, ...]
    procedure: ArrangementResult | None

    def to_json(self) -> dict[str, Any]:
        """Return the short answer as JSON."""
        procedure = None
        if self.procedure is not None and self.procedure.procedure is not None:
            slug = self.procedure.arrangement.slug
            procedure = {"slug": slug, "verdict": self.procedure.procedure.value}
        return {
            "first": self.first.slug if self.first else None,
            "contract": self.first.shown.arrangement.slug if self.first else None,
            "verdict": self.first.best.verdict.value if self.first else None,
            "common": list(self.common),
            "procedure": procedure,
        }


def short_answer(results: Sequence[ArrangementResult], rules: Rules) -> ShortAnswer:
    """Return the short answer that ranked results give."""
    first = next(iter(rows(results, rules)), None)
    if first is None or not first.best.verdict.open:
        return ShortAnswer(None, common_facts(results, rules), None)
    procedure = procedure_for(first.shown, results, rules)
    return ShortAnswer(first, common_facts(results, rules), procedure)
