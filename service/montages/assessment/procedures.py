"""The procedures of a purchase: what suffices, what is allowed, what is closed (R37)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.ranking import gives_way
from montages.engine.units import Unit
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.periods import Rules

_OPEN = tuple(verdict for verdict in Verdict if verdict.open)


def procedures(
    results: Sequence[ArrangementResult], rules: Rules, units: Sequence[Unit]
) -> tuple[ArrangementResult, ...]:
    """Return the procedures, lightest first among those of the same contracts, those that are closed last.

    The lightest that surely is open suffices, unless a lighter one may be so. Where no contract that
    they award can be taken, all are closed (R37).
    """
    families: dict[tuple[str, ...], list[ArrangementResult]] = {}
    for result in sorted(results, key=lambda r: r.arrangement.order):
        if result.arrangement.kind == "procedure":
            families.setdefault(result.arrangement.applies_to, []).append(result)
    useful = _useful(families, results, rules)
    out = []
    for contracts, family in families.items():
        enough = _enough(family, units, rules) if contracts in useful else None
        for result in family:
            verdict = ProcedureVerdict.CLOSED
            if contracts in useful:
                verdict = _verdict(result, result is enough)
            out.append(replace(result, procedure=verdict))
    order = [r for r in out if r.procedure is not ProcedureVerdict.CLOSED]
    return (*order, *(r for r in out if r.procedure is ProcedureVerdict.CLOSED))


def _useful(
    families: Iterable[tuple[str, ...]], results: Sequence[ArrangementResult], rules: Rules
) -> set[tuple[str, ...]]:
    """Return the families that award an open contract; where none does, one that a choice reopens."""
    for verdicts in (_OPEN, (Verdict.CLOSED_BY_CHOICE,)):
        taken = {
            name
            for result in results
            if result.arrangement.kind == "contract" and result.verdict in verdicts
            for name in rules.lineage(result.arrangement.slug)
        }
        if useful := {family for family in families if taken & set(family)}:
            return useful
    return set()


def _enough(
    family: Sequence[ArrangementResult], units: Sequence[Unit], rules: Rules
) -> ArrangementResult | None:
    """Return the lightest procedure still open if it surely is, or is on terms.

    One that is presumed closed, or that no answer calls for and ranks behind others, holds none back.
    """
    for result in family:
        if result.verdict in (Verdict.FITS, Verdict.FITS_ON_TERMS):
            return result
        presumed_closed = bool(result.best.presumed)
        if result.verdict.open and not (presumed_closed or gives_way(result, family, units, rules)):
            return None
    return None


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
    mine = _of(contract, results, rules)
    return next((r for r in mine if r.procedure is ProcedureVerdict.SUFFICIENT), None)


def procedures_to_verify(
    contract: ArrangementResult, results: Sequence[ArrangementResult], rules: Rules
) -> tuple[ArrangementResult, ...]:
    """Return the procedures that would suffice for a contract once facts are verified, lightest first."""
    mine = _of(contract, results, rules)
    return tuple(r for r in mine if r.procedure is ProcedureVerdict.TO_VERIFY and r.to_verify)


def procedure_allowed(
    contract: ArrangementResult, results: Sequence[ArrangementResult], rules: Rules
) -> ArrangementResult | None:
    """Return the lightest procedure that a contract may follow in any case."""
    mine = _of(contract, results, rules)
    return next((r for r in mine if r.procedure is ProcedureVerdict.ALLOWED), None)


def has_procedures(
    contract: ArrangementResult, results: Sequence[ArrangementResult], rules: Rules
) -> bool:
    """Tell whether any procedure awards a contract, or what a way of running buys by."""
    return bool(contract.arrangement.buys_by or _of(contract, results, rules))


def _of(
    contract: ArrangementResult, results: Iterable[ArrangementResult], rules: Rules
) -> list[ArrangementResult]:
    """Return the procedures of a contract, in their order."""
    lineage = set(rules.lineage(contract.arrangement.slug))
    procedures = (result for result in results if result.procedure is not None)
    return [r for r in procedures if lineage & set(r.arrangement.applies_to)]
