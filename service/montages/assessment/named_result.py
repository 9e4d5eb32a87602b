"""What came out for the arrangement that somebody names, and for one part of the project."""

from __future__ import annotations

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import nearest_hint


def named_result(
    assessment: Assessment, contract: str, unit: str | None = None
) -> ArrangementResult:
    """Return what came out for a contract, in one layer use or perimeter if named; raises UnknownName."""
    contracts = [v.arrangement.slug for v in assessment.verdicts]
    if contract not in contracts:
        raise _unknown("montage inconnu", "arrangement", contract, contracts)
    units = [u.unit.id for u in assessment.units]
    if unit is not None and unit not in units:
        raise _unknown("unité inconnue", "unit", unit, units)
    return assessment.verdict(contract, unit)


def _unknown(fr: str, en: str, name: str, names: list[str]) -> UnknownName:
    hint = nearest_hint(name, names)
    return UnknownName(
        f"{name} : {fr}.{hint.fr} Noms connus : {', '.join(names)}.",
        f"{name}: unknown {en}.{hint.en} Known names: {', '.join(names)}.",
    )
