"""The gates of a period as diagrams over the ways in which criteria come to be answered.

A gate is against (0), open (1) or true (2), by Kleene's logic, as `knowledge.logic` has it. Whether answers
go together is a diagram of its own: a way through both is a set of answers that opens an arrangement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from montages.knowledge.compiled.decision_diagram import Diagram, leaf
from montages.knowledge.compiled.diagram_variables import (
    ASKED,
    DERIVED,
    DROPPED,
    IMPLIED,
    IN,
    OUT,
    AnswerVariable,
    Way,
)
from montages.knowledge.entailment import asked_for, implications, is_asked
from montages.knowledge.law import Clause, Condition, Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses

AGAINST, OPEN, TRUE = 0, 1, 2
# A clause, or all clauses of a condition: the diagram of its being met, and that of its being refuted; values
# at odds may do both.
Met = tuple[int, int]


class GateDiagrams:
    """The gates of a period over some variables; those asserted by hand are true unless violated."""

    def __init__(self, rules: Rules, variables: Sequence[AnswerVariable]) -> None:
        self.rules, self.variables = rules, variables
        self.diagram = Diagram([len(variable.ways) for variable in variables])
        self._places = {(v.criterion, v.value): n for n, v in enumerate(variables)}
        self._gates: dict[tuple[str, bool], int] = {}
        self._both: dict[tuple[int, ...], int] = {}
        self._opening: dict[tuple[int, ...], int] = {}

    def standing(self, gate: Requirement, by_hand: bool = False) -> int:
        """Return how a gate stands; a duty is against where it is refused, and true otherwise."""
        key = gate.slug, by_hand
        if key not in self._gates:
            self._gates[key] = self._standing(gate, by_hand)
        return self._gates[key]

    def together(self, gates: Iterable[Requirement], asserted: frozenset[str] = frozenset()) -> int:
        """Return how gates stand together: as the one that stands worst."""
        standing = (self.standing(gate, gate.slug in asserted) for gate in gates)
        return self.diagram.fold(min, standing, TRUE)

    def openings(self, gates: Sequence[Requirement], asserted: frozenset[str] = frozenset()) -> int:
        """Return which ways make all gates true (1), answers that go together being asked for them."""
        wanted = (gate for gate in gates if gate.slug not in asserted)
        read = {clause.criterion for gate in wanted for clause in all_clauses(gate)}
        asked = {source for name in read for source in asked_for(name, self.rules)}
        may = self.diagram.apply(min, self.coherent, self.asking_only(asked), memo=self._both)
        node = self.diagram.apply(_opens, self.together(gates, asserted), may, memo=self._opening)
        return self._without_idle(node, asked, {})

    def _without_idle(self, node: int, asked: Collection[str], known: dict[int, int]) -> int:
        """Return a diagram without the criteria that are not asked and may be left as they are."""
        if node < 0:
            return node
        if node not in known:
            place, children = self.diagram.nodes[node]
            below = tuple(self._without_idle(child, asked, known) for child in children)
            variable = self.variables[place]
            idle = variable.criterion not in asked and all(
                child == below[0] or (child == leaf(0) and way.how in (ASKED, IMPLIED, DROPPED))
                for way, child in zip(variable.ways, below, strict=True)
            )
            known[node] = below[0] if idle else self.diagram.node(place, below)
        return known[node]

    def asking_only(self, names: Collection[str]) -> int:
        """Return which ways ask for some criteria only (1)."""
        node = leaf(1)
        for place in reversed(range(len(self.variables))):
            variable = self.variables[place]
            if variable.criterion not in names:
                ways = (leaf(0) if way.how == ASKED else node for way in variable.ways)
                node = self.diagram.node(place, tuple(ways))
        return node

    def _standing(self, gate: Requirement, by_hand: bool) -> int:
        when = [self._all(condition) for condition in gate.when]
        unless = [self._all(condition) for condition in gate.unless]
        fold, apply = self.diagram.fold, self.diagram.apply
        due = fold(min, (met for met, _ in when), 1)
        idle = fold(max, (refuted for _, refuted in when), 0)
        excepted = fold(max, (met for met, _ in unless), 0)
        if gate.duty:
            refusals = fold(max, (self._all(condition)[0] for condition in gate.closes_if), 0)
            return apply(
                lambda refused, idle, but: AGAINST if refused and not idle and not but else TRUE,
                refusals,
                idle,
                excepted,
            )
        bound = fold(min, (refuted for _, refuted in unless), 1)
        met, refuted = self.clause(gate.own)
        violated = fold(min, (refuted, bound, due), 1)
        return apply(
            lambda violated, met, idle, but: (
                AGAINST if violated else TRUE if met or idle or but or by_hand else OPEN
            ),
            violated,
            met,
            idle,
            excepted,
        )

    def _all(self, condition: Condition) -> Met:
        tests = [self.clause(clause) for clause in condition.clauses]
        return (
            self.diagram.fold(min, (met for met, _ in tests), 1),
            self.diagram.fold(max, (refuted for _, refuted in tests), 0),
        )

    def clause(self, clause: Clause) -> Met:
        """Return whether a clause is met, and whether it is refuted."""
        name, fold = clause.criterion, self.diagram.fold
        accepted = self.rules.accepted(clause) or frozenset()
        if self.rules.criteria[name].multiple:
            met = [self._value(self._places[name, value], IN) for value in sorted(accepted)]
            out = [self._value(self._places[name, value], OUT) for value in sorted(clause.accepts)]
            return fold(max, met, 0), fold(min, out, 1)
        place, rejected = self._places[name, None], self.rules.rejected(clause)
        return (
            self._test(place, lambda way: bool(way.values & accepted)),
            self._test(place, lambda way: bool(way.values & rejected)),
        )

    def _value(self, place: int, value: str) -> int:
        return self._test(place, lambda way: value in way.values)

    def _test(self, place: int, test: Callable[[Way], bool]) -> int:
        """Return the diagram of a test of the way of one variable."""
        ways = self.variables[place].ways
        return self.diagram.node(place, tuple(-1 - int(test(way)) for way in ways))

    def _never(self, *tests: int) -> int:
        """Return the diagram of what is not all true at once."""
        return self.diagram.apply(lambda *tests: int(not all(tests)), *tests)

    @cached_property
    def coherent(self) -> int:
        """Return which ways go together (1)."""
        return self.diagram.fold(min, (*self._following(), *self._lists()), 1)

    @cached_property
    def complete(self) -> int:
        """Return which ways go together, lists being asked for as a whole, as a question is put."""
        return self.diagram.fold(min, (*self._following(), *self._whole_lists()), 1)

    def _following(self) -> Iterator[int]:
        """Yield what implications demand: what a new answer implies comes with it, and costs nothing more."""
        for n, variable in enumerate(self.variables):
            values = [variable.value] if variable.several else None
            for value in values or sorted({v for way in variable.ways for v in way.values}):
                sources = self._sources(variable.criterion, str(value))
                yield from self._implied(n, IN if variable.several else str(value), sources)

    def _sources(self, criterion: str, value: str) -> list[tuple[int, str]]:
        """Return the variables whose answers imply one, each with its value."""
        return [
            (place, IN if (name, other) in self._places else other)
            for (name, other), pairs in implications().items()
            if (criterion, value) in pairs
            and (place := self._places.get((name, other), self._places.get((name, None))))
            is not None
        ]

    def _implied(self, place: int, value: str, sources: Sequence[tuple[int, str]]) -> Iterator[int]:
        fold, never = self.diagram.fold, self._never
        new, asked, stands = [], [], []
        for source, of in sources:
            test = self._test(source, lambda way, of=of: way.new and of in way.values)  # type: ignore[misc]
            new.append(test)
            stands.append(self._value(source, of))
            if is_asked(self.variables[source].criterion, self.rules):
                asked.append(test)  # what is only ever derived would free itself by what follows

        any_asked = fold(max, asked, 0)
        follows = self._test(place, lambda way: way.how == IMPLIED and value in way.values)
        again = self._test(place, lambda way: way.how == ASKED and value in way.values)
        lacking = self._test(place, lambda way: value not in way.values)
        yield self.diagram.apply(
            lambda follows, asked: int(not follows or asked), follows, any_asked
        )
        yield never(again, any_asked)
        yield never(fold(max, new, 0), lacking)
        if any(way.how == DERIVED and value in way.values for way in self.variables[place].ways):
            yield from self._kept(place, fold(max, stands, 0))

    def _kept(self, place: int, source: int) -> Iterator[int]:
        """Yield that what follows from a choice stays just where the choice does."""
        yield self._never(self._test(place, lambda way: way.how == DROPPED), source)
        kept = self._test(place, lambda way: way.how == DERIVED)
        yield self.diagram.apply(lambda kept, source: int(not kept or source), kept, source)

    def _lists(self) -> Iterator[int]:
        """Yield that a value that stands alone leaves the others out, and that nothing else does."""
        for alone, places in self._value_lists():
            asked_in = {
                v: self._test(n, lambda way: way.how == ASKED and IN in way.values)
                for v, n in places.items()
            }
            alone_asked = self.diagram.fold(max, (asked_in[v] for v in sorted(alone)), 0)
            for value, n in places.items():
                out = self._test(n, lambda way: way.how == ASKED and OUT in way.values)
                if value in alone:
                    yield self._never(out)
                    continue
                open_yet = self._test(n, lambda way: not way.values)
                yield self._never(alone_asked, open_yet)
                yield self.diagram.apply(lambda out, alone: int(not out or alone), out, alone_asked)
            yield from self._exclusive(alone, places)

    def _exclusive(self, alone: Iterable[str], places: dict[str, int]) -> Iterator[int]:
        """Yield that a value that stands alone does not go with another one, where either is new."""
        new_in = {
            v: self._test(n, lambda way: way.new and IN in way.values) for v, n in places.items()
        }
        is_in = {v: self._value(n, IN) for v, n in places.items()}
        for one in sorted(alone):
            for other in places:
                if other != one:
                    yield self._never(new_in[one], is_in[other])
                    yield self._never(is_in[one], new_in[other])

    def _whole_lists(self) -> Iterator[int]:
        """Yield that a list that is asked is answered as a whole, some value of it being in."""
        for alone, places in self._value_lists():
            asked = self.diagram.fold(
                max, (self._test(n, lambda way: way.how == ASKED) for n in places.values()), 0
            )
            whole = self.diagram.fold(min, (self._test(n, _is_new) for n in places.values()), 1)
            some = self.diagram.fold(
                max,
                (
                    self._test(n, lambda way: _is_new(way) and IN in way.values)
                    for n in places.values()
                ),
                0,
            )
            yield self.diagram.apply(
                lambda asked, whole, some: int(not asked or (whole and some)), asked, whole, some
            )
            yield from self._exclusive(alone, places)

    def _value_lists(self) -> Iterator[tuple[set[str], dict[str, int]]]:
        """Yield each list: its values that stand alone, and the variable of each value."""
        for name in dict.fromkeys(v.criterion for v in self.variables if v.several):
            alone = {v.slug for v in self.rules.criteria[name].values if v.excludes_others}
            yield alone, {v: n for (c, v), n in self._places.items() if c == name and v}


def _opens(standing: int, may: int) -> int:
    return int(standing == TRUE and may)


def _is_new(way: Way) -> bool:
    return way.how in (ASKED, IMPLIED)
