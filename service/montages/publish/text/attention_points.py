"""Points of attention for a reader in a hurry: those that apply, what several contracts share said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from montages.assessment.arrangement_result import ArrangementResult
from montages.knowledge.model import Attention
from montages.publish.text.brief_rows import BriefGroup
from montages.publish.text.verdict_rows import BRIEFLY


def applying(result: ArrangementResult) -> list[Attention]:
    """Return the points of attention of a contract that what is known of the project calls for."""
    return [point for point in result.attention if point.slug in result.to_the_point]


def shared(groups: Iterable[BriefGroup]) -> list[Attention]:
    """Return the points that apply to several open contracts, each once, those of most contracts first."""
    lines = [line for group in groups if group.name not in BRIEFLY for line in group.lines]
    points = [p for line in lines for row in line.rows for p in applying(row.result)]
    count = Counter(point.slug for point in points)
    once = {point.slug: point for point in points if count[point.slug] > 1}
    return sorted(once.values(), key=lambda point: -count[point.slug])
