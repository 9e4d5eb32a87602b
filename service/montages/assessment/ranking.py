"""The order of arrangements, best first: called by name, plain, open, folded, closed (R42, R47, R49)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.nearness import Nearness, nearest_change
from montages.assessment.qualification import Qualified, is_plain
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules

# The groups of contracts, in their order.
CALLED, PLAIN, UNCALLED, FOLDED, CLOSED_BY_CHOICE, CLOSED = range(6)


class Place(NamedTuple):
    """What sorts contracts: the group, the order within it, then what sorts those that are alike in it."""

    group: int
    order: int
    near: Nearness | tuple[()]
    verdict: int
    facts: int
    unusual: int
    simplicity: int
    author: int


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
    results: Sequence[ArrangementResult], qualified: Qualified, rules: Rules
) -> tuple[ArrangementResult, ...]:
    """Return results best first, those of one row side by side."""
    common = frozenset(common_facts(results, rules))
    places = {r.arrangement.slug: place_of(r, qualified, common, rules) for r in results}
    by_row: dict[str, list[ArrangementResult]] = {}
    for result in results:
        by_row.setdefault(row_of(result), []).append(result)
    best = {
        row: min(places[r.arrangement.slug] for r in told(members, qualified))
        for row, members in by_row.items()
    }
    return tuple(
        sorted(results, key=lambda r: (best[row_of(r)], row_of(r), places[r.arrangement.slug]))
    )


def told(members: Sequence[ArrangementResult], qualified: Qualified) -> Sequence[ArrangementResult]:
    """Return the arrangements of a row that the answers call, all of them where they call none (R48)."""
    return [r for r in members if r.arrangement.slug in qualified.called] or members


def place_of(
    result: ArrangementResult, qualified: Qualified, common: frozenset[str], rules: Rules
) -> Place:
    """Return what sorts an arrangement among those for the same units."""
    arrangement, group = result.arrangement, group_of(result, qualified, rules)
    near = None
    if group == CLOSED_BY_CHOICE and arrangement.kind == "contract":
        near = nearest_change(result, qualified, rules)
    return Place(
        group,
        qualified.order[arrangement.slug] if group == CALLED else 0,
        near[0] if near else (),
        result.verdict.rank,
        sum(term.criterion not in common for term in result.to_verify),
        result.best.unusual,
        arrangement.simplicity,
        arrangement.order,
    )


def group_of(result: ArrangementResult, qualified: Qualified, rules: Rules) -> int:
    """Return the group of an arrangement."""
    if not result.verdict.open:
        return CLOSED_BY_CHOICE if result.verdict is Verdict.CLOSED_BY_CHOICE else CLOSED
    if result.folded is not None:
        return FOLDED
    if result.arrangement.slug in qualified.called:
        return CALLED
    return PLAIN if is_plain(result.arrangement, rules) else UNCALLED


def row_of(result: ArrangementResult) -> str:
    """Return the row an arrangement is shown in: its own, or that of the one it is shown as."""
    return result.arrangement.shown_as or result.arrangement.slug


def gives_way(
    result: ArrangementResult,
    results: Iterable[ArrangementResult],
    units: Sequence[Unit],
    rules: Rules,
) -> bool:
    """Tell whether a procedure gives way to another open one: no answer says that it need not."""
    arrangement = result.arrangement
    if not arrangement.ranks_behind or not any(
        other.verdict.open
        and other is not result
        and set(arrangement.ranks_behind) & set(rules.lineage(other.arrangement.slug))
        for other in results
    ):
        return False
    return not any(
        all(logic.met(clause, unit.answers, rules) for clause in condition.clauses)
        for unit in units
        for condition in arrangement.ranks_freely_when
    )
