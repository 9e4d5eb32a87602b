"""The procedures of a purchase: what suffices, what is allowed, what is closed (R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from montages.assessment.arrangement_result import ArrangementResult
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.periods import Rules


def procedures(results: Sequence[ArrangementResult]) -> tuple[ArrangementResult, ...]:
    """Return the procedures, lightest first among those of the same contracts, those that are closed last.

    The lightest that surely is open suffices; where none surely is, the lightest open on terms.
    """
    mine = [r for r in results if r.arrangement.kind == "procedure"]
    families: dict[tuple[str, ...], list[ArrangementResult]] = {}
    for result in sorted(mine, key=lambda r: r.arrangement.order):
        families.setdefault(result.arrangement.applies_to, []).append(result)
    out = []
    for family in families.values():
        enough = _enough(family)
        for result in family:
            out.append(replace(result, procedure=_verdict(result, result is enough)))
    order = [r for r in out if r.procedure is not ProcedureVerdict.CLOSED]
    return (*order, *(r for r in out if r.procedure is ProcedureVerdict.CLOSED))


def _enough(family: Sequence[ArrangementResult]) -> ArrangementResult | None:
    """Return the lightest procedure that surely is open, or is on terms where all lighter ones are closed."""
    still_open = [r for r in family if r.verdict.open]
    if still_open and still_open[0].verdict is Verdict.FITS_ON_TERMS:
        return still_open[0]
    return next((r for r in still_open if r.verdict is Verdict.FITS), None)


def _verdict(result: ArrangementResult, enough: bool) -> ProcedureVerdict:
    if enough:
        return ProcedureVerdict.SUFFICIENT
    on_ordinary_terms = all(term.ordinary for term in result.terms)
    if result.verdict is Verdict.FITS or (
        result.verdict is Verdict.FITS_ON_TERMS and on_ordinary_terms
    ):
        return ProcedureVerdict.ALLOWED
    return ProcedureVerdict.TO_VERIFY if result.verdict.open else ProcedureVerdict.CLOSED


def procedure_for(
    contract: ArrangementResult, results: Sequence[ArrangementResult], rules: Rules
) -> ArrangementResult | None:
    """Return the procedure that suffices for a contract, None where none is known to."""
    lineage = set(rules.lineage(contract.arrangement.slug))
    return next(
        (
            r
            for r in results
            if r.procedure is ProcedureVerdict.SUFFICIENT
            and lineage & set(r.arrangement.applies_to)
        ),
        None,
    )
