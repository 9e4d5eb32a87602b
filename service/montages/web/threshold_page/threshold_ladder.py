"""The ladder of amounts on a day: a step wherever another procedure suffices, or more is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.advice.thresholds.procedure_timeline import LawPeriod, bucket_of, enough_of
from montages.bilingual import Text
from montages.knowledge.buckets import Bucket
from montages.knowledge.rulebook import rulebook


@dataclass(frozen=True)
class LadderStep:
    """Amounts in which the same suffices and the same is to be done; `added` begins at its foot.

    `what` is a procedure, or why none can be named; `here` is the amount asked about, if it lies within.
    """

    span: Bucket
    what: str
    duties: tuple[str, ...]
    added: tuple[Text, ...] = ()
    here: Decimal | None = None


def threshold_ladder(
    period: LawPeriod, family: Sequence[str], amount: Decimal | None
) -> tuple[LadderStep, ...]:
    """Return the steps of some procedures in a period of the law, highest amounts first."""
    steps: list[LadderStep] = []
    names = {requirement.slug: requirement.label for requirement in rulebook().requirements}
    for band in period.bands:
        what = enough_of(band, family)
        standing = band.standing(what)
        step = LadderStep(band.span, what, standing.duties if standing else ())
        before = steps[-1] if steps else None
        if before and (before.what, set(before.duties)) == (step.what, set(step.duties)):
            spans = before.span, step.span
            whole = Bucket(spans[0].criterion, spans[0].low, spans[1].high, spans[0].unit)
            steps[-1] = replace(before, span=whole)
        elif before and before.what == step.what:
            added = (names[slug] for slug in step.duties if slug not in before.duties)
            steps.append(replace(step, added=tuple(added)))
        else:
            steps.append(step)
    if amount is not None:
        here = bucket_of(amount, (step.span for step in steps))
        steps = [replace(s, here=amount) if s.span is here else s for s in steps]
    return tuple(reversed(steps))
