"""The procedures of a purchase: what suffices, what is allowed, what is closed (R37).

Why one is enough: the amount stated, and the thresholds of the day around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Check
from montages.assessment.checks.unit_outcomes import hard_requirements
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import answer_in_words, answer_text, enumerated, lower
from montages.bilingual import Text, in_both, message
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.buckets import measured
from montages.knowledge.compiled.masks import ClauseBits, clause_bits, meets
from montages.knowledge.law import Condition, Passage
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.naming_order import outranking
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

_OPEN = tuple(verdict for verdict in Verdict if verdict.open)
_SURE = (Verdict.FITS, Verdict.FITS_ON_TERMS)


def procedures(
    results: Sequence[ArrangementVerdict], bits: int, rules: Rules
) -> tuple[ArrangementVerdict, ...]:
    """Return the procedures, lightest first among those of the same contracts, those that are closed last.

    The lightest that surely is open suffices, unless a lighter one may be so; `bits` are those of the
    answers. Where no contract that they award can be taken, all are closed (R37).
    """
    families: dict[tuple[str, ...], dict[str, ArrangementVerdict]] = {}
    for result in sorted(results, key=lambda r: r.arrangement.order):
        if result.arrangement.kind == "procedure":
            family = families.setdefault(result.arrangement.applies_to, {})
            family[result.arrangement.slug] = result
    useful = _useful(families, results, rules)
    out = []
    for contracts, family in families.items():
        if contracts not in useful:
            out += [replace(r, procedure=ProcedureVerdict.CLOSED) for r in family.values()]
            continue
        as_answered = {
            slug: Verdict.CLOSED if result.best.presumed else result.verdict
            for slug, result in family.items()
        }
        enough = lightest_enough(list(family), as_answered.__getitem__, bits, rules)
        out += [replace(r, procedure=_verdict(r, slug == enough)) for slug, r in family.items()]
    return tuple(sorted(out, key=lambda r: r.procedure is ProcedureVerdict.CLOSED))


def lightest_enough(
    family: Sequence[str], verdict: Callable[[str], Verdict], bits: int, rules: Rules
) -> str | None:
    """Return the lightest procedure of a family still open if it surely is, or is on terms.

    The verdicts are those for the answers as they are: one that is presumed closed holds none back, nor does
    one that no answer calls for and that ranks behind others. One that an answer calls for comes before those
    behind which it ranks; of several, the one for which most answers call together.
    """
    called = {
        slug: n for slug in _callable(tuple(family), rules) if (n := calling(slug, bits, rules))
    }
    for slug in family:
        if not verdict(slug).open:
            continue
        ahead = outranking(slug, rules)
        if slug not in called and any(verdict(o).open for o in family if o in ahead):
            continue
        before = [o for o in called if slug in outranking(o, rules) and verdict(o) in _SURE]
        return max(before, key=called.__getitem__, default=slug if verdict(slug) in _SURE else None)
    return None


@cache
def _calls(slug: str, rules: Rules) -> tuple[ClauseBits, ...]:
    arrangement = rules.arrangements.get(slug)  # None for one that is not in force
    conditions = arrangement.ranks_freely_when if arrangement else ()
    return tuple(clause_bits(condition.clauses, rules) for condition in conditions)


@cache
def _callable(family: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the procedures among some for which answers may call."""
    return tuple(slug for slug in family if _calls(slug, rules))


def calling(slug: str, bits: int, rules: Rules) -> int:
    """Return how many answers say together that a procedure need not rank behind others, 0 for none."""
    return max((len(clauses) for clauses in _calls(slug, rules) if meets(bits, clauses)), default=0)


