"""What would make the gates of an arrangement hold: exact search over answers, by a MaxSAT solver (R34).

Two questions, over the gates of one arrangement and the answers of one unit:

- `completion`: which unanswered criteria, answered how, make every gate true while the rest stays unknown;
- `changes`: which stated choices, answered otherwise, leave no gate violated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from montages.knowledge import logic
from montages.knowledge.implications import closed
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.model import Clause, Requirement
from montages.knowledge.periods import Rules

if TYPE_CHECKING:
    from pysat.formula import WCNF

# A criterion and a value of it.
Pair = tuple[str, str]
# What a solution costs: a fact to find out outweighs any number of terms, a term any number of ordinary ones.
FACT, TERM, ORDINARY = 1_000_000, 1_000, 1
# What makes something true: it is settled already, or one of the solver's literals does.
Disjunction = bool | tuple[int, ...]
# How many solutions of one cost are compared, so that ties fall the same way each time.
_TIES = 64


def price(pair: Pair, rules: Rules) -> int:
    """Return what supposing an answer costs: little for a term, most for a fact."""
    question = rules.criteria[pair[0]]
    if question.nature not in ("choice", "step"):
        return FACT
    return ORDINARY if question.value(pair[1]).ordinary else TERM


def term_price(pair: Pair, rules: Rules) -> int | None:
    """Return what accepting a term costs, None for a fact."""
    cost = price(pair, rules)
    return None if cost == FACT else cost


def completion(
    gates: Sequence[Requirement],
    answers: Answers,
    rules: Rules,
    cost: Callable[[Pair, Rules], int | None],
) -> tuple[Pair, ...] | None:
    """Return the cheapest answers to unanswered criteria that make every gate true, None if none do.

    Duties among `gates` must not be refused. `cost` prices an answer; None: it may not be supposed.
    Ties fall in the order of the criteria.
    """
    pairs: list[Pair] = []
    prices: list[int] = []
    for name in _sources(gates, rules):
        if is_open(name, answers, rules):
            for value in rules.criteria[name].values:
                of_pair = cost((name, value.slug), rules)
                if of_pair is not None:
                    pairs.append((name, value.slug))
                    prices.append(of_pair)
    problem = _Problem.over(pairs, answers, rules)
    for gate in gates:
        if not all(map(problem.require, problem.true(gate))):
            return None
    for n, weight in enumerate(prices, 1):
        problem.formula.append([-n], weight=weight)
    solutions = problem.solutions()
    first = next(solutions, None)
    if first is None:
        return None
    ties = takewhile(lambda one: one[0] == first[0], islice(solutions, _TIES))
    place = {pair: n for n, pair in enumerate(pairs)}
    return min((first[1], *(chosen for _, chosen in ties)), key=lambda ps: [place[p] for p in ps])


def changes(
    gates: Sequence[Requirement], answers: Answers, rules: Rules, most: int
) -> Iterator[tuple[Pair, ...]]:
    """Yield changes of stated choices that leave no gate violated: minimal by inclusion, smallest first.

    At most `most` are given: one (criterion, value) for each criterion changed, and each set of criteria
    once, whatever other values serve. Duties among `gates` must not be refused.
    """
    movable = _stated_choices(gates, answers, rules)
    pairs = [(name, v.slug) for name in movable for v in rules.criteria[name].values]
    problem = _Problem.over(pairs, without(answers, movable), rules)
    for name in movable:
        variables = problem.variables_of(name)
        problem.formula.append(list(variables))
        stated = answers[name].values
        if len(stated) == 1:
            same = [n for n in variables if pairs[n - 1][1] in stated]
            problem.formula.append(same, weight=1)
    for gate in gates:
        if not all(map(problem.require, problem.not_violated(gate))):
            return
    for _, chosen in islice(problem.solutions(), most):
        yield tuple((c, v) for c, v in chosen if answers[c].values != {v})


def _stated_choices(gates: Sequence[Requirement], answers: Answers, rules: Rules) -> list[str]:
    reads = {clause.criterion for gate in gates for clause in all_clauses(gate)}
    return [
        name
        for name, question in rules.criteria.items()
        if question.nature == "choice"
        and not question.multiple
        and (given := answers.get(name, NO_ANSWER)).values
        and given.state == "explicit"
        and any(reads & {c for c, _ in implied((name, v.slug))} for v in question.values)
    ]


def all_clauses(gate: Requirement) -> tuple[Clause, ...]:
    """Return every clause that decides a gate, or whether a duty is refused."""
    refusals = tuple(clause for condition in gate.closes_if for clause in condition.clauses)
    return (*gate.clauses(), *refusals)


def is_open(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion may still be answered: no value, or a list not complete."""
    given, question = answers.get(name, NO_ANSWER), rules.criteria[name]
    if question.multiple:
        return any(v.slug not in given.values | given.excluded for v in question.values)
    return not given.values


