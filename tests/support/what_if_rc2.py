"""What opens an arrangement, by a MaxSAT solver: every gate as clauses over what may be answered (R21).

A choice that is stated stays, or takes another value, at a price; what is open may be answered, a fact at a
price that outweighs any number of choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pysat.examples.rc2 import RC2
from pysat.formula import WCNF

from montages.knowledge.entailment import closure
from montages.knowledge.law import Clause, Condition, Requirement
from montages.knowledge.logic import NO_ANSWER, Answers
from verdict_oracle import Oracle, Pair, without
from what_if_oracle import is_term

FACT, CHOICE = 10**6, 1


class Formula:
    """Literals for what is answered, and for each test of a gate that reads it."""

    def __init__(self, oracle: Oracle, answers: Answers) -> None:
        self.oracle, self.rules = oracle, oracle.rules
        self.wcnf = WCNF()
        self.choices = oracle.stated_choices(answers)
        self.answers = answers
        self.fixed = without(answers, self.choices)
        self.said: dict[int, Pair] = {}
        self.saying: dict[Pair, list[int]] = {}
        self._give()

    def new(self) -> int:
        self.wcnf.nv += 1
        number: int = self.wcnf.nv
        return number

    def _give(self) -> None:
        """Make a literal for each answer that may be given, with what it implies and clashes with."""
        for name in self.choices:
            stays = self.new()
            ways = [stays]
            for value in sorted(self.answers[name].values):
                self._imply(stays, (name, value))
            ways += [self._answer(pair, CHOICE) for pair in self.oracle.others(name, self.answers)]
            self.wcnf.append(ways)
            for one in ways[1:]:
                self.wcnf.append([-stays, -one])
        for name in self.oracle.unanswered(self.fixed):
            if name not in self.choices:
                for value in self.rules.criteria[name].values:
                    price = CHOICE if is_term(self.oracle, name) else FACT
                    self._answer((name, value.slug), price)
        self._exclude()

    def _answer(self, pair: Pair, price: int) -> int:
        literal = self.new()
        self.said[literal] = pair
        self.wcnf.append([-literal], weight=price)
        self._imply(literal, pair)
        if not all(self._coherent(other) for other in _implied(pair)):
            self.wcnf.append([-literal])
        return literal

    def _imply(self, literal: int, pair: Pair) -> None:
        for other in _implied(pair):
            self.saying.setdefault(other, []).append(literal)

    def _coherent(self, pair: Pair) -> bool:
        given = self.fixed.get(pair[0], NO_ANSWER)
        clash = any(self._clash(pair, (pair[0], value)) for value in given.values)
        return pair[1] in given.values or not (pair[1] in given.excluded or clash)

    def _clash(self, one: Pair, other: Pair) -> bool:
        criterion = self.rules.criteria[one[0]]
        if one == other:
            return False
        alone = (criterion.value(value).excludes_others for value in (one[1], other[1]))
        return not criterion.multiple or any(alone)

    def _exclude(self) -> None:
        """Say which answers do not go together, those that are stated together apart."""
        pairs = list(self.saying)
        for n, one in enumerate(pairs):
            for other in pairs[n + 1 :]:
                if one[0] == other[0] and self._clash(one, other):
                    for a in self.saying[one]:
                        for b in self.saying[other]:
                            if a != b and (a in self.said or b in self.said):
                                self.wcnf.append([-a, -b])

    def any_of(self, literals: Iterable[int]) -> int:
        """Return a literal that is true just where one of some is."""
        literals = list(literals)
        new = self.new()
        self.wcnf.append([-new, *literals])
        for literal in literals:
            self.wcnf.append([new, -literal])
        return new

    def all_of(self, literals: Iterable[int]) -> int:
        return -self.any_of(-literal for literal in literals)

    def met(self, clause: Clause) -> int:
        accepted = self.rules.accepted(clause) or frozenset()
        known = self.fixed.get(clause.criterion, NO_ANSWER).values & accepted
        literals = (n for v in accepted for n in self.saying.get((clause.criterion, v), ()))
        return self.any_of([]) * -1 if known else self.any_of(literals)

    def refuted(self, clause: Clause) -> int:
        criterion = self.rules.criteria[clause.criterion]
        given = self.fixed.get(clause.criterion, NO_ANSWER)
        if criterion.multiple:
            known = clause.accepts <= given.excluded
            values = {v.slug for v in criterion.values if v.excludes_others} - clause.accepts
        else:
            values = set(self.rules.rejected(clause))
            known = bool(given.values & values)
        literals = (n for v in values for n in self.saying.get((clause.criterion, v), ()))
        return -self.any_of([]) if known else self.any_of(literals)

    def require(self, gate: Requirement, asserted: bool) -> None:
        """Require a gate to be true and not violated, or a duty not to be refused."""

        def every(test: Callable[[Clause], int], condition: Condition) -> int:
            return self.all_of(map(test, condition.clauses))

        def some(test: Callable[[Clause], int], condition: Condition) -> int:
            return self.any_of(map(test, condition.clauses))

        idle = self.any_of(some(self.refuted, c) for c in gate.when)
        excepted = self.any_of(every(self.met, c) for c in gate.unless)
        if gate.duty:
            refused = self.any_of(every(self.met, c) for c in gate.closes_if)
            self.wcnf.append([-refused, idle, excepted])
            return
        due = self.all_of(every(self.met, c) for c in gate.when)
        bound = self.all_of(some(self.refuted, c) for c in gate.unless)
        self.wcnf.append([-self.refuted(gate.own), -due, -bound])
        if not asserted:
            self.wcnf.append([self.met(gate.own), idle, excepted])


def _implied(pair: Pair) -> frozenset[Pair]:
    return frozenset((name, v) for name, values in closure([pair]).items() for v in values)


def opening_sets(oracle: Oracle, answers: Answers) -> Iterator[tuple[frozenset[Pair], int]]:
    """Yield the sets of choices that open an arrangement, with how many facts are left, fewest first."""
    formula = Formula(oracle, answers)
    for gate in (*oracle.gates, *oracle.duties):
        formula.require(gate, gate.slug in oracle.asserted)
    with RC2(formula.wcnf) as solver:
        while (model := solver.compute()) is not None:
            said = [n for n in model if n in formula.said]
            choices = [n for n in said if is_term(oracle, formula.said[n][0])]
            if not choices:
                return
            yield frozenset(formula.said[n] for n in choices), len(said) - len(choices)
            solver.add_clause([-n for n in choices])
