"""The timeline of procedures and one point of it as JSON, the same at every door (R30)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rdflib import URIRef

from montages.advice.thresholds.amount_point import AmountPoint, AmountStep, ProcedureMove
from montages.advice.thresholds.procedure_timeline import (
    AmountBand,
    ProcedureTimeline,
    amount_clauses,
    amount_criterion,
)
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.check import plain_number
from montages.knowledge.buckets import Cut
from montages.knowledge.files import library
from montages.knowledge.law import Bound, Span
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import slug


def timeline_json(
    timeline: ProcedureTimeline,
    point: AmountPoint | None,
    assessment: Assessment | None,
    day: date,
    answers: dict[str, Any],
    lang: str,
) -> dict[str, Any]:
    """Return what each procedure is everywhere, and at one point, with its assessment, if it is named."""
    rules = rules_at(day)
    return {
        "as_of": day.isoformat(),
        "rulebook_version": library.version(),
        "criterion": amount_criterion().slug,
        "answers": answers,
        "procedures": {
            slug: {"label": a.label[lang], "contracts": list(a.applies_to)}
            for slug, a in rulebook().arrangements.items()
            if a.kind == "procedure" and not a.abstract
        },
        "point": point_json(point, assessment, lang) if point and assessment else None,
        "periods": [
            {
                "from": period.span.first.isoformat(),
                "through": last_day(period.span),
                "bands": [_band_json(band, lang) for band in period.bands],
            }
            for period in timeline.periods
        ],
        "thresholds": [threshold_json(threshold, rules) for threshold in thresholds_read()],
    }


def thresholds_read() -> tuple[URIRef, ...]:
    """Return the thresholds that rules of procedures read on some day, in the order of the data."""
    book = rulebook()
    days = {dated.span.first for values in book.thresholds.values() for dated in values}
    read = {
        bound.limit
        for day in days
        for clause in amount_clauses(rules_at(day))
        for bound in clause.bounds
    }
    return tuple(iri for iri in book.thresholds if iri in read)


def point_json(point: AmountPoint, assessment: Assessment, lang: str) -> dict[str, Any]:
    """Return one point: each procedure with the checks it rests on, and what switches around it."""
    results = [r for r in assessment.conclusions.verdicts if r.procedure is not None]
    return {
        "amount": plain_number(point.amount),
        "procedures": [_procedure_json(result, lang) for result in results],
        "above": _step_json(point.above, lang),
        "below": _step_json(point.below, lang),
        "later": [
            {"from": step.day.isoformat(), "changes": [_move_json(m) for m in step.moves]}
            for step in point.later
        ],
    }


def _procedure_json(result: ArrangementVerdict, lang: str) -> dict[str, Any]:
    return {
        "procedure": result.arrangement.slug,
        "verdict": result.procedure,
        "checks": [
            {
                "requirement": check.requirement.slug,
                "label": check.requirement.label[lang],
                "outcome": check.outcome,
                "accepted": check.accepted[lang],
                "certainty": check.requirement.certainty,
                "sources": [
                    {"id": str(source.iri), "label": source.label[lang], "url": source.url}
                    for source in check.requirement.sources
                ],
            }
            for check in result.checks
            if check.requirement.hard
        ],
        "to_verify": [term.to_json() for term in result.to_verify],
        "attention": [point.slug for point in result.attention],
    }


def _step_json(step: AmountStep | None, lang: str) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        **_cut_json(step.cut),
        "thresholds": [slug(threshold) for threshold in step.thresholds],
        "requirements": [gate.slug for gate in step.gates],
        "changes": [_move_json(move) for move in step.moves],
        "duties_begin": [duty.slug for duty in step.begins],
        "duties_end": [duty.slug for duty in step.ends],
    }


def _move_json(move: ProcedureMove) -> dict[str, Any]:
    return {"procedure": move.slug, "from": move.before, "to": move.after, "unknown": move.waits}


def _cut_json(cut: Cut) -> dict[str, Any]:
    """Return a limit: `included` tells whether the limit itself is on its upper side."""
    return {"amount": plain_number(cut[0]), "included": not cut[1]}


def _band_json(band: AmountBand, lang: str) -> dict[str, Any]:
    low, high = band.span.low, band.span.high
    return {
        "label": band.span.label[lang],
        "from": _cut_json(low) if low else None,
        "to": _cut_json(high) if high else None,
        "verdicts": {s.slug: s.verdict for s in band.standings},
        "unknown": [s.slug for s in band.standings if s.waits],
    }


def threshold_json(threshold: URIRef, rules: Rules) -> dict[str, Any]:
    """Return a threshold with its amount under some rules, and its history."""
    return {
        "threshold": slug(threshold),
        "amount": amount_json(rules.limit(Bound("below", threshold))),
        "history": [
            {
                "amount": amount_json(value.amount),
                "valid_from": value.span.first.isoformat(),
                "valid_through": last_day(value.span),
            }
            for value in rulebook().thresholds.get(threshold, ())
        ],
    }


def amount_json(amount: Decimal | None) -> int | float | None:
    """Return an amount as JSON writes it, None where it is not known."""
    return None if amount is None else plain_number(amount)


def last_day(span: Span) -> str | None:
    """Return the last day of a span, None where it has no end."""
    return span.last.isoformat() if span.ends else None