def without(answers: Answers, names: Iterable[str]) -> dict[str, Answer]:
    """Return answers less some, and less what followed from these alone."""
    dropped = {name: answers[name] for name in names}
    followed = {
        pair for name, given in dropped.items() for v in given.values for pair in implied((name, v))
    }
    return {
        name: given
        for name, given in answers.items()
        if name not in dropped
        and not (
            given.state == "derived"
            and given.values
            and all((name, v) in followed for v in given.values)
        )
    }


def changed(answers: Answers, pairs: Iterable[Pair], rules: Rules) -> dict[str, Answer]:
    """Return answers with some criteria answered otherwise, and with what that implies."""
    pairs = tuple(pairs)
    out = without(answers, [name for name, _ in pairs if name in answers])
    for name, value in pairs:
        out = logic.supposing(out, name, value, rules)
    return out


@cache
def implied(pair: Pair) -> frozenset[Pair]:
    """Return an answer with all it implies."""
    return frozenset((c, v) for c, values in closed([pair]).items() for v in values)


def _sources(gates: Sequence[Requirement], rules: Rules) -> list[str]:
    """Return the criteria to answer so as to decide gates, in author order."""
    names = {clause.criterion for gate in gates for clause in all_clauses(gate)}
    wanted = {source for name in names for source in logic.asked_for(name, rules)}
    return [name for name in rules.criteria if name in wanted]


