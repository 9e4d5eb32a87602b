"""The answer in short: which row comes first, what is still to be found out for all, by which procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.procedures import (
    has_procedures,
    procedure_allowed,
    procedure_for,
    procedures_to_verify,
)
from montages.assessment.ranking import common_facts
from montages.assessment.rows import Row, may_lead
from montages.assessment.verdict.unknown_facts import nothing_decided
from montages.assessment.words.amount_ladder import amount_ladder, sensible_with
from montages.assessment.words.answer_sentence import (
    NOTHING_DECIDED,
    Ways,
    answer_sentence,
    nothing_stated_sentence,
)
from montages.assessment.words.next_steps import (
    NextStep,
    nothing_stated,
    steps_before,
    steps_of,
    steps_where_unknown,
)
from montages.assessment.words.nothing_open import nearest, nearest_first, nothing_open
from montages.assessment.words.procedure_advice import ProcedureAdvice, procedure_advice
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class ShortAnswer:
    """The first row, None where no contract is to be named first; common facts; procedure.

    `nearest` is then the contract that a change of choices brings closest, if one does.
    `headline` says what one may do, on what terms and by which procedure; `steps` what to do next.
    """

    first: Row | None
    headline: Text
    steps: tuple[NextStep, ...]
    common: tuple[str, ...]
    procedure: ArrangementResult | None
    advice: ProcedureAdvice | None
    nearest: ArrangementResult | None = None

    @cached_property
    def sentence(self) -> Text:
        """Return the headline and what to do next, as one text."""
        return Text(
            *(
                " ".join((self.headline[lang], *(step.sentence(lang) for step in self.steps)))
                for lang in ("fr", "en")
            )
        )

    @property
    def next(self) -> tuple[str, ...]:
        """Return the criteria to answer next; those that are common to all where no row is first."""
        asked = self._about("describe", "find-out", "verify")
        return asked if asked or self.first else self.common

    @property
    def undecided(self) -> bool:
        """Tell whether so much is unknown that nothing can be decided yet."""
        return bool(self.facts_to_find_out)

    @property
    def facts_to_find_out(self) -> tuple[str, ...]:
        """Return the facts to find out first, by slug, where nothing can be decided yet."""
        return self._about("find-out")

    @property
    def names_none(self) -> bool:
        """Tell whether no contract is named yet: something is to be described or found out before."""
        return any(step.precedes for step in self.steps)

    @property
    def duties(self) -> tuple[str, ...]:
        """Return the duties of whoever takes the first row."""
        return self._about("do")

    def _about(self, *kinds: str) -> tuple[str, ...]:
        steps = (step for step in self.steps if step.kind in kinds)
        return tuple(action.about for step in steps for action in step.actions)

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the short answer as JSON."""
        return {
            "sentence": self.sentence[lang],
            "first": self.first.slug if self.first else None,
            "contract": self.first.proposed.arrangement.slug if self.first else None,
            "verdict": self.first.best.verdict.value if self.first else None,
            "nearest": self.nearest.arrangement.slug if self.nearest else None,
            "procedure": self._procedure(lang),
            "common": list(self.common),
            "next": list(self.next),
            "duties": list(self.duties),
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
            out["sources"] = [source.slug for source in self.advice.sources]
        return out


def named_first(
    rows: Sequence[Row], units: Sequence[Unit], rules: Rules
) -> tuple[Row | None, ArrangementResult | None]:
    """Return the row that the answer names, None where none is open or the nearest is named before it."""
    first = next(iter(rows), None)
    if first is None or not first.best.verdict.open:
        return None, None
    closest = None if may_lead(first, units, rules) else nearest(rows, rules)
    return (first, None) if closest is None else (None, closest)


def short_answer(
    results: Sequence[ArrangementResult],
    rows: Sequence[Row],
    units: Sequence[Unit],
    rules: Rules,
) -> ShortAnswer:
    """Return the short answer that ranked results and their rows give."""
    (first, closest), common = named_first(rows, units, rules), common_facts(results, rules)
    if closest is not None:
        headline = nearest_first(closest, rows[0].shown, rules)
        return ShortAnswer(None, headline, (), common, None, None, closest)
    if first is None:
        headline, closest = nothing_open(rows, units, rules)
        return ShortAnswer(None, headline, (), common, None, None, closest)
    procedure = procedure_for(first.shown, results, rules)
    advice = procedure_advice(procedure, results, units, rules) if procedure else None
    awaited = tuple(
        each
        for each in procedures_to_verify(first.shown, results, rules)
        if procedure is None and sensible_with(first.shown, each, units, rules)
    )
    allowed = procedure_allowed(first.shown, results, rules)
    ways = Ways(
        procedure,
        advice,
        allowed,
        awaited,
        ladder=amount_ladder(awaited, allowed, units, rules) if procedure is None else None,
        needed=has_procedures(first.shown, results, rules),
    )
    if nothing_stated(units):
        headline = nothing_stated_sentence(first.shown, ways, rules)
        steps = steps_before(first.shown, ways.awaited[:1], rules)
    elif nothing_decided(first.shown.to_verify, units, rules):
        headline, steps = NOTHING_DECIDED, steps_where_unknown(rows, units, rules)
    else:
        headline = answer_sentence(rows, ways, units, rules)
        steps = steps_of(first.shown, rules)
    return ShortAnswer(first, headline, steps, common, procedure, advice)
