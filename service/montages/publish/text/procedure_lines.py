"""The procedures of each family of contracts under their verdicts, with one line of advice (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.parts import Part
from montages.assessment.procedures import procedure_advice
from montages.assessment.wording import facts_text
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules
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


def procedures(conclusions: Conclusions, lang: str) -> list[ProcedureGroup]:
    """Return the procedures of the contracts that are open, lightest first under each of their verdicts.

    Those of the contracts that the answer names are first, each for the part of the project that it is for;
    where no contract is open, every family is there. Who buys through a channel follows none of their own.
    """
    rows = conclusions.answer.rows
    if rows and all(named.award.channel is not None for named in rows):
        return []
    rules, whole = conclusions.premises.rules, conclusions.parts.project
    named = [(answer_row.row, answer_row.part) for answer_row in rows]
    others = ((row, whole) for row in conclusions.rows[len(named) :])
    useful = [
        *named,
        *((row, of) for row, of in others if row.shown.verdict.open and not row.folded),
    ]
    families: dict[tuple[str, ...], Part] = {}
    for row, of in useful:
        kinds = {*rules.lineage(row.shown.arrangement.slug), *row.shown.arrangement.buys_by}
        for to in _families(of):
            if kinds & set(to):
                families.setdefault(to, of)
    if not useful:
        families = dict.fromkeys(_families(whole), whole)
    return [_group(to, of, rules, lang) for to, of in families.items()]


def _families(of: Part) -> dict[tuple[str, ...], list[ArrangementVerdict]]:
    """Return kinds of contracts → the procedures that award them."""
    families: dict[tuple[str, ...], list[ArrangementVerdict]] = {}
    for result in of.verdicts:
        if result.procedure is not None:
            families.setdefault(result.arrangement.applies_to, []).append(result)
    return families


def _group(to: tuple[str, ...], of: Part, rules: Rules, lang: str) -> ProcedureGroup:
    members = _families(of)[to]
    names: dict[str, list[str]] = {}
    for result in members:
        if result.procedure:
            names.setdefault(result.procedure.value, []).append(result.arrangement.label[lang])
    enough = next((r for r in members if r.procedure is ProcedureVerdict.SUFFICIENT), None)
    advice = procedure_advice(enough, members, of.unit, rules) if enough else None
    return ProcedureGroup(
        ", ".join(rules.book.arrangements[slug].label[lang] for slug in to),
        tuple((v.value, tuple(names[v.value])) for v in ProcedureVerdict if v.value in names),
        Reason(advice.why[lang], advice.sources) if advice else None,
        None if enough else _once_verified(members, rules, lang),
        tuple(enough.attention) if enough else (),
    )


def _once_verified(members: Sequence[ArrangementVerdict], rules: Rules, lang: str) -> Reason | None:
    """Return what makes the lightest procedure still open suffice, with its name."""
    for result in members:
        if result.procedure is ProcedureVerdict.TO_VERIFY and result.to_verify:
            facts = facts_text(result.to_verify, rules)[lang]
            name = result.arrangement.label[lang]
            return Reason(f"{name}, {phrase('once-verified', lang)} {facts}")
    return None
