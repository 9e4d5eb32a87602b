"""Rows: arrangements that are one contract in law, shown and named as one (R36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.ranking import group, row_of, stands_alone
from montages.bilingual import Text
from montages.engine.units import Unit
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


def may_lead(row: Row, units: Sequence[Unit], rules: Rules) -> bool:
    """Tell whether a row may be named first by itself: it is open, gives way to none, and is sensible."""
    shown = row.shown
    return row.best.verdict.open and not shown.last_resort and stands_alone(shown, units, rules)


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
    return (group(result), result.verdict.rank, -covered, len(result.to_verify), terms, member)


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
