"""The answer in short: which row comes first, what is still to be found out for all, by which procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from montages.assessment.arrangement_result import ArrangementResult, source_json
from montages.assessment.procedures import procedure_allowed, procedure_for, procedure_to_verify
from montages.assessment.ranking import Row, common_facts, stands_alone
from montages.assessment.words.answer_sentence import (
    Ways,
    answer_sentence,
    nearest,
    nearest_first,
    nothing_open,
)
from montages.assessment.words.procedure_advice import ProcedureAdvice, procedure_advice
from montages.engine.units import Unit
from montages.knowledge.model import Text
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class ShortAnswer:
    """The first row, None where no contract is to be named first, in a sentence; common facts; procedure."""

    first: Row | None
    sentence: Text
    common: tuple[str, ...]
    procedure: ArrangementResult | None
    advice: ProcedureAdvice | None

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the short answer as JSON."""
        return {
            "sentence": self.sentence[lang],
            "first": self.first.slug if self.first else None,
            "contract": self.first.proposed.arrangement.slug if self.first else None,
            "verdict": self.first.best.verdict.value if self.first else None,
            "common": list(self.common),
            "procedure": self._procedure(lang),
        }

    def _procedure(self, lang: str) -> dict[str, Any] | None:
        if self.procedure is None or self.procedure.procedure is None:
            return None
        out: dict[str, Any] = {
            "slug": self.procedure.arrangement.slug,
            "verdict": self.procedure.procedure.value,
        }
        if self.advice is not None:
            out["why"] = self.advice.why[lang]
            out["sources"] = [source_json(source, lang) for source in self.advice.sources]
        return out


def short_answer(
    results: Sequence[ArrangementResult],
    rows: Sequence[Row],
    units: Sequence[Unit],
    rules: Rules,
) -> ShortAnswer:
    """Return the short answer that ranked results and their rows give."""
    first, common = next(iter(rows), None), common_facts(results, rules)
    if first is None or not first.best.verdict.open:
        return ShortAnswer(None, nothing_open(rows, units, rules), common, None, None)
    if not stands_alone(first.shown, units, rules) and (other := nearest(rows)) is not None:
        sentence = nearest_first(other, first.shown, units, rules)
        return ShortAnswer(None, sentence, common, None, None)
    procedure = procedure_for(first.shown, results, rules)
    advice = procedure_advice(procedure, results, units, rules) if procedure else None
    ways = Ways(
        procedure,
        advice,
        procedure_allowed(first.shown, results, rules),
        procedure_to_verify(first.shown, results, rules),
    )
    sentence = answer_sentence(rows, ways, units, rules)
    return ShortAnswer(first, sentence, common, procedure, advice)
