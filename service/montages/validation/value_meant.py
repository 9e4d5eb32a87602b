"""What a value that a shape refuses meant: one of a list, or the number of an amount with its unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from montages.description.parsing.answer_values import written_amount
from montages.knowledge.did_you_mean import did_you_mean
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.rulebook import rulebook
from montages.names import slug


def value_meant(path: str, value: str, accepted: Sequence[str]) -> str | None:
    """Return what to write for a value of a property: an accepted one, or its number; None if neither."""
    if accepted:
        return did_you_mean(slug(value), accepted)
    criterion = _numeric_criteria().get(path)
    amount = written_amount(value, answer_units()[criterion]) if criterion else None
    if amount is None or amount.doubtful or amount.number <= 0:
        return None
    return f"{amount.number.normalize():f}"


@cache
def _numeric_criteria() -> dict[str, str]:
    """Return the criterion of each property whose values are numbers."""
    criteria = rulebook().criteria.values()
    return {str(c.numeric_property): c.slug for c in criteria if c.numeric_property}
