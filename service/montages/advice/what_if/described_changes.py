"""A description in which some choices are answered otherwise, as facts: the reasoning path starts from it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyoxigraph as ox

from montages.assessment.verdict.answer_changes import Pair
from montages.description.description import Description
from montages.description.facts import Facts, Term
from montages.engine.units import Unit
from montages.knowledge.buckets import AFTER
from montages.knowledge.periods import Rules
from montages.names import MTG

_UNKNOWN = str(MTG.declaresUnknown)


def described(
    description: Description, pairs: Sequence[Pair], whole: Unit, rules: Rules
) -> Description:
    """Return a description in which every part of a whole project answers so."""
    statements = Facts()
    statements.by_subject = dict(description.statements.by_subject)
    for part in whole.parts:
        properties = dict(statements.by_subject.get(part, {}))
        for pair in pairs:
            _answer(properties, pair, whole, rules)
        statements.by_subject[part] = properties
    changed = Description(statements, description.project, description.places)
    changed.readings = description.readings
    return changed


def _answer(properties: dict[str, list[Term]], pair: Pair, whole: Unit, rules: Rules) -> None:
    criterion = rules.criteria[pair[0]]
    if criterion.numeric_property:
        number = number_within(pair, whole.answer(pair[0]).number, rules)
        properties[str(criterion.numeric_property)] = [ox.Literal(int(number))]
        properties.pop(str(criterion.property), None)
    else:
        properties[str(criterion.property)] = [str(criterion.value(pair[1]).iri)]
    unknown = [term for term in properties.get(_UNKNOWN, ()) if term != str(criterion.iri)]
    properties[_UNKNOWN] = unknown
    if not unknown:
        del properties[_UNKNOWN]


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
