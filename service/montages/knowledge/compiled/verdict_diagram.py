"""The verdicts of a period as one decision diagram, compiled from the rulebook and kept by its content (D1).

For each arrangement there are three: its verdict by what is stated; what verdicts answers still to be asked
may lead to; and the ways of answering that open it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from operator import or_
from typing import NamedTuple

from montages.knowledge.asking_order import bearing_on
from montages.knowledge.compiled.answer_states import (
    ASKED,
    DECLARED,
    DERIVED,
    FIXED,
    HELD,
    IMPLIED,
    STATED,
    UNKNOWN,
    AnswerVariable,
    Way,
    answer_variables,
    at_odds,
    stated_of,
)
from montages.knowledge.compiled.decision_diagram import Diagram, Tree, Written, leaf
from montages.knowledge.compiled.gate_diagrams import TRUE, GateDiagrams
from montages.knowledge.compiled.variable_order import near_each_other
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.implications import implications
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import all_clauses, by_threshold, deciding, gates_of, is_term

# What opens an arrangement: nothing does, facts are found out, terms are accepted, nothing is wanted.
_NONE, _FACTS, _TERMS, _FITS = range(4)
# The leaves of the verdicts, and of what they may be changed to: one bit each.
VERDICTS = (
    Verdict.CLOSED,
    Verdict.CLOSED_BY_CHOICE,
    Verdict.TO_VERIFY,
    Verdict.FITS_ON_TERMS,
    Verdict.FITS,
)


@dataclass(frozen=True, eq=False)
class VerdictDiagram:
    """The diagrams of each arrangement of a period, by slug.

    `verdicts` leads from states to a place in `VERDICTS`, `openings` from ways to 1 where they open it, and
    `groups` where they make some gates true.
    """

    variables: tuple[AnswerVariable, ...]
    verdicts: Mapping[str, Tree]
    openings: Mapping[str, Tree]
    groups: Mapping[tuple[Requirement, ...], Tree]
    make_reachable: Callable[[], Mapping[str, Tree]]

    @cached_property
    def reachable(self) -> Mapping[str, Tree]:
        """Return what leads from states to the bits of the places that answers still to be asked may lead to.

        The first bit is for both closed verdicts.
        """
        return self.make_reachable()


class WrittenDiagram(NamedTuple):
    """What is kept of a period: the diagrams of all arrangements as plain data."""

    variables: tuple[AnswerVariable, ...]
    verdicts: Written
    openings: Written


@cache
def verdict_diagram(rules: Rules) -> VerdictDiagram:
    """Return the diagrams of a period, worked out once and kept."""
    first = rules.period.first
    kept = written_diagram(first)
    return VerdictDiagram(
        kept.variables,
        kept.verdicts.trees(),
        kept.openings.trees(),
        FunctionCache(_Lazily(rules, kept.variables).group),
        lambda: written_reachable(first).trees(),
    )


@disk_cache
def written_diagram(first: date) -> WrittenDiagram:
    """Return the diagrams of the period that begins on a day, compiled from its rules."""
    compiler = VerdictCompiler(gate_diagrams(rules_at(first)))
    openings = compiler.openings()
    return WrittenDiagram(
        tuple(compiler.variables),
        compiler.diagram.written({s: compiler.verdict(s, n) for s, n in openings.items()}),
        compiler.gates.diagram.written(openings),
    )


@disk_cache
def written_reachable(first: date) -> Written:
    """Return what verdicts answers may lead to, in the period that begins on a day."""
    compiler = VerdictCompiler(gate_diagrams(rules_at(first)))
    openings = compiler.openings()
    return compiler.diagram.written({s: compiler.reachable(s, n) for s, n in openings.items()})


@cache
def gate_diagrams(rules: Rules) -> GateDiagrams:
    """Return the gates of a period as diagrams, in the direction of the order that takes fewer nodes."""
    order = criteria_in_order(rules)
    both = (GateDiagrams(rules, answer_variables(o, rules)) for o in (order, order[::-1]))
    return min(both, key=lambda gates: _together(gates, rules))


def _together(gates: GateDiagrams, rules: Rules) -> int:
    """Return how many nodes the gates of all arrangements take together."""
    roots = {slug: gates.together(by_threshold(slug, rules)[0]) for slug in rules.arrangements}
    return len(gates.diagram.written(roots).nodes)


# Values at odds, gates asserted by hand: some hundred kB each, and few at a time.
@lru_cache(maxsize=64)
def diagram_in_context(
    rules: Rules, odd: frozenset[tuple[str, Answer]], asserted: frozenset[str]
) -> VerdictDiagram:
    """Return the diagrams of a period where values of some criteria are at odds, or gates are asserted.

    Each is compiled when it is asked for.
    """
    answers = dict(odd)
    variables = tuple(
        at_odds(variable, given)
        if (given := answers.get(variable.criterion)) and stated_of(variable, given) is None
        else variable
        for variable in verdict_diagram(rules).variables
    )
    lazily = _Lazily(rules, variables, asserted)
    return VerdictDiagram(
        variables,
        FunctionCache(lazily.verdict),
        FunctionCache(lazily.openings),
        FunctionCache(lazily.group),
        lambda: FunctionCache(lazily.reachable),
    )


class _Lazily:
    """Compiles the diagrams of arrangements one by one."""

    def __init__(
        self,
        rules: Rules,
        variables: tuple[AnswerVariable, ...],
        asserted: frozenset[str] = frozenset(),
    ) -> None:
        self._make = rules, variables, asserted

    @cached_property
    def _compiler(self) -> VerdictCompiler:
        return VerdictCompiler(GateDiagrams(*self._make))

    def _openings(self, slug: str) -> int:
        return self._compiler.gates.openings(by_threshold(slug, self._make[0])[0])

    def verdict(self, slug: str) -> Tree:
        compiler = self._compiler
        return compiler.diagram.tree(compiler.verdict(slug, self._openings(slug)))

    def reachable(self, slug: str) -> Tree:
        compiler = self._compiler
        return compiler.diagram.tree(compiler.reachable(slug, self._openings(slug)))

    def openings(self, slug: str) -> Tree:
        return self.group(by_threshold(slug, self._make[0])[0])

    def group(self, gates: tuple[Requirement, ...]) -> Tree:
        diagrams = self._compiler.gates
        return diagrams.diagram.tree(diagrams.openings(gates))


def criteria_in_order(rules: Rules) -> list[str]:
    """Return the criteria that decide verdicts, and those asked before them, near what they are read with."""
    read = {name for slug in rules.arrangements for name in deciding(slug, rules)}
    wanted = set(bearing_on(tuple(name for name in rules.criteria if name in read), rules))
    names = [name for name in rules.criteria if name in wanted]
    groups = {
        frozenset(clause.criterion for clause in gate.clauses())
        for slug in rules.arrangements
        for gate in gates_of(slug, rules)
    }
    groups |= {
        frozenset((name, other))
        for (name, _), pairs in implications().items()
        for other, _ in pairs
        if {name, other} <= wanted
    }
    groups |= {
        frozenset((name, *(c.criterion for c in condition.clauses)))
        for name in names
        for condition in rules.criteria[name].asked_when
    }
    return near_each_other(names, sorted(groups, key=sorted))


class VerdictCompiler:
    """Turns what opens arrangements, over ways, into verdicts over the states that lead to these ways."""

    def __init__(self, gates: GateDiagrams, diagram: Diagram | None = None) -> None:
        self.gates, self.rules, self.variables = gates, gates.rules, gates.variables
        self.diagram = diagram or Diagram([len(variable.states) for variable in self.variables])
        self._ways = gates.diagram
        self._opened: dict[int, int] = {}
        self._reopened: dict[int, int] = {}
        self._reached: dict[tuple[int, int], int] = {}
        self._holding: dict[int, int] = {}
        self._least: dict[tuple[int, ...], int] = {}
        self._best: dict[tuple[int, ...], int] = {}
        self._either: dict[tuple[int, ...], int] = {}
        self._judged: dict[tuple[int, ...], int] = {}

    @cached_property
    def read(self) -> frozenset[str]:
        """Return the criteria that decide some verdict."""
        rules = self.rules
        return frozenset(name for slug in rules.arrangements for name in deciding(slug, rules))

    def openings(self) -> dict[str, int]:
        """Return which ways open each arrangement in force."""
        rules = self.rules
        return {s: self.gates.openings(by_threshold(s, rules)[0]) for s in rules.arrangements}

    def verdict(self, slug: str, openings: int) -> int:
        """Return the verdict on an arrangement."""
        return self.diagram.apply(
            _verdict, self._opened_now(slug, openings), self._reopen(openings), memo=self._judged
        )

    def reachable(self, slug: str, openings: int) -> int:
        """Return what verdicts answers still to be asked may lead to."""
        clauses = (clause for gate in gates_of(slug, self.rules) for clause in all_clauses(gate))
        read = tuple(dict.fromkeys(clause.criterion for clause in clauses))
        only = self.gates.asking_only(bearing_on(read, self.rules))
        asked = self._ways.apply(min, self._asked, only)
        return self._reach(self._opened_now(slug, openings), asked)

    def _opened_now(self, slug: str, openings: int) -> int:
        """Return what opens an arrangement; what a threshold of another day decides is to be verified."""
        opened = self._open(openings)
        waiting = by_threshold(slug, self.rules)[1]
        if not waiting:
            return opened
        return self.diagram.apply(
            lambda opened, holds: opened if holds else min(opened, _FACTS),
            opened,
            self._hold(waiting),
        )

    def _hold(self, gates: Sequence[Requirement]) -> int:
        """Return where gates hold as answers stand."""
        standing = self._ways.apply(lambda one: int(one == TRUE), self.gates.together(gates))
        return self._as_stated(standing)

    def standing(self, gate: Requirement) -> int:
        """Return how a gate stands as answers are stated."""
        return self._as_stated(self.gates.standing(gate))

    def _as_stated(self, node: int) -> int:
        """Return a diagram over states, from one over ways, everything being left as it is."""
        if node < 0:
            return node
        if node not in self._holding:
            place, children = self._ways.nodes[node]
            ways = self.variables[place].kept
            self._holding[node] = self.diagram.node(
                place, tuple(self._as_stated(children[each[0]]) for each in ways)
            )
        return self._holding[node]

    def _open(self, node: int) -> int:
        """Return the best that answers to what is open make of an arrangement, stated choices being kept."""
        return self._best_way(node, self._opened, changing=False)

    def _reopen(self, node: int) -> int:
        """Return the best that answers and other choices make of it."""
        return self._best_way(node, self._reopened, changing=True)

    def _best_way(self, node: int, known: dict[int, int], *, changing: bool) -> int:
        if node < 0:
            return leaf(_FITS) if node == leaf(1) else leaf(_NONE)
        if node not in known:
            place, children = self._ways.nodes[node]
            variable = self.variables[place]
            best = {}
            for way, child in enumerate(children):
                best[way] = self._at_most(
                    self._best_way(child, known, changing=changing), variable, variable.ways[way]
                )
            states = variable.open if changing else variable.kept
            known[node] = self.diagram.node(
                place, tuple(self._better([best[way] for way in ways]) for ways in states)
            )
        return known[node]

    def _at_most(self, node: int, variable: AnswerVariable, way: Way) -> int:
        """Return what is reached by a way: an answer that is wanted makes it a fact or a term."""
        if way.how != ASKED or variable.pair(way) is None:
            return node
        price = _TERMS if is_term(variable.criterion, self.rules) else _FACTS
        return self.diagram.apply(min, node, leaf(price), memo=self._least)

    def _better(self, nodes: Sequence[int]) -> int:
        best = nodes[0]
        for node in nodes[1:]:
            best = self.diagram.apply(max, best, node, memo=self._best)
        return best

    @cached_property
    def _asked(self) -> int:
        """Return which ways come about by asking: a question is put when what it is asked after holds."""
        return self._ways.fold(min, (self.gates.complete, *self._put()), 1)

    def _put(self) -> Iterator[int]:
        """Yield that a criterion is asked only where what it is asked after is met."""
        for place, variable in enumerate(self.variables):
            asked = self._ways.node(
                place, tuple(leaf(int(way.how == ASKED)) for way in variable.ways)
            )
            for condition in self.rules.criteria[variable.criterion].asked_when:
                for clause in condition.clauses:
                    met, _ = self.gates.clause(clause)
                    yield self._ways.apply(lambda asked, met: int(not asked or met), asked, met)

    def _reach(self, opened: int, asked: int) -> int:
        """Return the verdicts, as bits, that states lead to when more is stated of them as it is asked."""
        key = (opened, asked)
        if key in self._reached:
            return self._reached[key]
        place = min(self.diagram.variable(opened), self._ways.variable(asked))
        if opened < 0 and asked < 0:
            found = leaf(1 << (-1 - opened)) if asked == leaf(1) else leaf(0)
        else:
            found = self._reach_from(place, opened, asked)
        self._reached[key] = found
        return found

    def _reach_from(self, place: int, opened: int, asked: int) -> int:
        variable = self.variables[place]
        verdicts = self.diagram.children(opened, place)
        ways = self._ways.children(asked, place)
        out = []
        for n, (how, _) in enumerate(variable.states):
            found = leaf(0)
            for way in variable.kept[n]:
                if variable.ways[way].how in _MAY[how]:
                    after = _state_after(variable, n, variable.ways[way])
                    reached = self._reach(verdicts[after], ways[way])
                    found = self.diagram.apply(or_, found, reached, memo=self._either)
            out.append(found)
        return self.diagram.node(place, tuple(out))


def _verdict(opened: int, reopened: int) -> int:
    return opened + 1 if opened else int(reopened > _NONE)


# What may become of a variable by asking, from each state.
_MAY = {
    UNKNOWN: (HELD, ASKED, IMPLIED),
    DECLARED: (HELD, IMPLIED),
    STATED: (HELD,),
    FIXED: (HELD,),
    DERIVED: (DERIVED,),
}


def _state_after(variable: AnswerVariable, before: int, way: Way) -> int:
    """Return the state of a variable once it is answered in a way."""
    if not way.new:
        return before
    (value,) = way.values
    state = (STATED, value) if (STATED, value) in variable.states else (FIXED, value)
    return variable.states.index(state)
