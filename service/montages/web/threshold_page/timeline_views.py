"""The timeline of the purchase of a request, held for the purchases that are often asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from montages.advice.thresholds.amount_point import AmountPoint, amount_point
from montages.advice.thresholds.procedure_timeline import ProcedureTimeline, procedure_timeline
from montages.api import Knowledge
from montages.description.address.project_address import Tree
from montages.web.threshold_page.threshold_request import ThresholdRequest

# So many purchases, told apart by the answers that thresholds depend on, are held.
_HELD = 256
_NAME = {"project": "Achat", "project-en": "Purchase"}


def timeline_at(
    knowledge: Knowledge, demand: ThresholdRequest
) -> tuple[ProcedureTimeline, AmountPoint | None]:
    """Return the timeline of the purchase of a request, and the point that it names, if it names one."""
    timeline = _timeline(knowledge, _Purchase(demand.purchase, {**_NAME, **demand.bare_tree()}))
    if demand.amount is None or timeline.period_of(demand.day) is None:
        return timeline, None
    assessment = knowledge.assess({**_NAME, **demand.tree()}, as_of=demand.day, anyway=True)
    return timeline, amount_point(demand.amount, assessment, timeline)


@dataclass(frozen=True)
class _Purchase:
    """The answers of a request, the amount apart: the same as any other with the same key."""

    key: tuple[tuple[str, str], ...]
    tree: Tree = field(compare=False)


@lru_cache(maxsize=_HELD)
def _timeline(knowledge: Knowledge, purchase: _Purchase) -> ProcedureTimeline:
    (unit,) = knowledge.assess(purchase.tree, anyway=True).units
    return procedure_timeline(unit.unit)
