"""Gates as a formula over answers, which a MaxSAT solver makes true at the least cost (R34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from montages.assessment.verdict.answer_changes import Pair, clashing, coherent, implied, is_open
from montages.assessment.verdict.verdict_gates import all_clauses
from montages.knowledge import suppositions
from montages.knowledge.implications import implications
from montages.knowledge.logic import NO_ANSWER, Answers
from montages.knowledge.model import Clause, Requirement
from montages.knowledge.periods import Rules

if TYPE_CHECKING:
    from pysat.examples.rc2 import RC2
    from pysat.formula import WCNF

# What makes something true: it is settled already, or one of the solver's literals does.
Disjunction = bool | tuple[int, ...]
# What a variable says: one answer that is supposed, or the values of a choice as they are stated.
Saying = tuple[Pair, ...]


@dataclass(frozen=True, eq=False)
class GateFormula:
    """What may be answered, each way a variable from 1, with what it implies and what clashes.

    `answers` are those that hold whatever the variables are.
    """

    rules: Rules
    answers: Answers
    sayings: Sequence[Saying]
    formula: WCNF
    _by_pair: dict[Pair, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def over(
        cls, sayings: Sequence[Saying], answers: Answers, rules: Rules, stated: int = 0
    ) -> GateFormula:
        """Return the formula in which nothing is required yet but that answers go together.

        The first `stated` sayings stand together whatever they say.
        """
        from pysat.formula import WCNF  # start-up is short

        self = cls(rules, answers, sayings, WCNF())
        self.formula.nv = len(sayings)
        for n, saying in enumerate(sayings, 1):
            for pair in {other for one in saying for other in implied(one)}:
                self._by_pair[pair] = (*self._by_pair.get(pair, ()), n)
            if n > stated:
                against = frozenset[Pair]().union(*(clashing(rules, one) for one in saying))
                for m, other in enumerate(sayings[: n - 1], 1):
                    if not against.isdisjoint(other):
                        self.formula.append([-n, -m])
        return self

    def hold(self, gate: Requirement, asserted: bool) -> bool:
        """Require a gate to be true and unviolated, or a duty not to be refused; False where it cannot be.

        An asserted gate is true already.
        """
        wanted = [] if asserted else [*self._true(gate)]
        if not gate.duty:
            wanted.append(self._unviolated(gate))
        return all(map(self._require, wanted))

    def prefer(self, literal: int, weight: int) -> None:
        """Say what it costs where a literal is not true."""
        self.formula.append([literal], weight=weight)

    def any_of(self, literals: Iterable[int]) -> None:
        """Require one of some literals."""
        self.formula.append(list(literals))

    def solver(self) -> RC2:
        """Return a solver of what is required so far."""
        from pysat.examples.rc2 import RC2

        return RC2(self.formula)

    def true_sayings(self, model: Iterable[int]) -> list[int]:
        """Return the variables of sayings that are true in a model."""
        return [n for n in model if 0 < n <= len(self.sayings)]

    def _true(self, gate: Requirement) -> Iterator[Disjunction]:
        ways = [self._all_of(map(self._met, c.clauses)) for c in gate.unless]
        ways += [_either(map(self._refuted, c.clauses)) for c in gate.when]
        if not gate.duty:
            yield _either([self._met(gate.own), *ways])
            return
        for refusal in gate.closes_if:
            yield _either([*ways, *(self._none_of(self._met(c)) for c in refusal.clauses)])

    def _unviolated(self, gate: Requirement) -> Disjunction:
        never = self._none_of
        ways = [self._all_of(never(self._refuted(c)) for c in u.clauses) for u in gate.unless]
        ways += [_either(never(self._met(c)) for c in w.clauses) for w in gate.when]
        return _either([never(self._refuted(gate.own)), *ways])

    def _met(self, clause: Clause) -> Disjunction:
        accepted = self.rules.accepted(clause) or frozenset()
        if self.answers.get(clause.criterion, NO_ANSWER).values & accepted:
            return True
        return self._variables(clause.criterion, accepted)

    def _refuted(self, clause: Clause) -> Disjunction:
        stated = self.answers.get(clause.criterion, NO_ANSWER)
        question = self.rules.criteria[clause.criterion]
        if question.multiple:
            if clause.accepts <= stated.excluded:
                return True
            alone = {v.slug for v in question.values if v.excludes_others} - clause.accepts
            return self._variables(clause.criterion, alone)
        rejected = self.rules.rejected(clause)
        if stated.values & rejected:
            return True
        return self._variables(clause.criterion, rejected)

    def _variables(self, criterion: str, values: Iterable[str]) -> Disjunction:
        """Return the variables that give a criterion one of some values, directly or by implication."""
        variables = {n for value in values for n in self._by_pair.get((criterion, value), ())}
        return tuple(sorted(variables)) or False

    def _none_of(self, literals: Disjunction) -> Disjunction:
        if isinstance(literals, bool):
            return not literals
        return self._all_of((-n,) for n in literals)

    def _all_of(self, parts: Iterable[Disjunction]) -> Disjunction:
        """Return what makes all of some parts true: a new variable that implies each."""
        wanted = [part for part in parts if part is not True]
        if not wanted:
            return True
        if any(part is False for part in wanted):
            return False
        if len(wanted) == 1:
            return wanted[0]
        self.formula.nv += 1
        new: int = self.formula.nv
        for part in wanted:
            if not isinstance(part, bool):
                self.formula.append([-new, *part])
        return (new,)

    def _require(self, alternatives: Disjunction) -> bool:
        if not isinstance(alternatives, bool):
            self.any_of(alternatives)
        return alternatives is not False


def _either(alternatives: Iterable[Disjunction]) -> Disjunction:
    """Return what makes one of some alternatives true."""
    literals: tuple[int, ...] = ()
    for one in alternatives:
        if one is True:
            return True
        literals += one or ()
    return literals or False


def open_pairs(gates: Sequence[Requirement], answers: Answers, rules: Rules) -> Iterator[Pair]:
    """Yield the answers that may still be given to what gates read, in author order.

    Of several values that no gate tells apart only the first is given.
    """
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    for name, alike in to_ask(clauses, rules).items():
        if is_open(name, answers, rules):
            given = answers.get(name, NO_ANSWER).values
            for values in alike:
                possible = (v for v in values if coherent((name, v), answers, rules))
                if (first := next((v for v in possible if v not in given), None)) is not None:
                    yield name, first


@cache
def to_ask(clauses: tuple[Clause, ...], rules: Rules) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the criteria to answer so as to decide clauses, with their values, alike ones together."""
    wanted = {
        source for clause in clauses for source in suppositions.asked_for(clause.criterion, rules)
    }
    return {name: alike(name, clauses, rules) for name in rules.criteria if name in wanted}


def alike(name: str, clauses: Iterable[Clause], rules: Rules) -> tuple[tuple[str, ...], ...]:
    """Return the values of a criterion, those together that no clause tells apart and nothing implies."""
    return _alike(name, tuple(clause for clause in clauses if clause.criterion == name), rules)


@lru_cache(maxsize=4096)
def _alike(name: str, clauses: tuple[Clause, ...], rules: Rules) -> tuple[tuple[str, ...], ...]:
    own = [rules.accepted(clause) or frozenset() for clause in clauses]
    entailed = {pair for pairs in implications().values() for pair in pairs}
    groups: dict[object, list[str]] = {}
    for value in rules.criteria[name].values:
        pair = (name, value.slug)
        key: object = pair
        if pair not in implications() and pair not in entailed:
            accepted = tuple(value.slug in values for values in own)
            key = (accepted, value.ordinary, value.excludes_others)
        groups.setdefault(key, []).append(value.slug)
    return tuple(map(tuple, groups.values()))
