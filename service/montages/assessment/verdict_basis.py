"""What a verdict on an arrangement rests on, by which verdicts are kept: alike answers get alike ones."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from montages.assessment.arrangement_result import ArrangementResult
from montages.knowledge import suppositions
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import Answer
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses


class VerdictBasis(NamedTuple):
    """All that a verdict on an arrangement can rest on."""

    status: str
    answers: tuple[Answer | None, ...]
    assumed: tuple[tuple[str, Answer], ...]
    presumed: tuple[str, ...]
    asserted: frozenset[str]


@cache
def verdict_cache(rules: Rules) -> CountedCache[Hashable, ArrangementResult]:
    """Return the verdicts of a period, of whatever project: alike answers get alike verdicts."""
    return CountedCache()


@cache
def range_verdict_cache(rules: Rules) -> CountedCache[Hashable, ArrangementResult]:
    """Return the verdicts of a period by answers in which amounts are ranges."""
    return CountedCache()


def in_ranges(basis: VerdictBasis) -> VerdictBasis:
    """Return what a verdict rests on, without the numbers: their ranges are values."""
    return basis._replace(
        answers=tuple(map(_in_range, basis.answers)),
        assumed=tuple((name, replace(given, number=None)) for name, given in basis.assumed),
    )


def _in_range(given: Answer | None) -> Answer | None:
    return given if given is None or given.number is None else replace(given, number=None)


@cache
def attention_points(rules: Rules, slug: str) -> tuple[Attention, ...]:
    """Return the points of attention about an arrangement or what it specialises."""
    about = set(rules.lineage(slug))
    return tuple(point for point in rules.attentions if about & set(point.arrangements))


@cache
def criteria_read(rules: Rules, slug: str) -> tuple[str, ...]:
    """Return every criterion that a verdict on an arrangement may look at, and what those imply."""
    clauses = [c for r in rules.effective(slug) for c in all_clauses(r)]
    clauses += [c for p in attention_points(rules, slug) for w in p.when for c in w.clauses]
    return suppositions.read_by(tuple(clauses), rules)


@cache
def criteria_bearing(rules: Rules, slug: str) -> frozenset[str]:
    """Return every criterion whose answer may bear on a verdict on an arrangement."""
    return suppositions.bearing_on(criteria_read(rules, slug), rules)
