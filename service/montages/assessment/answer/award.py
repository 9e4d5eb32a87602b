"""The ways of awarding a contract that is named: the procedures worth naming, and why (R37).

Where no amount is stated they are a ladder: each with the amount up to which it is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, NotRequired, TypedDict

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.entry_types import ProcedureKind, SourceNames
from montages.assessment.parts import Part
from montages.assessment.procedures import ProcedureAdvice, calling, procedure_advice
from montages.assessment.qualification import folds
from montages.assessment.verdict.answers import changed
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_text, enumerated, in_sentence
from montages.bilingual import Text, in_both, message
from montages.engine.units import Unit
from montages.json_schema import Slug
from montages.knowledge.buckets import Bucket, Cut, measured_in
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.naming_order import applying
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


class EnoughEntry(TypedDict):
    """A procedure that is enough, and why."""

    slug: Slug
    verdict: ProcedureKind
    why: NotRequired[str]
    sources: NotRequired[SourceNames]
    articles: NotRequired[
        Annotated[list[str], "The names of the sources, where no list explains them."]
    ]


@dataclass(frozen=True)
class Award(OneLine):
    """The procedures of a contract worth naming: enough, allowed in any case, those enough once verified.

    `needed` is false where no procedure awards such a contract; `ladder` tells them by the amount, where that
    alone decides; `channel` is the one that takes their place (R44), `joint` one that goes with them.
    """

    enough: ArrangementVerdict | None
    advice: ProcedureAdvice | None
    allowed: ArrangementVerdict | None
    awaited: tuple[ArrangementVerdict, ...]
    needed: bool = True
    ladder: Text | None = None
    channel: ArrangementVerdict | None = None
    joint: ArrangementVerdict | None = None

    def to_json(self, lang: str) -> EnoughEntry | None:
        """Return the procedure that is enough as JSON, None where none is, or a channel takes its place."""
        if self.channel is not None or self.enough is None or self.enough.procedure is None:
            return None
        out: EnoughEntry = {"slug": self.enough.arrangement.slug, "verdict": self.enough.procedure}
        if self.advice is not None:
            out["why"] = self.advice.why[lang]
            out["sources"] = [source.slug for source in self.advice.sources]
        return out


def award_of(contract: ArrangementVerdict, part: Part) -> Award:
    """Return the ways of awarding a contract for the units that it is for."""
    rules, results, unit = part.rules, part.verdicts, part.unit
    applies = applying(contract.arrangement.slug, rules)
    own = [result for result in results if result.arrangement.slug in applies]
    verdicts = {verdict: [r for r in own if r.procedure is verdict] for verdict in ProcedureVerdict}
    enough = next(iter(verdicts[ProcedureVerdict.SUFFICIENT]), None)
    bits = part.outcomes.stated.bits
    # The first of those for which most answers call.
    allowed = max(
        verdicts[ProcedureVerdict.ALLOWED],
        key=lambda r: calling(r.arrangement.slug, bits, rules),
        default=None,
    )
    awaited = tuple(
        procedure
        for procedure in verdicts[ProcedureVerdict.TO_VERIFY]
        if procedure.to_verify
        and not (enough or procedure.arrangement.ranks_behind)
        and sensible_with(contract, procedure, unit, rules)
        and not _passed_in_a_year(procedure, unit, rules)
    )
    channels = [r for r in own if r.arrangement.kind == "channel" and r.verdict is Verdict.FITS]
    return Award(
        enough,
        procedure_advice(enough, results, unit, rules) if enough else None,
        allowed,
        awaited,
        needed=bool(contract.arrangement.buys_by or any(verdicts.values())),
        ladder=None if enough else amount_ladder(awaited, allowed, unit, rules),
        channel=next((r for r in channels if r.arrangement.replaces_procedure), None),
        joint=next((r for r in channels if not r.arrangement.replaces_procedure), None),
    )


_BY_AMOUNT = message("By the amount:")
_BELOW, _UP_TO = message("below"), message("up to")
_BEYOND = message("{} beyond")
_UNLESS = message("unless")
_IF = Text("si", "")


def amount_ladder(
    awaited: Sequence[ArrangementVerdict],
    allowed: ArrangementVerdict | None,
    unit: Unit,
    rules: Rules,
) -> Text | None:
    """Return which procedure is enough up to which amount; None where more than the amount decides.

    `awaited` are the procedures that facts still decide, lightest first; `allowed` is open in any case.
    """
    rungs: list[tuple[ArrangementVerdict, Bucket]] = []
    reached: Cut = (Decimal(0), 0)
    for procedure in awaited:
        top = _highest_range(procedure, rules)
        if top is not None and top.high is not None and top.high > reached:
            reached = top.high
            rungs.append((procedure, top))
    if not rungs or allowed is None:
        return None
    beyond = _facts_beyond(*rungs[-1], unit, rules)
    return in_both(partial(_told, rungs, allowed, beyond, rules))


def sensible_with(
    contract: ArrangementVerdict, procedure: ArrangementVerdict, unit: Unit, rules: Rules
) -> bool:
    """Tell whether a contract is sensible for some amount that a procedure waits for (R34b)."""
    fact = next(
        (t for t in procedure.to_verify if rules.criteria[t.criterion].numeric_property), None
    )
    if fact is None or not fact.to:
        return True
    highest = changed(unit.answers, [(fact.criterion, fact.to[-1])], rules)
    return not folds(contract.arrangement.slug, masks(rules).encode(highest), rules)


def _passed_in_a_year(procedure: ArrangementVerdict, unit: Unit, rules: Rules) -> bool:
    """Tell whether one year of a contract of unknown length costs all that a procedure is enough for."""
    top = _highest_range(procedure, rules)
    if top is None or top.high is None:
        return False
    years = [c.slug for c in rules.criteria.values() if c.yearly_of == top.criterion]
    amounts = [unit.answers[name].number for name in years if name in unit.answers]
    return any(amount is not None and (amount, 0) >= top.high for amount in amounts)


def _told(
    rungs: Sequence[tuple[ArrangementVerdict, Bucket]],
    allowed: ArrangementVerdict,
    beyond: Sequence[Term],
    rules: Rules,
    lang: str,
) -> str:
    steps = [
        f"{in_sentence(procedure.arrangement, lang)} {_up_to(top, lang)}"
        for procedure, top in rungs
    ]
    steps.append(_BEYOND[lang].format(in_sentence(allowed.arrangement, lang)))
    facts = enumerated([answer_text(term, rules, _IF)[lang] for term in beyond], lang)
    unless = f" ({_UNLESS[lang]} {facts})" if facts else ""
    return f"{_BY_AMOUNT[lang]} {', '.join(steps)}{unless}."


def _highest_range(procedure: ArrangementVerdict, rules: Rules) -> Bucket | None:
    """Return the highest range of amounts that a procedure is enough for, None if more decides."""
    if len(procedure.to_verify) != 1 or procedure.best.unusual:
        return None
    (fact,) = procedure.to_verify
    ranges = rules.buckets.get(fact.criterion, ())[: len(fact.to)]
    below = bool(ranges) and [bucket.slug for bucket in ranges] == list(fact.to)
    return ranges[-1] if below and rules.criteria[fact.criterion].numeric_property else None


def _facts_beyond(
    procedure: ArrangementVerdict, top: Bucket, unit: Unit, rules: Rules
) -> tuple[Term, ...]:
    """Return the facts by which a procedure is enough above the range that it is enough for in any case."""
    ranges = rules.buckets[top.criterion]
    for bucket in ranges[ranges.index(top) + 1 :][:1]:
        answers = changed(unit.answers, [(top.criterion, bucket.slug)], rules)
        verdict = unit_verdict(procedure.arrangement.slug, answers, rules, unit.asserted)
        if verdict.verdict.open and not verdict.presumed:
            return verdict.to_verify
    return ()


def _up_to(top: Bucket, lang: str) -> str:
    """Return up to where a range goes, in words: `sous 60 000 € HT`."""
    assert top.high is not None
    limit, included = top.high
    return f"{(_UP_TO if included else _BELOW)[lang]} {measured_in(lang, limit, top.unit[lang])}"
