"""What the status that the reasoner derives says of a verdict, which the diagram gives (R5, R34)."""

from __future__ import annotations

from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.knowledge.logic import Verdict


def fits_status(verdict: UnitVerdict, status: str) -> bool:
    """Tell whether a verdict is one that a status leaves room for.

    A status knows the hard requirements alone: a refused duty closes what is eligible, and gates that no
    answer makes true together what is undetermined. It rules out by what practice only presumes too.
    """
    kind = verdict.verdict
    if status == "eligible":
        return kind is Verdict.FITS or not kind.open or verdict.provisional
    if status == "ineligible":
        return not kind.open or bool(verdict.presumed)
    if status == "conflict":
        return not kind.open or bool(verdict.disputed)
    return kind is not Verdict.FITS
