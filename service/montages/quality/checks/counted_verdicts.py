"""What holds of every coherent description, proved by counting on the verdict diagram (D6, D7).

A description states some criteria and leaves others out; it is coherent where nothing it states goes against
what it implies, and no pair of the data says that it cannot be. Counts are exact whole numbers; a share of
descriptions is no share of real projects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from montages.knowledge.compiled.decision_diagram import leaf
from montages.knowledge.compiled.diagram_variables import FIXED, IN, OUT, STATED, UNKNOWN
from montages.knowledge.compiled.verdict_compiler import VERDICTS, VerdictCompiler
from montages.knowledge.entailment import implied
from montages.knowledge.law import Clause, Requirement
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import by_threshold

# Values by criterion, as a description states them; one that is left out of a list has a minus before it.
Stated = Mapping[str, tuple[str, ...]]


class _Smallest(NamedTuple):
    """The fewest criteria that are stated on a way to 1, and the next step there."""

    stated: int
    state: int
    below: int


@dataclass(frozen=True, eq=False)
class CountedVerdicts:
    """The verdicts of a period over all coherent descriptions of the criteria that decide some verdict.

    They are of `only` some criteria where these are given.
    """

    compiler: VerdictCompiler
    only: frozenset[str] | None = None

    @property
    def rules(self) -> Rules:
        """Return the rules of the period."""
        return self.compiler.rules

    @cached_property
    def verdicts(self) -> dict[str, int]:
        """Return the diagram of the verdict on each arrangement, to its place in `VERDICTS`."""
        openings = self.compiler.openings()
        return {slug: self.compiler.verdict(slug, node) for slug, node in openings.items()}

    @cached_property
    def total(self) -> int:
        """Return how many coherent descriptions there are."""
        return self.count(leaf(1))

    def where(self, test: Callable[..., bool], *nodes: int) -> int:
        """Return where a test of the leaves of some diagrams holds."""
        return self.compiler.diagram.apply(lambda *values: int(test(*values)), *nodes)

    def all_of(self, nodes: Iterable[int]) -> int:
        """Return where all of some diagrams give 1."""
        return self.compiler.diagram.fold(min, nodes, 1)

    def met(self, clauses: Iterable[Clause]) -> int:
        """Return where some clauses are met by what is stated."""
        return self.all_of(
            self._among(clause.criterion, self.rules.accepted(clause) or frozenset())
            for clause in clauses
        )

    def without(self, slug: str, gate: Requirement) -> int:
        """Return the verdict on an arrangement as it would be without one of its gates."""
        gates = tuple(g for g in by_threshold(slug, self.rules)[0] if g.slug != gate.slug)
        return self.compiler.verdict(slug, self.compiler.gates.openings(gates))

    def differing(self, slug: str, gate: Requirement) -> int:
        """Return where a gate changes the verdict on an arrangement."""
        return self.where(
            lambda one, other: one != other, self.without(slug, gate), self.verdicts[slug]
        )

    def closed_alone(self, gate: Requirement) -> Stated | None:
        """Return the shortest description that a gate closes by itself; None where it closes none alone."""
        slug = gate.arrangement
        return self.smallest(
            self.where(
                lambda without, with_it: _open(without) and not _open(with_it),
                self.without(slug, gate),
                self.verdicts[slug],
            )
        )

    def opened_by(self, gate: Requirement) -> Stated | None:
        """Return the shortest description that meets a gate where it applies, and leaves its set-up open."""
        applies = [clause for condition in gate.when for clause in condition.clauses]
        met = self.met((gate.own, *applies))
        opens = self.where(
            lambda met, verdict: met and _open(verdict), met, self.verdicts[gate.arrangement]
        )
        return self.smallest(opens)

    def possible(self, node: int) -> bool:
        """Tell whether a diagram gives 1 for any coherent description."""
        return self.smallest(node) is not None

    def count(self, node: int) -> int:
        """Return for how many coherent descriptions a diagram gives 1."""
        known: dict[int, int] = {}
        counted, variables = self._counted, len(self.compiler.variables)

        def level(node: int) -> int:
            return min(self.compiler.diagram.variable(node), variables)

        def skipped(first: int, last: int) -> int:
            number = 1
            for place in range(first, last):
                number *= len(counted[place])
            return number

        def times(node: int) -> int:
            if node < 0:
                return int(node == leaf(1))
            if node not in known:
                place, children = self.compiler.diagram.nodes[node]
                known[node] = sum(
                    times(children[state]) * skipped(place + 1, level(children[state]))
                    for state in counted[place]
                )
            return known[node]

        root = self._coherently(node)
        return times(root) * skipped(0, level(root))

    def smallest(self, node: int) -> Stated | None:
        """Return the shortest coherent description that a diagram gives 1 for, None if none is.

        Values of a list count one by one.
        """
        known: dict[int, _Smallest | None] = {}

        def least(node: int) -> _Smallest | None:
            if node < 0:
                return _Smallest(0, -1, node) if node == leaf(1) else None
            if node not in known:
                place, children = self.compiler.diagram.nodes[node]
                best: _Smallest | None = None
                for state in self._counted[place]:
                    below = least(children[state])
                    if below is not None:
                        stated = below.stated + (state != self._counted[place][0])
                        if best is None or stated < best.stated:
                            best = _Smallest(stated, state, children[state])
                known[node] = best
            return known[node]

        root = self._coherently(node)
        if least(root) is None:
            return None
        stated: dict[str, tuple[str, ...]] = {}
        for name, value in self._way(root, known):
            stated[name] = (*stated.get(name, ()), value)
        return stated

    def value(self, node: int, stated: Stated) -> int:
        """Return what a diagram gives for a description."""
        while node >= 0:
            variable, children = self.compiler.diagram.nodes[node]
            of = self.compiler.variables[variable]
            values = stated.get(of.criterion, ())
            if of.several:
                in_or_out = {str(of.value): IN, f"-{of.value}": OUT}
                values = tuple(in_or_out[value] for value in values if value in in_or_out)
            counted = self._counted[variable]
            states = (s for s in counted if of.states[s][1] in values)
            node = children[next(states, counted[0])]
        return -1 - node

    def _way(self, node: int, known: Mapping[int, _Smallest | None]) -> Iterator[tuple[str, str]]:
        while node >= 0:
            step = known[node]
            assert step is not None
            variable = self.compiler.variables[self.compiler.diagram.nodes[node][0]]
            how, value = variable.states[step.state]
            if how != UNKNOWN:
                listed = {IN: str(variable.value), OUT: f"-{variable.value}"}
                yield variable.criterion, listed[value] if variable.several else value
            node = step.below

    @cached_property
    def _counted(self) -> tuple[tuple[int, ...], ...]:
        """Return the states of each variable that a description may give it, that of nothing stated first.

        What decides no verdict is left out.
        """
        read = set(self.criteria)
        return tuple(
            tuple(_stating(variable.states)) if variable.criterion in read else (0,)
            for variable in self.compiler.variables
        )

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        """Return the criteria that decide verdicts, in author order."""
        read = self.compiler.read if self.only is None else self.only
        return tuple(name for name in self.rules.criteria if name in read)

    def _coherently(self, node: int) -> int:
        return self.compiler.diagram.apply(min, node, self._coherent)

    @cached_property
    def _coherent(self) -> int:
        """Return where what is stated goes together."""
        return self.all_of((*self._implied(), *self._pairs(), *self._alone()))

    def _implied(self) -> Iterator[int]:
        names = {variable.criterion for variable in self.compiler.variables}
        for name in sorted(names):
            for value in self.rules.criteria[name].values:
                for other, follows in sorted(implied((name, value.slug))):
                    if other in names and other != name:
                        yield self.where(
                            lambda one, then: not one or bool(then),
                            self._among(name, {value.slug}),
                            self._among(other, {follows}),
                        )

    def _pairs(self) -> Iterator[int]:
        names = {variable.criterion for variable in self.compiler.variables}
        for pair in self.rules.book.incoherences:
            if all(clause.criterion in names for clause in pair.between):
                yield self.where(
                    lambda one, other: not (one and other), *(self.met([c]) for c in pair.between)
                )

    def _alone(self) -> Iterator[int]:
        """Yield that a value of a list that stands alone leaves the others out."""
        for name in dict.fromkeys(v.criterion for v in self.compiler.variables if v.several):
            values = self.rules.criteria[name].values
            for one in (value.slug for value in values if value.excludes_others):
                for other in (value.slug for value in values if value.slug != one):
                    yield self.where(
                        lambda alone, out: not alone or bool(out),
                        self._among(name, {one}),
                        self._state(name, other, OUT),
                    )

    def _among(self, name: str, values: Iterable[str]) -> int:
        """Return where a criterion is stated to be one of some values."""
        values = set(values)
        if self.rules.criteria[name].multiple:
            parts = [self._state(name, value, IN) for value in sorted(values)]
            return self.compiler.diagram.fold(max, parts, 0)
        for place, variable in enumerate(self.compiler.variables):
            if variable.criterion == name:
                return self._node(place, values)
        return leaf(0)

    def _state(self, name: str, value: str, state: str) -> int:
        for place, variable in enumerate(self.compiler.variables):
            if variable.criterion == name and variable.value == value:
                return self._node(place, {state})
        return leaf(0)

    def _node(self, place: int, values: Iterable[str]) -> int:
        states = self.compiler.variables[place].states
        wanted = set(values)
        return self.compiler.diagram.node(
            place, tuple(leaf(int(how != UNKNOWN and v in wanted)) for how, v in states)
        )


def _open(place: int) -> bool:
    return VERDICTS[place].open


def _stating(states: Sequence[tuple[str, str]]) -> Iterator[int]:
    """Yield the states of nothing and of what is stated; what the buyer states himself may be changed."""
    by_buyer = any(how == STATED for how, _ in states)
    for place, (how, _) in enumerate(states):
        if how in (UNKNOWN, STATED) or (how == FIXED and not by_buyer):
            yield place
