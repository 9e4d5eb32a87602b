"""What is missing, by criterion: for which requirements, and what each answer would change."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypedDict

from montages.assessment.arrangement_result import ArrangementResult, Missing


class MissingEntry(TypedDict):
    """A criterion that is missing: the requirements it could settle, the statuses its answers would change.

    `impact` gives, for an answer, the arrangements whose status it would change, by the new status.
    """

    because: list[str]
    impact: dict[str, dict[str, list[str]]]


MissingEntries = dict[str, MissingEntry]


def missing_entries(
    results: Iterable[ArrangementResult], among: Container[str] | None = None
) -> MissingEntries:
    """Return the entry of each criterion that is missing; with `among`, of these alone."""
    gaps: dict[str, list[Missing]] = {}
    for result in sorted(results, key=lambda result: result.arrangement.order):
        for gap in result.missing:
            if among is None or gap.criterion in among:
                gaps.setdefault(gap.criterion, []).append(gap)
    return {criterion: _entry(alike) for criterion, alike in gaps.items()}


def missing_otherwise(
    results: Sequence[ArrangementResult],
    whole: Mapping[str, ArrangementResult],
    missing: MissingEntries,
) -> MissingEntries:
    """Return the entries of a unit of which there is something else to say than for the project."""
    other = {
        criterion
        for result in results
        for criterion in _gaps_that_differ(result, whole[result.arrangement.slug])
    }
    own = missing_entries(results, other) if other else {}
    return {name: entry for name, entry in own.items() if entry != missing.get(name)}


def _entry(gaps: Iterable[Missing]) -> MissingEntry:
    because: dict[str, None] = {}
    impact: dict[str, dict[str, list[str]]] = {}
    for gap in gaps:
        because |= dict.fromkeys(gap.because)
        for value, statuses in gap.impact.items():
            by_status = impact.setdefault(value, {})
            for slug, status in statuses.items():
                by_status.setdefault(status, []).append(slug)
    return {"because": list(because), "impact": impact}


def _gaps_that_differ(own: ArrangementResult, whole: ArrangementResult) -> Iterable[str]:
    """Return the criteria that one result misses and the other does not, or otherwise."""
    if own is whole or own.missing_ground == whole.missing_ground:
        return ()
    one, other = ({gap.criterion: gap for gap in result.missing} for result in (own, whole))
    return (name for name in {**one, **other} if one.get(name) != other.get(name))
