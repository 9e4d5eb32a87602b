"""Qualification: which contracts the answers call by name, in the jurist's order of questions (R41, R43).

Then how near one closed by choice is: the change that opens it, and what calls it then (R47).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.verdict.answers import Pair, changed, tied_criteria
from montages.assessment.verdict.unit_verdict import Reopening
from montages.knowledge.compiled.masks import (
    ClauseBits,
    MaskedRequirement,
    clause_bits,
    masks,
    meets,
)
from montages.knowledge.law import Preference
from montages.knowledge.logic import NO_ANSWER, Answers
from montages.knowledge.model import Definition
from montages.knowledge.naming_order import (
    calling_criteria,
    definitions_in_order,
    exceptions_to,
    is_plain,
    qualification_order,
)
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import folding_preferences
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class Qualified(OneLine):
    """The contracts that answers call, from their bits; `stated` are the bits of what was stated."""

    bits: int
    stated: int
    answers: Answers
    rules: Rules

    @cached_property
    def called(self) -> Mapping[str, Definition]:
        """Return contract → the definition that calls it, in the order of qualification."""
        if type(self.bits) is not int:  # traced: what is looked at counts
            return _called_by(self.bits, self.stated, self.rules)
        read = _read(self.rules)
        return _called(self.bits & read, self.stated & read, self.rules)

    def changed_to(self, pairs: Sequence[Pair]) -> Qualified:
        """Return what is called where some criteria are answered otherwise."""
        known, tied, bits, stated = (
            masks(self.rules),
            tied_criteria(self.rules),
            self.bits,
            self.stated,
        )
        if any(name in tied for name, _ in pairs):
            return qualified(changed(self.answers, pairs, self.rules), self.rules)
        for name, value in pairs:
            bits = bits & ~known.of_criterion[name] | known.answer_bits[name, value]
            stated |= known.of_criterion[name]
        return Qualified(bits, stated, {}, self.rules)

    def met(self, slug: str) -> tuple[Definition, ...]:
        """Return all definitions by which a contract that is called would be."""
        lines = (line for line in _lines(self.rules) if line.slug == slug)
        return tuple(line.definition for line in lines if line.holds(self.bits, self.stated))

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Return the place of each contract that is called."""
        return {slug: n for n, slug in enumerate(self.called)}

    def by(self, slug: str) -> tuple[tuple[str, str, str], ...]:
        """Return the answers that call a contract: criterion, value, state."""
        called: Definition | None = self.called[slug]
        names: dict[str, None] = {}
        while called is not None:
            names |= dict.fromkeys(called.criteria)
            called = self.called[called.also] if called.also else None
        return tuple(
            (name, min(given.values), given.state)
            for name in names
            if (given := self.answers.get(name, NO_ANSWER)).values
        )


def _called_by(bits: int, stated: int, rules: Rules) -> Mapping[str, Definition]:
    met: dict[str, Definition] = {}
    for line in _lines(rules):
        if line.slug not in met and line.holds(bits, stated) and line.also <= met.keys():
            met[line.slug] = line.definition
    return {slug: met[slug] for slug in qualification_order(rules) if slug in met}


_called = lru_cache(maxsize=4096)(_called_by)


@cache
def _read(rules: Rules) -> int:
    """Return the bits of the criteria that definitions read."""
    return sum(masks(rules).of_criterion[name] for name in calling_criteria(rules))


def qualified(answers: Answers, rules: Rules) -> Qualified:
    """Return what answers call each contract by."""
    return Qualified(masks(rules).encode(answers), said_bits(answers, rules), answers, rules)


def said_bits(answers: Answers, rules: Rules) -> int:
    """Return all bits of the criteria that are answered by what was stated."""
    of_criterion = masks(rules).of_criterion
    names = (n for n, answer in answers.items() if answer.state == "explicit" and answer.values)
    return sum(of_criterion[name] for name in names)


@dataclass(frozen=True, eq=False)
class _Line:
    """A definition as bits: what must be met and nothing else, what must not, what must not be stated."""

    slug: str
    definition: Definition
    also: frozenset[str]
    when: tuple[tuple[int, int], ...]
    unless: tuple[ClauseBits, ...]
    silent: int

    def holds(self, bits: int, stated: int) -> bool:
        """Tell whether answers meet the definition: values at odds call no contract."""
        for met, whole in self.when:
            given = bits & whole
            if not given or given & ~met:
                return False
        if stated & self.silent:
            return False
        return not any(meets(bits, condition) for condition in self.unless)


@cache
def _lines(rules: Rules) -> Sequence[_Line]:
    """Return the definitions of a period in their order, as bits."""
    return [_line(definition, rules) for definition in definitions_in_order(rules)]


def _line(definition: Definition, rules: Rules) -> _Line:
    known = masks(rules)
    # What is asked first is mostly answered: a definition that it refuses looks at nothing else.
    clauses = (clause for condition in definition.when for clause in condition.clauses)
    wanted = sorted(clauses, key=lambda clause: rules.criteria[clause.criterion].order)
    return _Line(
        definition.defines,
        definition,
        frozenset({definition.also} if definition.also else ()),
        tuple((known.test(c).met, known.of_criterion[c.criterion]) for c in wanted),
        tuple(clause_bits(c.clauses, rules) for c in exceptions_to(definition, rules)),
        sum(known.of_criterion[name] for name in definition.unless_stated),
    )


# Called by something stated that the change leaves, plain, called by the change alone, not called.
_STATED, _PLAIN, _CHANGED, _UNCALLED = range(4)


class Nearness(NamedTuple):
    """What sorts changes, nearest first: how many, how many of more than a figure, what then calls it.

    `folded`: the contract would be lawful and hardly sensible, which is never the nearest.
    """

    folded: bool
    changes: int
    kinds: int
    called: int
    order: int


def nearest_change(
    result: ArrangementVerdict, given: Qualified
) -> tuple[Nearness, Reopening] | None:
    """Return the nearest change that opens a contract, None where no choice does."""
    near = ((_nearness(result, reopening, given), reopening) for reopening in result.reopens_to)
    return min(near, key=lambda pair: pair[0], default=None)


def _nearness(result: ArrangementVerdict, reopening: Reopening, given: Qualified) -> Nearness:
    arrangement, changes, rules = result.arrangement, reopening.changes, given.rules
    pairs = [(change.criterion, change.to[0]) for change in changes if change.to]
    after, changing = given.changed_to(pairs), dict(pairs)
    slug = arrangement.slug
    if is_plain(arrangement, rules):
        calls = _PLAIN
    elif slug in given.called and not any(name in changing for name, _, _ in given.by(slug)):
        calls = _STATED
    else:
        calls = _CHANGED if slug in after.called else _UNCALLED
    return Nearness(
        folds(slug, after.bits, rules),
        len(changes),
        sum(not rules.criteria[change.criterion].numeric_property for change in changes),
        calls,
        arrangement.qualification_order,
    )


def folds(slug: str, bits: int, rules: Rules) -> bool:
    """Tell whether answers make a contract hardly sensible (R34b)."""
    return any(test.folds(bits) for _, test in _folding(slug, rules))


def folded_by(slug: str, bits: int, rules: Rules) -> tuple[Preference, ...]:
    """Return the preferences by which answers make a contract hardly sensible."""
    return tuple(preference for preference, test in _folding(slug, rules) if test.folds(bits))


@cache
def _folding(slug: str, rules: Rules) -> Sequence[tuple[Preference, MaskedRequirement]]:
    known = masks(rules)
    preferences = folding_preferences(slug, rules)
    return [(p, known.requirements[known.position[p.slug]]) for p in preferences]
