"""The order of arrangements, best first, those of one row side by side (R20, R34b)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from montages.assessment.arrangement_result import ArrangementResult
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules


def common_facts(results: Iterable[ArrangementResult], rules: Rules) -> tuple[str, ...]:
    """Return the facts to verify for every contract that reads them, and for most of those still open."""
    contracts = [
        r
        for r in results
        if r.arrangement.kind == "contract" and not r.arrangement.abstract and r.verdict.open
    ]
    needed: dict[str, int] = {}
    for result in contracts:
        for term in result.to_verify:
            needed[term.criterion] = needed.get(term.criterion, 0) + 1
    return tuple(
        name
        for name in rules.criteria
        if needed.get(name, 0) > 1
        and needed[name] * 2 > len(contracts)
        and needed[name] == sum(name in _gates_read(r.arrangement.slug, rules) for r in contracts)
    )


@cache
def _gates_read(slug: str, rules: Rules) -> frozenset[str]:
    """Return the criteria that the gates of an arrangement read."""
    return frozenset(c.criterion for r in rules.effective(slug) if r.hard for c in r.clauses())


def ranked(
    results: Sequence[ArrangementResult], units: Sequence[Unit], rules: Rules
) -> tuple[ArrangementResult, ...]:
    """Return results best first: open, folded, closed by choice, closed; those of one row side by side.

    Where every open row is folded, but for those that give way, the best of them is not.
    """
    common = frozenset(common_facts(results, rules))
    rank = {r.arrangement.slug: _rank(r, common, len(units), rules) for r in results}
    ordered = sorted(results, key=lambda result: rank[result.arrangement.slug])
    behind = {r.arrangement.slug: gives_way(r, ordered, units, rules) for r in ordered}
    ordered = _unfolded(ordered, behind)
    ordered.sort(key=lambda result: (group(result), behind[result.arrangement.slug]))
    place: dict[str, int] = {}
    for result in ordered:
        place.setdefault(row_of(result), len(place))
    return tuple(sorted(ordered, key=lambda result: place[row_of(result)]))


def _unfolded(
    ordered: list[ArrangementResult], behind: Mapping[str, bool]
) -> list[ArrangementResult]:
    """Return results of which some open contract that gives way to none is not folded, if there is one."""
    contracts = [
        r
        for r in ordered
        if r.arrangement.kind == "contract" and r.verdict.open and not behind[r.arrangement.slug]
    ]
    if not contracts or any(r.folded is None for r in contracts):
        return ordered
    best = row_of(contracts[0])
    return [_last_resort(r) if row_of(r) == best else r for r in ordered]


def _last_resort(result: ArrangementResult) -> ArrangementResult:
    """Return a result that is not folded; it is no last resort where the answers leave no term to accept."""
    asked = bool(result.best.unusual or result.best.presumed)
    return replace(result, folded=None, last_resort=asked and result.folded is not None)


def row_of(result: ArrangementResult) -> str:
    """Return the row an arrangement is shown in: its own, or that of the one it is shown as."""
    return result.arrangement.shown_as or result.arrangement.slug


def group(result: ArrangementResult) -> int:
    """Return the group of an arrangement: open, folded, closed by choice, closed."""
    if result.verdict.open:
        return int(result.folded is not None)
    return 2 + (result.verdict is Verdict.CLOSED)


def gives_way(
    result: ArrangementResult,
    results: Iterable[ArrangementResult],
    units: Sequence[Unit],
    rules: Rules,
) -> bool:
    """Tell whether an arrangement gives way to another open one: no answer says that it need not."""
    arrangement = result.arrangement
    if not arrangement.ranks_behind or not any(
        other.verdict.open
        and other is not result
        and set(arrangement.ranks_behind) & set(rules.lineage(other.arrangement.slug))
        for other in results
    ):
        return False
    return not stands_alone(result, units, rules)


def stands_alone(result: ArrangementResult, units: Sequence[Unit], rules: Rules) -> bool:
    """Tell whether an arrangement may come first by itself: it gives way to none, or an answer says so."""
    return not result.arrangement.ranks_behind or any(
        all(logic.met(clause, unit.answers, rules) for clause in condition.clauses)
        for unit in units
        for condition in result.arrangement.ranks_freely_when
    )


class Preference(NamedTuple):
    """What sorts set-ups that are as open and ask as many facts: a contract, or a whole set-up (R20, R23).

    One on ordinary terms only is as good as one that fits. `unmet` goes from −1, all preferences met, to 1.
    """

    on_terms: int
    unmet: float
    unusual: int
    simplicity: int


def preference(soft: float, unusual: int, simplicity: int) -> Preference:
    """Return what sorts a contract by its soft score, from −1 to 1, and its terms that are not ordinary."""
    return Preference(int(unusual > 0), -soft, unusual, simplicity)


def _rank(
    result: ArrangementResult, common: frozenset[str], units: int, rules: Rules
) -> tuple[float, ...]:
    low, high = result.soft
    partial = result.covers is not None and len(result.covers) < units
    return (
        group(result),
        result.verdict.rank,
        sum(term.criterion not in common for term in result.to_verify),
        partial,
        len(result.best.closed_by) if not result.verdict.open else 0,
        *preference(low + high - 1, result.best.unusual, result.arrangement.simplicity),
    )
