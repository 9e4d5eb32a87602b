"""The verdicts of a period as one decision diagram, compiled from the rulebook and kept by its content (D1).

For each arrangement there are three: its verdict by what is stated; what verdicts answers still to be asked
may lead to; and the ways of answering that open it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple

from montages.knowledge.compiled.decision_diagram import Tree, Written, leaf
from montages.knowledge.compiled.diagram_variables import (
    AnswerVariable,
    answer_variables,
    at_odds,
    criteria_in_orders,
    deciding_criteria,
    stated_of,
)
from montages.knowledge.compiled.gate_diagrams import AGAINST, GateDiagrams
from montages.knowledge.compiled.verdict_compiler import VerdictCompiler
from montages.knowledge.entailment import asking_order
from montages.knowledge.files.caching import CountedCache, FunctionCache
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Answer
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import all_clauses, by_threshold

Gates = tuple[Requirement, ...]
# What a compiler makes of the ways that open an arrangement; its slug; the gates asserted by hand.
_Key = tuple[Callable[[VerdictCompiler, str, int], int], str, frozenset[str]]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class VerdictDiagram:
    """The diagrams of each arrangement of a period, by slug, and by the gates that are asserted by hand.

    What is asserted is not kept: it is compiled when it is asked for, as all is where values are at odds.
    `walked` is for what walks have found, as long as the diagram is there.
    """

    rules: Rules
    variables: tuple[AnswerVariable, ...]
    verdicts: Mapping[str, Tree] = field(default_factory=dict)
    openings: Mapping[str, Tree] = field(default_factory=dict)
    make_reachable: Callable[[], Mapping[str, Tree]] = dict
    walked: CountedCache[Hashable, Any] = field(default_factory=lambda: CountedCache(1024))

    def verdict(self, slug: str, asserted: frozenset[str] = _NONE) -> Tree:
        """Return what leads from states to the place of a verdict in `VERDICTS` of `verdict_compiler`."""
        if asserted or slug not in self.verdicts:
            return self._compiled[VerdictCompiler.verdict, slug, asserted]
        return self.verdicts[slug]

    def opening(self, slug: str, asserted: frozenset[str] = _NONE) -> Tree:
        """Return what leads from ways to 1 where they open an arrangement."""
        if asserted or slug not in self.openings:
            return self.group(by_threshold(slug, self.rules)[0], asserted)
        return self.openings[slug]

    def group(self, gates: Gates, asserted: frozenset[str] = _NONE) -> Tree:
        """Return what leads from ways to 1 where they make some gates true."""
        return self._groups[gates, asserted]

    def may_reach(self, slug: str, asserted: frozenset[str] = _NONE) -> Tree:
        """Return what leads from states to the bits of the places that answers still to be asked may lead to.

        The first bit is for both closed verdicts.
        """
        if asserted or slug not in self.reachable:
            return self._compiled[VerdictCompiler.reachable, slug, asserted]
        return self.reachable[slug]

    @cached_property
    def reachable(self) -> Mapping[str, Tree]:
        """Return what is kept of the verdicts that answers may lead to."""
        return self.make_reachable()

    @cached_property
    def _compiled(self) -> FunctionCache[_Key, Tree]:
        return FunctionCache(self._compile)

    @cached_property
    def _groups(self) -> FunctionCache[tuple[Gates, frozenset[str]], Tree]:
        return FunctionCache(self._group)

    def _compile(self, key: _Key) -> Tree:
        leaves, slug, asserted = key
        with _compiler(self.rules, self.variables).used() as compiler:
            openings = compiler.gates.openings(by_threshold(slug, self.rules)[0], asserted)
            return compiler.diagram.tree(leaves(compiler, slug, openings))

    def _group(self, key: tuple[Gates, frozenset[str]]) -> Tree:
        with _compiler(self.rules, self.variables).used() as compiler:
            return compiler.gates.diagram.tree(compiler.gates.openings(*key))


class WrittenDiagram(NamedTuple):
    """What is kept of a period: the diagrams of all arrangements as plain data."""

    variables: tuple[AnswerVariable, ...]
    verdicts: Written
    openings: Written


@cache
def verdict_diagram(rules: Rules) -> VerdictDiagram:
    """Return the diagrams of a period, worked out once; those of the shipped rules are kept."""
    first = rules.period.first
    shipped = rules is rules_at(first)
    written = written_diagram(first) if shipped else _written(rules)
    return VerdictDiagram(
        rules,
        written.variables,
        written.verdicts.trees(),
        written.openings.trees(),
        lambda: (written_reachable(first) if shipped else _reachable(rules)).trees(),
    )


@disk_cache
def written_diagram(first: date) -> WrittenDiagram:
    """Return the diagrams of the period that begins on a day, compiled from its rules."""
    return _written(rules_at(first))


@disk_cache
def written_reachable(first: date) -> Written:
    """Return what verdicts answers may lead to, in the period that begins on a day."""
    return _reachable(rules_at(first))


def _written(rules: Rules) -> WrittenDiagram:
    compiler = VerdictCompiler(gate_diagrams(rules))
    openings = compiler.openings()
    return WrittenDiagram(
        tuple(compiler.variables),
        compiler.diagram.written({s: compiler.verdict(s, n) for s, n in openings.items()}),
        compiler.gates.diagram.written(openings),
    )


def _reachable(rules: Rules) -> Written:
    compiler = VerdictCompiler(gate_diagrams(rules))
    openings = compiler.openings()
    return compiler.diagram.written({s: compiler.reachable(s, n) for s, n in openings.items()})


def node_count(rules: Rules) -> int:
    """Return how many nodes the diagrams of a period of the shipped rules take in all."""
    first = rules.period.first
    written = written_diagram(first)
    return sum(
        len(part.nodes) for part in (written.verdicts, written.openings, written_reachable(first))
    )


def gate_diagrams(rules: Rules) -> GateDiagrams:
    """Return the gates of a period as diagrams.

    They grow as they are asked, for one thread at a time: each caller has its own.
    """
    return GateDiagrams(rules, answer_variables(in_order(deciding_criteria(rules)), rules))


def in_order(names: Collection[str]) -> list[str]:
    """Return criteria in the order of the rulebook's, those of another last."""
    order = [name for name in _criteria_order() if name in names]
    return [*order, *(name for name in names if name not in order)]


