"""Why a procedure is enough: the amount stated, and the thresholds of the day around it (R37)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.words.wording import answer_text, enumerated
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.buckets import spaced
from montages.knowledge.model import Condition, Passage, Requirement
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

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
    reached += [_lowest(_bounded(each, "violated", _CEILINGS, rules)) for each in lighter]
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
    return Text(
        f"quel que soit le montant, car {enumerated([w.fr for w in words], 'fr')}",
        f"whatever the amount, as {enumerated([w.en for w in words], 'en')}",
    )


def _lowest(limits: Iterable[_Limit]) -> _Limit | None:
    return min(limits, key=lambda pair: pair[0], default=None)


def _sentence(
    check: Check, floor: _Limit | None, ceiling: _Limit | None, rules: Rules, lang: str
) -> str:
    """Return a stated number against the thresholds it reaches and stays below."""
    unit = rules.criteria[check.requirement.own.criterion].unit[lang]
    low, high = (f"{spaced(pair[0], lang)} {unit}" if pair else "" for pair in (floor, ceiling))
    shown = check.shown[lang]
    if lang == "fr":
        if not high:
            return f"{shown} atteignent le seuil de {low}"
        if not low:
            return f"{shown} sont sous le seuil de {high}"
        return f"{shown} atteignent le seuil de {low} et sont sous celui de {high}"
    if not high:
        return f"{shown} reaches the threshold of {low}"
    if not low:
        return f"{shown} is below the threshold of {high}"
    return f"{shown} reaches the threshold of {low} and is below that of {high}"
