"""Choices written in a description as facts, and what else follows from them: amounts, presumptions (R12).

The closing step reads few choices. What each answer to them gives is asked of the engine, and not worked out
a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from montages.advice.request import answering
from montages.assessment.verdict.answers import Pair
from montages.description.description import Description
from montages.description.facts import Term
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.protocol import Engine
from montages.engine.units import Unit
from montages.engine.whole_project import together
from montages.knowledge import logic
from montages.knowledge.buckets import AFTER
from montages.knowledge.entailment import implied
from montages.knowledge.logic import Answers
from montages.knowledge.model import Presumption
from montages.knowledge.periods import Rules
from montages.names import MTG

_TRUE, _LAYERS_COMPLETE = ox.Literal(True), str(MTG.layersComplete)
# A choice → each of its answers (None: as it is) → what the closing step answers then, where that differs.
Followers = Mapping[str, Mapping[str | None, tuple[Pair, ...]]]


def followers(
    premises: Sequence[str], description: Description, whole: Unit, engine: Engine, rules: Rules
) -> Followers:
    """Return what follows from answers to the choices that the closing step reads, for a whole project."""
    out: dict[str, Mapping[str | None, tuple[Pair, ...]]] = {}
    for name in premises:
        after = {
            value.slug: closed_with(description, [(name, value.slug)], whole, engine, rules)
            for value in rules.criteria[name].values
        }
        rows = _rows(name, whole.answers, after)
        if any(rows.values()):
            out[name] = rows
    return out


def closed_with(
    description: Description, pairs: Sequence[Pair], whole: Unit, engine: Engine, rules: Rules
) -> Answers:
    """Return what a whole project answers once some choices are written in its description."""
    written = described(description, pairs, whole, rules)
    units = engine.derive([written], rules)[0].units
    return together(units, written.facts, rules).answers


def bearing(followers: Followers, read: Sequence[str]) -> Followers:
    """Return the choices that some criteria are among, or follow from, with what follows."""
    return {
        name: rows
        for name, rows in followers.items()
        if name in read or any(n in read for pairs in rows.values() for n, _ in pairs)
    }


def _rows(
    name: str, before: Answers, after: Mapping[str, Answers]
) -> dict[str | None, tuple[Pair, ...]]:
    """Return what each answer makes of the criteria that not all answers leave alike."""
    every: dict[str | None, Answers] = {None: before}
    own = {name}
    for value, answers in after.items():
        every[value] = answers
        own |= {other for other, _ in implied((name, value))}
    names = {n for answers in every.values() for n in answers} - own
    moving = [
        n for n in sorted(names) if len({_values(answers, n) for answers in every.values()}) > 1
    ]
    return {
        value: tuple((n, v) for n in moving for v in sorted(_values(answers, n)))
        for value, answers in every.items()
    }


def _values(answers: Answers, name: str) -> frozenset[str]:
    return answers[name].values if name in answers else frozenset()


def premises(description: Description, units: Sequence[Unit], rules: Rules) -> list[str]:
    """Return the choices that may bear on what the closing step gives some of the units."""
    tables, criteria = rule_tables(rules), rules.criteria.values()
    numbers = {str(c.numeric_property): c.slug for c in criteria if c.numeric_property}
    names = {
        numbers[row.months]
        for row in tables.amounts
        if row.months and any(numbers[row.source] in unit.answers for unit in units)
    }
    if _TRUE in description.facts.objects(str(description.project), _LAYERS_COMPLETE):
        modes = {row.mode for row in tables.by_mode}
        names |= {c.slug for c in criteria if any(str(v.iri) in modes for v in c.values)}
    names |= set(_presuming(units, rules))
    return [c.slug for c in criteria if c.slug in names and c.nature == "choice"]


def _presuming(units: Sequence[Unit], rules: Rules) -> Iterator[str]:
    for presumption in rules.presumptions:
        names = _choices(presumption, rules)
        if names and any(_near(presumption, names, unit, rules) for unit in units):
            yield from names


@cache
def _choices(presumption: Presumption, rules: Rules) -> tuple[str, ...]:
    bearing = presumption.bearing
    names = (clause.criterion for clause in (*bearing.when, *bearing.unless))
    return tuple(name for name in names if rules.criteria[name].nature == "choice")


def _near(presumption: Presumption, choices: Sequence[str], unit: Unit, rules: Rules) -> bool:
    """Tell whether a presumption would bear on a unit if some choices were answered for it."""
    bearing = presumption.bearing
    return (
        unit.answer(presumption.criterion).state != "explicit"
        and (not bearing.usages or bool(set(bearing.usages) & set(unit.usages)))
        and (not bearing.layers or unit.layer in bearing.layers)
        and all(
            clause.criterion in choices or logic.met(clause, unit.answers, rules)
            for clause in bearing.when
        )
    )


def described(
    description: Description, pairs: Sequence[Pair], whole: Unit, rules: Rules
) -> Description:
    """Return a description of a whole project that answers so."""
    answers: dict[str, list[Term]] = {}
    criteria = [rules.criteria[name] for name, _ in pairs]
    for criterion, pair in zip(criteria, pairs, strict=True):
        if criterion.numeric_property:
            number = number_within(pair, whole.answer(pair[0]).number, rules)
            answers[str(criterion.numeric_property)] = [ox.Literal(int(number))]
        else:
            answers[str(criterion.property)] = [str(criterion.value(pair[1]).iri)]
    return answering(description, answers, criteria)


def number_within(pair: Pair, before: Decimal | None, rules: Rules) -> Decimal:
    """Return the whole number of a range that is nearest to one stated; without one, its upper end."""
    name, slug = pair
    bucket = next(b for b in rules.buckets[name] if b.slug == slug)
    low = None if bucket.low is None else bucket.low[0] + bucket.low[1]
    high = None if bucket.high is None else bucket.high[0] - (bucket.high[1] != AFTER)
    if before is not None and low is not None and (high is None or before < low):
        return low
    if high is not None and (before is None or before > high):
        return high
    return before if before is not None else low if low is not None else Decimal(0)
