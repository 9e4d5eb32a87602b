"""What a paper says not to do, and what it tells to see to before all else."""

from __future__ import annotations

from montages.assessment.conclusions import Conclusions
from montages.publish.text.reasons import Reason

# So many by the facts of the project; of what nobody may do, one is enough on paper.
_MOST, _GENERAL = 2, 1


def practices_to_avoid(conclusions: Conclusions, lang: str) -> tuple[Reason, ...]:
    """Return what not to do by the facts of the project; where they forbid nothing, what nobody may do."""
    answer = conclusions.answer
    general = () if answer.names_none else answer.cautions.general[:_GENERAL]
    points = answer.cautions.avoid[:_MOST] or general
    return tuple(Reason(point.text[lang], point.sources[:1]) for point in points)


def warnings(conclusions: Conclusions, lang: str) -> tuple[Reason, ...]:
    """Return what the facts of the project ask to see to before anything else."""
    points = conclusions.answer.cautions.warnings
    return tuple(Reason(point.text[lang], point.sources[:1]) for point in points[:_MOST])
