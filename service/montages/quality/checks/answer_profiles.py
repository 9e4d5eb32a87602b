"""Answer profiles, to search what the rules can and cannot conclude.

A profile gives each criterion its values; a criterion it leaves out is not answered. A criterion
with several values is taken as answered in full, so that what it does not name is ruled out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from montages.assessment.verdict.diagram_walks import answers_opening
from montages.knowledge import logic
from montages.knowledge.entailment import closure
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

Profile = Mapping[str, frozenset[str]]


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


def contracts_in_force(rules: Rules) -> tuple[str, ...]:
    """Return the contract types that can be proposed in a period."""
    proposed = (a.slug for a in rules.proposed() if a.kind == "contract")
    return tuple(slug for slug in proposed if slug in rules.arrangements)


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