@disk_cache
def _criteria_order() -> tuple[str, ...]:
    """Return the order of all criteria, and its direction, in which the gates take fewest nodes.

    One is looked for, not one a period: what is best for the last is nearly so for all.
    """
    rules = rules_at(date.max)
    wanted = set(deciding_criteria(rules))

    def size(order: Iterable[str]) -> int:
        names = [name for name in order if name in wanted]
        return _size(GateDiagrams(rules, answer_variables(names, rules)))

    orders = criteria_in_orders(rules.book)
    return tuple(min(chain.from_iterable((o, o[::-1]) for o in orders), key=size))


def _size(gates: GateDiagrams) -> int:
    """Return how many nodes the gates of all arrangements take, with which answers go together."""
    rules = gates.rules
    roots = {slug: gates.together(by_threshold(slug, rules)[0]) for slug in rules.arrangements}
    return len(gates.diagram.written({**roots, "": gates.coherent}).nodes)


@lru_cache(maxsize=64)
def diagram_at_odds(rules: Rules, odd: frozenset[tuple[str, Answer]]) -> VerdictDiagram:
    """Return the diagrams of a period where values of some criteria are at odds."""
    answers = dict(odd)
    variables = tuple(
        at_odds(variable, given)
        if (given := answers.get(variable.criterion)) and stated_of(variable, given) is None
        else variable
        for variable in verdict_diagram(rules).variables
    )
    return VerdictDiagram(rules, variables)


# A compiler that has made so many nodes is left for a new one.
_MOST = 200_000


class _GrowingCompiler:
    """A compiler of some variables, for one thread at a time."""

    def __init__(self, rules: Rules, variables: tuple[AnswerVariable, ...]) -> None:
        self._lock, self._rules, self._variables = Lock(), rules, variables
        self._grown: VerdictCompiler | None = None

    @contextmanager
    def used(self) -> Iterator[VerdictCompiler]:
        """Give it to one thread, a new one where it has grown too large."""
        with self._lock:
            grown = self._grown
            if grown is None or len(grown.diagram.nodes) + len(grown.gates.diagram.nodes) > _MOST:
                grown = VerdictCompiler(GateDiagrams(self._rules, self._variables))
                self._grown = grown
            yield grown


_compiler = lru_cache(maxsize=12)(_GrowingCompiler)  # some MB each


@lru_cache(maxsize=1024)
def may_go_together(one: str, other: str, rules: Rules) -> bool:
    """Tell whether some answers open two arrangements of a period, each question being put when it is.

    Gates whose threshold has no known value on the day are left aside.
    """
    gates = tuple(gate for slug in (one, other) for gate in _gates(slug, rules))
    read = dict.fromkeys(clause.criterion for gate in gates for clause in all_clauses(gate))
    names = in_order(asking_order(tuple(read), rules))
    diagrams = GateDiagrams(rules, answer_variables(names, rules))
    return diagrams.openings(gates) != leaf(AGAINST)


def _gates(slug: str, rules: Rules) -> Iterator[Requirement]:
    """Yield the gates of an arrangement, and what their questions are put after, as gates of their own."""
    for gate in by_threshold(slug, rules)[0]:
        yield gate
        # What is not always wanted need not be asked.
        always = gate.hard and not gate.when and not gate.unless
        asked_when = rules.criteria[gate.own.criterion].asked_when if always else ()
        clauses = (clause for condition in asked_when for clause in condition.clauses)
        for number, clause in enumerate(clauses):
            name = f"{gate.slug}-asked-{number}"
            yield replace(gate.as_gate(), slug=name, own=clause, when=(), unless=())
