"""What the rules can never conclude: dead requirements, contracts out of reach, contracts alike.

Found by trying answers out: a profile gives some criteria their values, and leaves the others unanswered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product

from rdflib import URIRef

from montages.assessment.verdict.arrangement_diagram import answers_opening
from montages.bilingual import message
from montages.knowledge import logic
from montages.knowledge.entailment import closure
from montages.knowledge.law import Preference, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.names import slug
from montages.quality.checks.counted_descriptions import contracts_in_force
from montages.quality.checks.rules_report import Remark, remark

# The values of some criteria; one with several is answered in full: what it does not name is ruled out.
Profile = Mapping[str, frozenset[str]]


def unreachable(rules: Rules, days: Sequence[date]) -> Iterator[Remark]:
    """Yield what the rules can never conclude in the periods of some days; alike ones, in that of `rules`."""
    yield from _unknown_limits(days)
    yield from _dead(days)
    yield from _out_of_reach(days)
    groups: dict[frozenset[tuple[object, ...]], list[str]] = {}
    for name in contracts_in_force(rules):
        groups.setdefault(frozenset(map(_signature, rules.effective(name))), []).append(name)
    for names in groups.values():
        if len(names) > 1:
            text = message("Same requirements: {contracts}.", contracts=", ".join(names))
            yield Remark("alike", "error", names[0], text)


def _unknown(requirement: Requirement, rules: Rules) -> set[URIRef]:
    """Return the thresholds a requirement reads that have no known amount in a period."""
    bounds = [bound for clause in requirement.clauses() for bound in clause.bounds]
    return {b.limit for b in bounds if isinstance(b.limit, URIRef) and rules.limit(b) is None}


def _unknown_limits(days: Sequence[date]) -> Iterator[Remark]:
    unknown: dict[URIRef, tuple[date, list[str]]] = {}
    for day in days:
        rules = rules_at(day)
        for requirement in rules.requirements:
            for threshold in _unknown(requirement, rules):
                unknown.setdefault(threshold, (day, []))[1].append(requirement.slug)
    for threshold, (day, names) in sorted(unknown.items()):
        requirements = ", ".join(dict.fromkeys(names))
        yield remark("unknown-limit", slug(threshold), day=day, requirements=requirements)


def _dead(days: Sequence[date]) -> Iterator[Remark]:
    """Yield the requirements that no answer satisfies, or that none violates."""
    never: dict[tuple[str, str], date] = {}
    known: dict[object, set[str]] = {}
    for day in days:
        rules = rules_at(day)
        for requirement in rules.requirements:
            if _unknown(requirement, rules):
                continue
            # All that decides how a requirement comes out: most are the same in many periods.
            read = {clause.criterion for clause in requirement.clauses()}
            ranges = tuple(
                (name, tuple(rules.buckets[name])) for name in sorted(read & {*rules.buckets})
            )
            limits = tuple(rules.accepted(clause) for clause in requirement.clauses())
            content = requirement.version, ranges, limits
            if content not in known:
                known[content] = {*outcomes(requirement, rules)}
            for outcome in {"satisfied", "violated"} - known[content] - _alive(requirement, rules):
                never.setdefault((requirement.slug, outcome), day)
    for (name, outcome), day in sorted(never.items()):
        yield remark(f"never-{outcome}", name, day=day)


def outcomes(requirement: Requirement, rules: Rules) -> Iterator[str]:
    """Yield "satisfied" and "violated" where some answers to what a requirement reads lead to it.

    What some answers decide no further one changes: none is tried beside them.
    """
    gate, open_yet = requirement.as_gate(), [dict[str, str]()]
    for name in criteria_of([requirement], rules):
        further = [{**one, name: v.slug} for one in open_yet for v in rules.criteria[name].values]
        open_yet = []
        for given in further:
            profile = possible(given.items(), rules)
            if profile is None:
                continue
            outcome = logic.outcome(gate, unit_answers(profile, rules), rules)
            if outcome == logic.Outcome.UNDETERMINED:
                open_yet.append(given)
            else:
                yield "satisfied" if outcome == "not-applicable" else outcome


def _alive(requirement: Requirement, rules: Rules) -> set[str]:
    """Return "violated" where a duty is told while nothing says whether it is set aside."""
    when = [clause for condition in requirement.when for clause in condition.clauses]
    names = {clause.criterion for clause in when}
    read = tuple(name for name in criteria_of([requirement], rules) if name in names)
    if requirement.hard or isinstance(requirement, Preference) or not requirement.unless:
        return set()
    outcomes = (
        logic.outcome(requirement.as_gate(), unit_answers(profile, rules), rules)
        for profile in profiles(read, rules)
    )
    return {"violated"} if logic.Outcome.UNDETERMINED in outcomes else set()


def _out_of_reach(days: Sequence[date]) -> Iterator[Remark]:
    """Yield the arrangements that no profile makes eligible, unknown limits apart."""
    for day in days:
        rules = rules_at(day)
        for arrangement in rules.proposed():
            name = arrangement.slug
            gates = hard(name, rules)
            if name not in rules.arrangements or any(_unknown(gate, rules) for gate in gates):
                continue
            if making_true(gates, rules) is None:
                yield remark("out-of-reach", name, day=day)


def _signature(requirement: Requirement) -> tuple[object, ...]:
    weight = requirement.weight if isinstance(requirement, Preference) else None
    conditions = frozenset(requirement.when), frozenset(requirement.unless)
    return (requirement.own, *conditions, requirement.strength, weight)


def unit_answers(profile: Profile, rules: Rules) -> dict[str, logic.Answer]:
    """Return a profile as the answers of a unit."""
    return {name: _answer(rules, name, values) for name, values in profile.items()}


@cache
def _answer(rules: Rules, name: str, values: frozenset[str]) -> logic.Answer:
    criterion = rules.criteria[name]
    others = frozenset(v.slug for v in criterion.values) - values
    return logic.Answer(values, others if criterion.multiple else frozenset(), "explicit")


def hard(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return the hard requirements of an arrangement, inherited ones included."""
    return tuple(r for r in rules.effective(slug) if r.hard)


def criteria_of(requirements: Iterable[Requirement], rules: Rules) -> tuple[str, ...]:
    """Return the criteria that requirements read, in author order."""
    names = {clause.criterion for r in requirements for clause in r.clauses()}
    return tuple(name for name in rules.criteria if name in names)


def possible(pairs: Iterable[tuple[str, str]], rules: Rules) -> dict[str, frozenset[str]] | None:
    """Return criteria and values with what they imply; None when they contradict each other."""
    profile = closure(pairs)
    clash = any(len(v) > 1 and not rules.criteria[c].multiple for c, v in profile.items())
    return None if clash else profile


def profiles(criteria: Sequence[str], rules: Rules) -> Iterator[dict[str, frozenset[str]]]:
    """Yield every possible profile over a few criteria, one value each."""
    lists = [[(name, v.slug) for v in rules.criteria[name].values] for name in criteria]
    for pairs in product(*lists):
        profile = possible(pairs, rules)
        if profile is not None:
            yield profile


def making_true(gates: Sequence[Requirement], rules: Rules) -> Profile | None:
    """Return a profile under which every gate holds, None when there is none."""
    pairs = answers_opening(gates, rules)
    return None if pairs is None else closure(pairs)
