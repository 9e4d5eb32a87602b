"""The procedures of a purchase: what suffices, what is allowed, what is closed (R37).

Why one is enough: the amount stated, and the thresholds of the day around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_text, enumerated
from montages.bilingual import Text, message
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.buckets import spaced
from montages.knowledge.law import Condition, Passage, Requirement
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

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
        if result.verdict.open and not (
            presumed_closed or _gives_way(result, family, units, rules)
        ):
            return None
    return None


def _gives_way(
    result: ArrangementResult,
    results: Iterable[ArrangementResult],
    units: Sequence[Unit],
    rules: Rules,
) -> bool:
    """Tell whether a procedure gives way to another open one: no answer says that it need not."""
    arrangement = result.arrangement
    if not arrangement.ranks_behind or not any(
        other.verdict.open
        and other is not result
        and set(arrangement.ranks_behind) & set(rules.lineage(other.arrangement.slug))
        for other in results
    ):
        return False
    return not any(
        all(logic.met(clause, unit.answers, rules) for clause in condition.clauses)
        for unit in units
        for condition in arrangement.ranks_freely_when
    )


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


_CEILINGS, _FLOORS = ("below", "at-most"), ("at-least", "above")


@dataclass(frozen=True)
class ProcedureAdvice(OneLine):
    """Why a procedure is enough, with the clauses that say so; `needed`: no lighter one is open.

    Where an amount decides it: the criterion, the threshold that it reaches and the one that it stays below.
    """

    why: Text
    sources: tuple[Passage, ...]
    needed: bool
    criterion: str = ""
    floor: Decimal | None = None
    ceiling: Decimal | None = None


def procedure_advice(
    enough: ArrangementResult,
    results: Sequence[ArrangementResult],
    units: Sequence[Unit],
    rules: Rules,
) -> ProcedureAdvice | None:
    """Return why a procedure is enough by the amount, None where no amount decides it."""
    lighter = [
        r
        for r in results
        if r.arrangement.applies_to == enough.arrangement.applies_to
        and r.arrangement.order < enough.arrangement.order
        and _hangs_on_the_amount(r)
    ]
    ceiling = _lowest(_bounded(enough, "satisfied", _CEILINGS, rules))
    reached = [_lowest(_bounded(enough, "satisfied", _FLOORS, rules))]
    reached += [_lowest(_bounded(result, "violated", _CEILINGS, rules)) for result in lighter]
    floor = max((limit for limit in reached if limit), key=lambda pair: pair[0], default=None)
    stated = ceiling or floor
    if stated is None or not ceiling:
        for requirement, condition in _exceptions(enough, units, rules):
            return ProcedureAdvice(
                _excepted(condition, rules), requirement.sources[:1], needed=False
            )
    if stated is None:
        return None
    checks = [pair[1] for pair in (floor, ceiling) if pair]
    sources = dict.fromkeys(check.requirement.sources[0] for check in checks)
    return ProcedureAdvice(
        Text(*(_sentence(stated[1], floor, ceiling, rules, lang) for lang in ("fr", "en"))),
        tuple(sources),
        needed=floor is not None and ceiling is None,
        criterion=stated[1].requirement.own.criterion,
        floor=floor[0] if floor else None,
        ceiling=ceiling[0] if ceiling else None,
    )


_Limit = tuple[Decimal, Check]


def _hangs_on_the_amount(result: ArrangementResult) -> bool:
    """Tell whether nothing but an amount may close a procedure."""
    others = (c for c in result.checks if c.requirement.hard and not c.requirement.own.bounds)
    return all(check.outcome in ("satisfied", "not-applicable") for check in others)


def _bounded(
    result: ArrangementResult, outcome: str, sides: Sequence[str], rules: Rules
) -> Iterator[_Limit]:
    """Return the limits that checks of a stated number have on some sides, those with an outcome."""
    for check in result.checks:
        if check.requirement.hard and check.given and check.outcome == outcome:
            for bound in check.requirement.own.bounds:
                limit = rules.limit(bound)
                by_itself = outcome == "violated" or _within(check, rules)
                if bound.side in sides and limit is not None and by_itself:
                    yield limit, check


def _within(check: Check, rules: Rules) -> bool:
    """Tell whether an answer is within the bounds a check wants: no exception is needed."""
    return set(check.given) <= (rules.accepted(check.requirement.own) or frozenset())


def _exceptions(
    enough: ArrangementResult, units: Sequence[Unit], rules: Rules
) -> Iterator[tuple[Requirement, Condition]]:
    """Return the requirements on an amount that hold by an exception, each with that of its conditions."""
    for check in enough.checks:
        requirement = check.requirement
        stated = requirement.hard and requirement.own.bounds and check.given
        if stated and check.outcome == "satisfied" and not _within(check, rules):
            for condition in requirement.unless:
                clauses = condition.clauses
                if all(logic.met(c, unit.answers, rules) for c in clauses for unit in units):
                    yield requirement, condition


def _excepted(condition: Condition, rules: Rules) -> Text:
    facts = [Term(c.criterion, tuple(sorted(c.accepts))) for c in condition.clauses if c.accepts]
    words = [answer_text(fact, rules) for fact in facts]
    return message(
        "whatever the amount, as {reasons}",
        reasons=Text(
            enumerated([w.fr for w in words], "fr"), enumerated([w.en for w in words], "en")
        ),
    )


def _lowest(limits: Iterable[_Limit]) -> _Limit | None:
    return min(limits, key=lambda pair: pair[0], default=None)


def _sentence(
    check: Check, floor: _Limit | None, ceiling: _Limit | None, rules: Rules, lang: str
) -> str:
    """Return a stated number against the thresholds it reaches and stays below."""
    unit = rules.criteria[check.requirement.own.criterion].unit[lang]
    low, high = (f"{spaced(pair[0], lang)} {unit}" if pair else "" for pair in (floor, ceiling))
    number = check.shown[lang]
    if lang == "fr":
        if not high:
            return f"{number} atteignent le seuil de {low}"
        if not low:
            return f"{number} sont sous le seuil de {high}"
        return f"{number} atteignent le seuil de {low} et sont sous celui de {high}"
    if not high:
        return f"{number} reaches the threshold of {low}"
    if not low:
        return f"{number} is below the threshold of {high}"
    return f"{number} reaches the threshold of {low} and is below that of {high}"