@dataclass(frozen=True, eq=False)
class _Problem:
    """Answers as the variables of a formula, from 1, with what they imply and what clashes."""

    rules: Rules
    answers: Mapping[str, Answer]
    pairs: Sequence[Pair]
    by_pair: Mapping[Pair, tuple[int, ...]]
    formula: WCNF

    @classmethod
    def over(cls, pairs: Sequence[Pair], answers: Mapping[str, Answer], rules: Rules) -> _Problem:
        from pysat.formula import WCNF  # start-up is short

        by_pair: dict[Pair, tuple[int, ...]] = {}
        for n, pair in enumerate(pairs, 1):
            for one in implied(pair):
                by_pair[one] = (*by_pair.get(one, ()), n)
        formula = WCNF()
        formula.nv = len(pairs)
        for n, one in enumerate(pairs, 1):
            if not _coherent(one, answers, rules):
                formula.append([-n])
            for m, other in enumerate(pairs[: n - 1], 1):
                if _clash(rules, one, other):
                    formula.append([-n, -m])
        return cls(rules, answers, pairs, by_pair, formula)

    def variables_of(self, criterion: str) -> tuple[int, ...]:
        """Return the variables of a criterion's own values."""
        return tuple(n for n, (name, _) in enumerate(self.pairs, 1) if name == criterion)

    def true(self, gate: Requirement) -> Iterator[Disjunction]:
        """Yield what must each be true for a gate to hold, or for a duty not to be refused."""
        ways = [_all_of(map(self._met, c.clauses), self.formula) for c in gate.unless]
        ways += [_either(map(self._refuted, c.clauses)) for c in gate.when]
        yield from self._wanted(gate, self._met(gate.own), ways)

    def not_violated(self, gate: Requirement) -> Iterator[Disjunction]:
        """Yield what must each be true for a gate not to be violated, or for a duty not to be refused."""
        if gate.duty:
            yield from self.true(gate)
            return
        never = self._none_of
        ways = [
            _all_of((never(self._refuted(c)) for c in u.clauses), self.formula) for u in gate.unless
        ]
        ways += [_either(never(self._met(c)) for c in w.clauses) for w in gate.when]
        yield _either([never(self._refuted(gate.own)), *ways])

    def _wanted(
        self, gate: Requirement, own: Disjunction, ways: list[Disjunction]
    ) -> Iterator[Disjunction]:
        if not gate.duty:
            yield _either([own, *ways])
            return
        for refusal in gate.closes_if:
            yield _either([*ways, *(self._none_of(self._met(c)) for c in refusal.clauses)])

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
        variables = {n for value in values for n in self.by_pair.get((criterion, value), ())}
        return tuple(sorted(variables)) or False

    def _none_of(self, literals: Disjunction) -> Disjunction:
        if isinstance(literals, bool):
            return not literals
        return _all_of(((-n,) for n in literals), self.formula)

    def require(self, alternatives: Disjunction) -> bool:
        """Require one of some literals; False where none can be."""
        if not isinstance(alternatives, bool):
            self.formula.append(list(alternatives))
        return alternatives is not False

    def solutions(self) -> Iterator[tuple[int, tuple[Pair, ...]]]:
        """Yield (cost, pairs chosen), cheapest first, each minimal by inclusion."""
        from pysat.examples.rc2 import RC2

        with RC2(self.formula) as solver:
            for model in solver.enumerate(block=-1):
                chosen = (self.pairs[n - 1] for n in model if 0 < n <= len(self.pairs))
                yield solver.cost, tuple(chosen)


def _either(alternatives: Iterable[Disjunction]) -> Disjunction:
    """Return what makes one of some alternatives true."""
    literals: tuple[int, ...] = ()
    for one in alternatives:
        if one is True:
            return True
        literals += one or ()
    return literals or False


def _all_of(parts: Iterable[Disjunction], formula: WCNF) -> Disjunction:
    """Return what makes all of some parts true: a new variable that implies each."""
    wanted = [part for part in parts if part is not True]
    if not wanted:
        return True
    if any(part is False for part in wanted):
        return False
    if len(wanted) == 1:
        return wanted[0]
    formula.nv += 1
    new: int = formula.nv
    for part in wanted:
        if not isinstance(part, bool):
            formula.append([-new, *part])
    return (new,)


def _coherent(pair: Pair, answers: Answers, rules: Rules) -> bool:
    """Tell whether an answer goes with what is stated."""
    for criterion, value in implied(pair):
        stated, question = answers.get(criterion, NO_ANSWER), rules.criteria[criterion]
        if value in stated.excluded:
            return False
        others = stated.values - {value}
        if (question.multiple or value not in stated.values) and any(
            _exclusive(rules, criterion, value, other) for other in others
        ):
            return False
    return True


@cache
def _clash(rules: Rules, one: Pair, other: Pair) -> bool:
    """Tell whether two answers cannot go together."""
    return any(
        criterion == same and value != another and _exclusive(rules, criterion, value, another)
        for criterion, value in implied(one)
        for same, another in implied(other)
    )


def _exclusive(rules: Rules, criterion: str, value: str, other: str) -> bool:
    """Tell whether two values of a criterion exclude each other."""
    question = rules.criteria[criterion]
    return (
        not question.multiple
        or question.value(value).excludes_others
        or question.value(other).excludes_others
    )
