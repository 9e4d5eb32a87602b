"""The ways of awarding a contract that is named: the procedures worth naming, and why (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from montages.assessment.answer.amount_ladder import amount_ladder, sensible_with
from montages.assessment.answer.named_rows import AnswerRow
from montages.assessment.answer.procedure_advice import ProcedureAdvice, procedure_advice
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.procedures import (
    has_procedures,
    procedure_allowed,
    procedure_for,
    procedures_to_verify,
)
from montages.bilingual import Text
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True)
class Ways(OneLine):
    """The procedures of a contract worth naming: enough, allowed in any case, those enough once verified.

    `needed` is false where no procedure awards such a contract; `ladder` tells them by the amount, where that
    alone decides; `channel` is the one that takes their place (R44).
    """

    enough: ArrangementResult | None
    advice: ProcedureAdvice | None
    allowed: ArrangementResult | None
    awaited: tuple[ArrangementResult, ...]
    needed: bool = True
    ladder: Text | None = None
    channel: ArrangementResult | None = None

    def to_json(self, lang: str) -> dict[str, Any] | None:
        """Return the procedure that is enough as JSON, None where none is, or a channel takes its place."""
        if self.channel is not None or self.enough is None or self.enough.procedure is None:
            return None
        out: dict[str, Any] = {
            "slug": self.enough.arrangement.slug,
            "verdict": self.enough.procedure.value,
        }
        if self.advice is not None:
            out["why"] = self.advice.why[lang]
            out["sources"] = [source.slug for source in self.advice.sources]
        return out


def ways_of(named: AnswerRow, rules: Rules) -> Ways:
    """Return the ways of awarding a contract for the units that it is for."""
    contract, results, units = named.row.shown, named.part.verdicts, (named.part.unit,)
    enough = procedure_for(contract, results, rules)
    awaited = tuple(
        each
        for each in procedures_to_verify(contract, results, rules)
        if enough is None and sensible_with(contract, each, units, rules)
    )
    allowed = procedure_allowed(contract, results, rules)
    return Ways(
        enough,
        procedure_advice(enough, results, units, rules) if enough else None,
        allowed,
        awaited,
        needed=has_procedures(contract, results, rules),
        ladder=amount_ladder(awaited, allowed, units, rules) if enough is None else None,
        channel=_channel(contract, results, rules),
    )


def _channel(
    contract: ArrangementResult, results: Sequence[ArrangementResult], rules: Rules
) -> ArrangementResult | None:
    """Return the channel that surely is open and takes the place of a procedure, if there is one."""
    lineage = set(rules.lineage(contract.arrangement.slug))
    for result in results:
        channel = result.arrangement
        applies = channel.replaces_procedure and lineage & set(channel.applies_to)
        if applies and result.verdict is Verdict.FITS:
            return result
    return None