def _useful(
    families: Iterable[tuple[str, ...]], results: Sequence[ArrangementVerdict], rules: Rules
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


def _verdict(result: ArrangementVerdict, enough: bool) -> ProcedureVerdict:
    if enough:
        return ProcedureVerdict.SUFFICIENT
    on_ordinary_terms = all(term.ordinary for term in result.terms)
    if result.verdict is Verdict.FITS or (
        result.verdict is Verdict.FITS_ON_TERMS and on_ordinary_terms
    ):
        return ProcedureVerdict.ALLOWED
    return ProcedureVerdict.TO_VERIFY if result.verdict.open else ProcedureVerdict.CLOSED


_CEILINGS, _FLOORS = ("below", "at-most"), ("at-least", "above")
# A tenth of the threshold or less is left: it is near.
_NEAR = 10


@dataclass(frozen=True)
class ProcedureAdvice(OneLine):
    """Why a procedure is enough, with the clauses that say so; `needed`: no lighter one is open.

    `criterion` is that of the amount, where an amount decides it.
    """

    why: Text
    sources: tuple[Passage, ...]
    needed: bool
    criterion: str = ""


def procedure_advice(
    enough: ArrangementVerdict, results: Sequence[ArrangementVerdict], unit: Unit, rules: Rules
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
    if not ceiling:
        for read, why in _whatever_the_amount(enough, unit, rules):
            return ProcedureAdvice(why, read, needed=False)
    if stated is None:
        return None
    criterion = stated[1].requirement.own.criterion
    checks = [pair[1] for pair in (floor, ceiling) if pair]
    sources = dict.fromkeys(check.requirement.sources[0] for check in checks)
    return ProcedureAdvice(
        _why(rules.criteria[criterion].unit, floor, ceiling),
        tuple(sources),
        needed=floor is not None and ceiling is None,
        criterion=criterion,
    )


_Limit = tuple[Decimal, Check]


def _hangs_on_the_amount(result: ArrangementVerdict) -> bool:
    """Tell whether nothing but an amount may close a procedure."""
    outcomes = result.outcomes
    return outcomes is None or all(
        outcomes.outcomes[gate.slug] in ("satisfied", "not-applicable")
        for gate in hard_requirements(result.arrangement.slug, outcomes.rules)
        if not gate.own.bounds
    )


def _bounded(
    result: ArrangementVerdict, outcome: str, sides: Sequence[str], rules: Rules
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


def _whatever_the_amount(
    enough: ArrangementVerdict, unit: Unit, rules: Rules
) -> Iterator[tuple[tuple[Passage, ...], Text]]:
    """Yield what opens a procedure whatever the amount, with its source: an exception, or its own ground."""
    for check in enough.checks:
        requirement = check.requirement
        stated = requirement.hard and requirement.own.bounds and check.given
        if stated and check.outcome == "satisfied" and not _within(check, rules):
            for condition in requirement.unless:
                if logic.holds(condition, unit.answers, rules):
                    reasons = _said(condition, unit, rules)
                    why = message("whatever the amount, as {reasons}", reasons=reasons)
                    yield requirement.sources[:1], why
    gates = [check.requirement for check in enough.checks if check.requirement.hard]
    grounds = {c.criterion: gate for gate in gates for one in gate.unless for c in one.clauses}
    grounds |= {gate.own.criterion: gate for gate in gates}
    for condition in sorted(enough.arrangement.ranks_freely_when, key=lambda c: len(c.clauses)):
        if logic.holds(condition, unit.answers, rules):
            ground = next(grounds[c.criterion] for c in condition.clauses if c.criterion in grounds)
            yield ground.sources[:1], _said(condition, unit, rules)


def _said(condition: Condition, unit: Unit, rules: Rules) -> Text:
    """Return the answers that meet a condition, in words."""
    stated = [(c.criterion, c.accepts & unit.answer(c.criterion).values) for c in condition.clauses]
    words = [_in_words(name, values, rules) for name, values in stated if values]
    return in_both(lambda lang: enumerated([text[lang] for text in words], lang))


def _in_words(name: str, values: frozenset[str], rules: Rules) -> Text:
    """Return what is a fact as it is told, a choice as it was made: `conception comprise : oui`."""
    criterion = rules.criteria[name]
    if criterion.nature != "choice":
        return answer_text(Term(name, tuple(sorted(values))), rules)
    answer = answer_in_words(logic.Answer(values), criterion)
    label = in_both(lambda lang: lower(criterion.label[lang]))
    value = in_both(lambda lang: lower(answer[lang]))
    return message("{label}: {value}", label=label, value=value)


def _lowest(limits: Iterable[_Limit]) -> _Limit | None:
    return min(limits, key=lambda pair: pair[0], default=None)


def _why(unit: Text, floor: _Limit | None, ceiling: _Limit | None) -> Text:
    """Return the thresholds from which and up to which a procedure is enough."""
    low, high = (measured(pair[0], unit) if pair else None for pair in (floor, ceiling))
    if ceiling is None or high is None:
        return message("from {low}", low=low)
    if low is None:
        why = message("below {high}", high=high)
    else:
        why = message("from {low} and below {high}", low=low, high=high)
    limit, check = ceiling
    if check.number is None or (limit - check.number) * _NEAR > limit:
        return why
    left = measured(limit - check.number, unit)
    return message("{why}, {left} away: one more option changes everything", why=why, left=left)
