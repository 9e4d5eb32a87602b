"""The order of arrangements, best first, and the rows they are shown in (R20, R34b, R36)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from montages.assessment.arrangement_result import ArrangementResult
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules


@dataclass(frozen=True)
class Row:
    """Arrangements that are one contract in law; `kind` is the one that the answers tell, if they do.

    `best` may be what they have in common, which is no arrangement one proposes by itself: then the
    answers need not tell which of them it is: `common`, None where it is an arrangement as any.
    """

    slug: str
    label: Text
    best: ArrangementResult
    kind: ArrangementResult | None
    results: tuple[ArrangementResult, ...]
    common: ArrangementResult | None = None

    @property
    def shown(self) -> ArrangementResult:
        """Return the arrangement that stands for the row."""
        return self.kind or self.best

    @property
    def proposed(self) -> ArrangementResult:
        """Return the arrangement of the row that one proposes by itself, the best."""
        return self.shown if self.shown in self.results else self.results[0]

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the row as JSON."""
        return {
            "row": self.slug,
            "label": self.label[lang],
            "contract": self.proposed.arrangement.slug,
            "kind": self.kind.arrangement.slug if self.kind else None,
            "verdict": self.best.verdict.value,
            "folded": self.best.folded is not None,
            "contracts": [result.arrangement.slug for result in self.results],
        }


@cache
def row_heads(rules: Rules) -> tuple[Arrangement, ...]:
    """Return what the arrangements of one row have in common, where it is never proposed by itself."""
    heads = {a.shown_as: None for a in rules.proposed() if a.shown_as}
    arrangements = (rules.book.arrangements[slug] for slug in heads if slug)
    return tuple(arrangement for arrangement in arrangements if arrangement.abstract)


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
    ordered.sort(key=lambda result: (_group(result), behind[result.arrangement.slug]))
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


def _group(result: ArrangementResult) -> int:
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


def may_lead(row: Row, units: Sequence[Unit], rules: Rules) -> bool:
    """Tell whether a row may be named first by itself: it is open, gives way to none, and is sensible."""
    shown = row.shown
    return row.best.verdict.open and not shown.last_resort and stands_alone(shown, units, rules)


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
        _group(result),
        result.verdict.rank,
        sum(term.criterion not in common for term in result.to_verify),
        partial,
        len(result.best.closed_by) if not result.verdict.open else 0,
        *preference(low + high - 1, result.best.unusual, result.arrangement.simplicity),
    )


def rows(results: Sequence[ArrangementResult], rules: Rules) -> tuple[Row, ...]:
    """Return the rows of ranked contracts, in their order."""
    by_row: dict[str, list[ArrangementResult]] = {}
    for result in results:
        if result.arrangement.kind == "contract":
            by_row.setdefault(row_of(result), []).append(result)
    out = []
    for slug, members in by_row.items():
        best = min(members, key=_ease)
        alike = [r for r in members if r.verdict == best.verdict]
        told = [r for r in alike if r.arrangement.shown_as and kind_is_stated(r)]
        told.sort(key=lambda r: -len(rules.lineage(r.arrangement.slug)))
        proposed = tuple(r for r in members if not r.arrangement.abstract)
        kind = next(iter(told), None)
        common = next((r for r in members if r.arrangement.abstract), None)
        out.append(Row(slug, rules.book.arrangements[slug].label, best, kind, proposed, common))
    return tuple(out)


def _ease(result: ArrangementResult) -> tuple[int, ...]:
    """Return what sorts the arrangements of a row: sensible, the best verdict, the least that is asked."""
    terms = result.best.unusual
    covered, member = len(result.covers or ()), result.arrangement.shown_as is not None
    return (_group(result), result.verdict.rank, -covered, len(result.to_verify), terms, member)


def kind_is_stated(result: ArrangementResult) -> bool:
    """Tell whether the answers say what makes an arrangement the kind it is: its own gates hold."""
    if result.own_gates_hold is not None:
        return result.own_gates_hold
    own = [
        check.outcome
        for check in result.checks
        if check.requirement.hard and check.requirement.arrangement == result.arrangement.slug
    ]
    return bool(own) and all(outcome in ("satisfied", "not-applicable") for outcome in own)
