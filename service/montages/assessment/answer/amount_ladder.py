"""The procedures of a contract by its amount, where none is stated: each with how far it is enough (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.verdict.answer_changes import changed
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.words.wording import answer_text, enumerated
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.buckets import Bucket, Cut, spaced
from montages.knowledge.periods import Rules

_BY_AMOUNT = Text("Selon le montant :", "By the amount:")
_BELOW, _UP_TO = Text("sous", "below"), Text("jusqu'à", "up to")
_BEYOND = Text("{} au-delà", "{} beyond")
_UNLESS = Text("sauf", "unless")
_IF = Text("si", "")


def amount_ladder(
    awaited: Sequence[ArrangementResult],
    allowed: ArrangementResult | None,
    units: Sequence[Unit],
    rules: Rules,
) -> Text | None:
    """Return which procedure is enough up to which amount; None where more than the amount decides.

    `awaited` are the procedures that facts still decide, lightest first; `allowed` is open in any case.
    """
    rungs: list[tuple[ArrangementResult, Bucket]] = []
    reached: Cut = (Decimal(0), 0)
    for procedure in awaited:
        top = _highest_range(procedure, rules)
        if top is not None and top.high is not None and top.high > reached:
            reached = top.high
            rungs.append((procedure, top))
    if not rungs or allowed is None:
        return None
    beyond = _facts_beyond(*rungs[-1], units, rules)
    return Text(*(_told(rungs, allowed, beyond, rules, lang) for lang in ("fr", "en")))


def sensible_with(
    contract: ArrangementResult, procedure: ArrangementResult, units: Sequence[Unit], rules: Rules
) -> bool:
    """Tell whether a contract is sensible for some amount that a procedure waits for (R34b)."""
    fact = next(
        (t for t in procedure.to_verify if rules.criteria[t.criterion].numeric_property), None
    )
    if fact is None or not fact.to:
        return True
    preferences = [r for r in rules.effective(contract.arrangement.slug) if r.soft]
    highest = [(fact.criterion, fact.to[-1])]
    return any(
        not any(
            logic.folds(each, changed(unit.answers, highest, rules), rules) for each in preferences
        )
        for unit in units
    )


def _told(
    rungs: Sequence[tuple[ArrangementResult, Bucket]],
    allowed: ArrangementResult,
    beyond: Sequence[Term],
    rules: Rules,
    lang: str,
) -> str:
    steps = [f"{_way(each, lang)} {_up_to(top, lang)}" for each, top in rungs]
    steps.append(_BEYOND[lang].format(_way(allowed, lang)))
    facts = enumerated([answer_text(term, rules, _IF)[lang] for term in beyond], lang)
    unless = f" ({_UNLESS[lang]} {facts})" if facts else ""
    return f"{_BY_AMOUNT[lang]} {', '.join(steps)}{unless}."


def _highest_range(procedure: ArrangementResult, rules: Rules) -> Bucket | None:
    """Return the highest range of amounts that a procedure is enough for, None if more decides."""
    if len(procedure.to_verify) != 1 or procedure.best.unusual:
        return None
    (fact,) = procedure.to_verify
    ranges = rules.buckets.get(fact.criterion, ())[: len(fact.to)]
    below = bool(ranges) and [bucket.slug for bucket in ranges] == list(fact.to)
    return ranges[-1] if below and rules.criteria[fact.criterion].numeric_property else None


def _facts_beyond(
    procedure: ArrangementResult, top: Bucket, units: Sequence[Unit], rules: Rules
) -> tuple[Term, ...]:
    """Return the facts by which a procedure is enough above the range that it is enough for in any case."""
    ranges = rules.buckets[top.criterion]
    above = ranges[ranges.index(top) + 1 :][:1]
    for unit in units:
        for bucket in above:
            answers = changed(unit.answers, [(top.criterion, bucket.slug)], rules)
            slug = procedure.arrangement.slug
            verdict = unit_verdict(slug, answers, rules, unit.asserted)
            if verdict.verdict.open and not verdict.presumed:
                return verdict.to_verify
    return ()


def _up_to(top: Bucket, lang: str) -> str:
    """Return up to where a range goes, in words: `sous 60 000 € HT`."""
    assert top.high is not None
    limit, included = top.high
    return f"{(_UP_TO if included else _BELOW)[lang]} {spaced(limit, lang)} {top.unit[lang]}"


def _way(procedure: ArrangementResult, lang: str) -> str:
    return procedure.arrangement.in_sentence[lang] or procedure.arrangement.label[lang]
