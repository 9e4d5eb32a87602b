"""From what opens arrangements, over ways, to verdicts over the states that lead to these ways.

At an unanswered criterion the best is taken of leaving it and of answering it; at a stated choice, to know
whether changes reopen an arrangement, the best of all its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import or_

from montages.knowledge.compiled.decision_diagram import Diagram, leaf
from montages.knowledge.compiled.diagram_variables import (
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
)
from montages.knowledge.compiled.gate_diagrams import TRUE, GateDiagrams
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Verdict
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
            _verdict,
            self._opened_now(slug, openings),
            self._best_way(openings, self._reopened, changing=True),
            memo=self._judged,
        )

    def reachable(self, slug: str, openings: int) -> int:
        """Return what verdicts answers still to be asked may lead to."""
        clauses = (clause for gate in gates_of(slug, self.rules) for clause in all_clauses(gate))
        read = tuple(dict.fromkeys(clause.criterion for clause in clauses))
        criteria = self.rules.criteria
        put = [n for n in asking_order(read, self.rules) if criteria[n].answer_origin != "Derived"]
        only = self.gates.asking_only(put)
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
                place, tuple(self._as_stated(children[state_ways[0]]) for state_ways in ways)
            )
        return self._holding[node]

    def _open(self, node: int) -> int:
        """Return the best that answers to what is open make of an arrangement, stated choices being kept."""
        return self._best_way(node, self._opened, changing=False)

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
            verdicts = leaf(1 << (-1 - opened)) if asked == leaf(1) else leaf(0)
        else:
            verdicts = self._reach_from(place, opened, asked)
        self._reached[key] = verdicts
        return verdicts

    def _reach_from(self, place: int, opened: int, asked: int) -> int:
        variable = self.variables[place]
        verdicts = self.diagram.children(opened, place)
        ways = self._ways.children(asked, place)
        out = []
        for n, (how, _) in enumerate(variable.states):
            union = leaf(0)
            for way in variable.kept[n]:
                if variable.ways[way].how in _MAY[how]:
                    after = _state_after(variable, n, variable.ways[way])
                    reached = self._reach(verdicts[after], ways[way])
                    union = self.diagram.apply(or_, union, reached, memo=self._either)
            out.append(union)
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
