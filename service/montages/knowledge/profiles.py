"""Answer profiles, to look for what the rules can and cannot conclude: a search, not the engine.

A profile gives each criterion its values; a criterion it leaves out is not answered. A criterion
with several values is taken as answered in full, so that what it does not name is ruled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from montages.knowledge.implications import closed
from montages.knowledge.model import Clause, Condition, Requirement
from montages.knowledge.periods import Rules

Profile = Mapping[str, frozenset[str]]


@cache
def _accepted(rules: Rules, clause: Clause) -> frozenset[str] | None:
    return rules.accepted(clause)


def _meets(clause: Clause, profile: Profile, rules: Rules) -> bool | None:
    """Tell whether a profile meets a clause; None where it is silent, or the limit unknown."""
    values, accepted = profile.get(clause.criterion), _accepted(rules, clause)
    if not values or accepted is None:
        return None
    return bool(values & accepted)


def _all(condition: Condition, profile: Profile, rules: Rules) -> bool | None:
    found = [_meets(clause, profile, rules) for clause in condition.clauses]
    return False if False in found else None if None in found else True


def holds(requirement: Requirement, profile: Profile, rules: Rules) -> bool | None:
    """Tell whether a profile satisfies (True) or violates (False) a requirement, or neither."""
    when = [_all(condition, profile, rules) for condition in requirement.when]
    unless = [_all(condition, profile, rules) for condition in requirement.unless]
    own = _meets(requirement.own, profile, rules)
    if own or True in unless or False in when:
        return True
    return False if own is False and None not in (*unless, *when) else None


def hard(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return the hard requirements of an arrangement, inherited ones included."""
    return tuple(r for r in rules.effective(slug) if r.hard)


def contracts_in_force(rules: Rules) -> tuple[str, ...]:
    """Return the contract types that can be proposed in a period."""
    proposed = (a.slug for a in rules.proposed() if a.kind == "contract")
    return tuple(slug for slug in proposed if slug in rules.arrangements)


def status(slug: str, profile: Profile, rules: Rules) -> bool | None:
    """Tell whether an arrangement is eligible (True) or ineligible (False) under a profile."""
    found = {holds(requirement, profile, rules) for requirement in hard(slug, rules)}
    return False if False in found else None if None in found else True


def read(requirements: Iterable[Requirement], rules: Rules) -> tuple[str, ...]:
    """Return the criteria that requirements read, in author order."""
    names = {clause.criterion for r in requirements for clause in r.clauses()}
    return tuple(name for name in rules.criteria if name in names)


def possible(answers: Iterable[tuple[str, str]], rules: Rules) -> dict[str, frozenset[str]] | None:
    """Return answers with what they imply; None when they contradict each other."""
    found = closed(answers)
    clash = any(len(v) > 1 and not rules.criteria[c].multiple for c, v in found.items())
    return None if clash else found


def profiles(criteria: Sequence[str], rules: Rules) -> Iterator[dict[str, frozenset[str]]]:
    """Yield every possible profile over a few criteria, one value each."""
    lists = [[(name, v.slug) for v in rules.criteria[name].values] for name in criteria]
    for answers in product(*lists):
        found = possible(answers, rules)
        if found is not None:
            yield found


def satisfying(slug: str, rules: Rules) -> Profile | None:
    """Return a profile under which an arrangement is eligible, None when there is none."""
    requirements = hard(slug, rules)
    return _search((), read(requirements, rules), requirements, rules)


def _search(
    chosen: tuple[tuple[str, str], ...],
    criteria: Sequence[str],
    requirements: Sequence[Requirement],
    rules: Rules,
) -> Profile | None:
    """Search depth first, leaving a branch as soon as a requirement is violated in it."""
    profile = possible(chosen, rules)
    if profile is None:
        return None
    found = {holds(requirement, profile, rules) for requirement in requirements}
    if False in found:
        return None
    if None not in found:
        return profile
    if not criteria:
        return None
    first, *rest = criteria
    for value in rules.criteria[first].values:
        deeper = _search((*chosen, (first, value.slug)), rest, requirements, rules)
        if deeper is not None:
            return deeper
    return None
