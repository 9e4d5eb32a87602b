"""Whatever assesses descriptions: what the rooms below the Python door ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from montages.assessment.assessment import Assessment
from montages.description.description import Description


class Assessor(Protocol):
    """Assesses descriptions under the law of a day."""

    def assess_all(
        self, descriptions: Sequence[Description], *, as_of: date, anyway: bool
    ) -> list[Assessment]:
        """Return the assessments of descriptions, in their order; with `anyway`, of faulty ones too."""
        ...
