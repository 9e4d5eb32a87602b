"""What is asked only of a use that a project does not state: it is left out of papers and comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from montages.engine.units import Unit
from montages.knowledge.model import Criterion


def of_unstated_use(criterion: Criterion, units: Iterable[Unit]) -> bool:
    """Tell whether a criterion is about a use that no unit states, and that no answer speaks of."""
    if not criterion.usage:
        return False
    return all(
        criterion.usage not in unit.usages and not unit.answer(criterion.slug).values
        for unit in units
    )
