"""The order of arrangements, best first: called by name, plain, open, folded, closed (R42, R47, R49).

Then the rows that show and name as one the arrangements that are one contract in law (R36, R48).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, NamedTuple, TypedDict

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.entry_types import VerdictKind
from montages.assessment.naming import contract_to_name
from montages.assessment.qualification import Nearness, Qualified, nearest_change
from montages.assessment.verdict.unit_verdict import Reopening
from montages.bilingual import Text
from montages.json_schema import Slug
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement, Definition
from montages.knowledge.naming_order import is_plain
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

# The groups of contracts, in their order.
CALLED, PLAIN, UNCALLED, FOLDED, CLOSED_BY_CHOICE, CLOSED = range(6)


class RankKey(NamedTuple):
    """What sorts contracts: the group, the order within it, then what sorts those that are alike in it."""

    group: int
    order: int
    near: Nearness | tuple[()]
    verdict: int
    facts: int
    unusual: int
    simplicity: int
    author: int


def common_facts(results: Iterable[ArrangementVerdict], rules: Rules) -> tuple[str, ...]:
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


def row_of(result: ArrangementVerdict) -> str:
    """Return the row an arrangement is shown in: its own, or that of the one it is shown as."""
    return result.arrangement.shown_as or result.arrangement.slug


class RowEntry(TypedDict):
    """Contracts that are one in law."""

    row: Slug
    label: str
    contract: Annotated[
        Slug | None, "The one shown, null where the answers do not tell which kind it is."
    ]
    verdict: VerdictKind
    folded: bool
    contracts: list[Slug]


@dataclass(frozen=True)
class Row(OneLine):
    """Arrangements that are one contract in law.

    `shown` stands for the row: the kind that the answers tell, or what its kinds have in common; `group` is
    its place in the order of contracts, `definition` what calls it, `near` the nearest change that opens it.
    `results` are those one may propose; `plain`: one simply buys by it; `named`: it is the one to name.
    """

    slug: str
    label: Text
    shown: ArrangementVerdict
    results: tuple[ArrangementVerdict, ...]
    group: int
    definition: Definition | None = None
    near: tuple[Nearness, Reopening] | None = None
    plain: bool = False
    named: bool = False

    @property
    def contract(self) -> str | None:
        """Return the contract by its slug, None where the answers do not tell which kind it is."""
        arrangement = self.shown.arrangement
        return None if arrangement.abstract else arrangement.slug

    @property
    def reopened(self) -> Reopening | None:
        """Return the nearest change that opens it, None where it would hardly be sensible then."""
        return self.near[1] if self.near and not self.near[0].folded else None

    @property
    def criteria(self) -> tuple[str, ...]:
        """Return the criteria whose answers call it."""
        return self.definition.criteria if self.definition else ()

    @property
    def folded(self) -> bool:
        """Tell whether the row is lawful and hardly sensible."""
        return self.group == FOLDED

    def to_json(self, lang: str) -> RowEntry:
        """Return the row as JSON."""
        return {
            "row": self.slug,
            "label": self.label[lang],
            "contract": self.contract,
            "verdict": self.shown.verdict,
            "folded": self.folded,
            "contracts": [result.arrangement.slug for result in self.results],
        }


@cache
def row_heads(rules: Rules) -> tuple[Arrangement, ...]:
    """Return what the arrangements of one row have in common, where it is never proposed by itself."""
    heads = {a.shown_as: None for a in rules.proposed() if a.shown_as}
    arrangements = (rules.book.arrangements[slug] for slug in heads if slug)
    return tuple(arrangement for arrangement in arrangements if arrangement.abstract)


@dataclass(frozen=True, eq=False)
class Ranking(OneLine):
    """The verdicts on arrangements for the same units, in their order, and contracts in their rows.

    `qualified` is what the answers of the units call each by.
    """

    results: Sequence[ArrangementVerdict]
    qualified: Qualified

    @cached_property
    def _groups(self) -> Mapping[str, int]:
        """Return the group of each arrangement."""
        return {r.arrangement.slug: self._group(r) for r in self.results}

    def _group(self, result: ArrangementVerdict) -> int:
        if not result.verdict.open:
            return CLOSED_BY_CHOICE if result.verdict is Verdict.CLOSED_BY_CHOICE else CLOSED
        if result.folded is not None:
            return FOLDED
        if result.arrangement.slug in self.qualified.called:
            return CALLED
        return PLAIN if is_plain(result.arrangement, self.qualified.rules) else UNCALLED

    @cached_property
    def _nearest(self) -> Mapping[str, tuple[Nearness, Reopening] | None]:
        """Return the nearest change that opens each contract closed by choice."""
        return {
            r.arrangement.slug: nearest_change(r, self.qualified)
            for r in self.results
            if r.arrangement.kind == "contract" and r.verdict is Verdict.CLOSED_BY_CHOICE
        }

    @cached_property
    def common(self) -> tuple[str, ...]:
        """Return the facts to find out whatever is bought."""
        return common_facts(self.results, self.qualified.rules)

    def place(self, result: ArrangementVerdict, common: Collection[str] = ()) -> RankKey:
        """Return what sorts an arrangement; facts that are `common` to all count for none."""
        arrangement, group = result.arrangement, self._groups[result.arrangement.slug]
        near = self._nearest.get(arrangement.slug)
        return RankKey(
            group,
            self.qualified.order[arrangement.slug] if group == CALLED else 0,
            near[0] if near else (),
            result.verdict.rank,
            sum(term.criterion not in common for term in result.to_verify),
            result.best.unusual,
            arrangement.simplicity,
            arrangement.order,
        )

    @cached_property
    def ranked(self) -> tuple[ArrangementVerdict, ...]:
        """Return the verdicts best first, those of one row side by side."""
        places = {r.arrangement.slug: self.place(r, self.common) for r in self.results}
        best = {
            row: min(places[r.arrangement.slug] for r in self._called(members))
            for row, members in _by_row(self.results).items()
        }
        return tuple(
            sorted(
                self.results, key=lambda r: (best[row_of(r)], row_of(r), places[r.arrangement.slug])
            )
        )

    def _called(self, members: Sequence[ArrangementVerdict]) -> Sequence[ArrangementVerdict]:
        """Return the arrangements of a row that the answers call, all where they call none (R48)."""
        return [r for r in members if r.arrangement.slug in self.qualified.called] or members

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows of contracts, in their order, the one to name first (R42)."""
        contracts = [result for result in self.ranked if result.arrangement.kind == "contract"]
        rules = self.qualified.rules
        folded = {r.arrangement.slug: r.folded is not None for r in contracts if r.verdict.open}
        name = contract_to_name(
            self.qualified.called, folded.__contains__, folded.__getitem__, rules
        )
        named = name and (rules.arrangements[name].shown_as or name)
        rows = (self._row(slug, of, slug == named) for slug, of in _by_row(contracts).items())
        return tuple(sorted(rows, key=lambda row: not row.named))

    def _row(self, slug: str, members: Sequence[ArrangementVerdict], named: bool) -> Row:
        qualified, groups, of_kind = self.qualified, self._groups, self._called(members)
        group = min(groups[m.arrangement.slug] for m in of_kind)
        alike = [m for m in of_kind if groups[m.arrangement.slug] == group]
        near = None
        if group == CLOSED_BY_CHOICE:
            result = min(alike, key=self._ease)
            near = self._nearest[result.arrangement.slug]
            kind = result if result.arrangement.slug in qualified.called else None
        else:
            called = (m for m in alike if m.arrangement.slug in qualified.called)
            kind = min(called, key=lambda m: qualified.order[m.arrangement.slug], default=None)
            # What its kinds have in common, the best of them where that does not do as well.
            common = next((m for m in alike if m.arrangement.slug == slug), alike[0])
            result = kind or common
        return Row(
            slug,
            qualified.rules.book.arrangements[slug].label,
            result,
            tuple(m for m in members if not m.arrangement.abstract),
            group,
            qualified.called.get(kind.arrangement.slug) if kind else None,
            near,
            any(is_plain(m.arrangement, qualified.rules) for m in members),
            named,
        )

    def _ease(self, member: ArrangementVerdict) -> tuple[Any, ...]:
        """Return what sorts the kinds of a closed row: the easiest to open, of equals one that is called."""
        kind, near = member.arrangement, self._nearest[member.arrangement.slug]
        untold = kind.slug not in self.qualified.called
        return (
            near[0][:-1] if near else (True,),
            untold,
            untold and kind.shown_as is not None,
            kind.qualification_order,
        )


def _by_row(results: Iterable[ArrangementVerdict]) -> Mapping[str, Sequence[ArrangementVerdict]]:
    by_row: dict[str, list[ArrangementVerdict]] = {}
    for result in results:
        by_row.setdefault(row_of(result), []).append(result)
    return by_row
