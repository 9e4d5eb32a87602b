"""The procedures of each family of contracts under their verdicts, with one line of advice (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.words.procedure_advice import procedure_advice
from montages.assessment.words.wording import facts_text
from montages.engine.units import Unit
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules, rules_at
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason


@dataclass(frozen=True)
class ProcedureGroup:
    """The procedures of one family of contracts under their verdicts, and what to mind.

    `advice` says why one suffices; where none does yet, `awaited` what has to be verified.
    """

    name: str
    verdicts: tuple[tuple[str, tuple[str, ...]], ...]
    advice: Reason | None
    awaited: Reason | None
    attention: tuple[Attention, ...]

    @property
    def notes(self) -> tuple[Attention, ...]:
        """Return the points that are told with the advice."""
        return tuple(point for point in self.attention if point.advice_note)

    @property
    def others(self) -> tuple[Attention, ...]:
        """Return the points whose names are enough beside the advice."""
        return tuple(point for point in self.attention if not point.advice_note)


def procedures(assessment: Assessment, lang: str) -> list[ProcedureGroup]:
    """Return the procedures of the contracts that are open, lightest first under each of their verdicts.

    The family of the contract that comes first is first; where none is open, every family is there.
    """
    rules, units = rules_at(assessment.as_of), [each.unit for each in assessment.units]
    lineages = [
        (*rules.lineage(row.shown.arrangement.slug), *row.shown.arrangement.buys_by)
        for row in assessment.rows
        if row.shown.verdict.open and not row.shown.folded
    ]
    families: dict[tuple[str, ...], list[ArrangementResult]] = {}
    for result in assessment.verdicts:
        if result.procedure is not None:
            families.setdefault(result.arrangement.applies_to, []).append(result)
    useful = {to: place for to in families if (place := _place(to, lineages)) is not None}
    order = sorted(useful, key=lambda to: useful[to])
    return [
        _group(to, families[to], units, rules, lang) for to in (order if lineages else families)
    ]


def _place(to: Sequence[str], lineages: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the first open contract that some procedures apply to."""
    return next((n for n, lineage in enumerate(lineages) if set(to) & set(lineage)), None)


def _group(
    to: Sequence[str],
    members: Sequence[ArrangementResult],
    units: Sequence[Unit],
    rules: Rules,
    lang: str,
) -> ProcedureGroup:
    names: dict[str, list[str]] = {}
    for result in members:
        if result.procedure:
            names.setdefault(result.procedure.value, []).append(result.arrangement.label[lang])
    enough = next((r for r in members if r.procedure is ProcedureVerdict.SUFFICIENT), None)
    advice = procedure_advice(enough, members, units, rules) if enough else None
    return ProcedureGroup(
        ", ".join(rules.book.arrangements[slug].label[lang] for slug in to),
        tuple((v.value, tuple(names[v.value])) for v in ProcedureVerdict if v.value in names),
        Reason(advice.why[lang], advice.sources) if advice else None,
        None if enough else _once_verified(members, rules, lang),
        tuple(enough.attention) if enough else (),
    )


def _once_verified(members: Sequence[ArrangementResult], rules: Rules, lang: str) -> Reason | None:
    """Return what makes the lightest procedure still open suffice, with its name."""
    for result in members:
        if result.procedure is ProcedureVerdict.TO_VERIFY and result.to_verify:
            facts = facts_text(result.to_verify, rules)[lang]
            name = result.arrangement.label[lang]
            return Reason(f"{name}, {phrase('once-verified', lang)} {facts}")
    return None
