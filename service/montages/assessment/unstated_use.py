"""What is asked only of a use that a project does not state: it is left out of papers and comparisons."""

from __future__ import annotations

from montages.engine.units import Unit
from montages.knowledge.model import Criterion


def of_unstated_use(criterion: Criterion, whole: Unit) -> bool:
    """Tell whether a criterion is about a use that a project does not state, and that no answer speaks of."""
    usage = criterion.usage
    return bool(usage) and usage not in whole.usages and not whole.answer(criterion.slug).values
