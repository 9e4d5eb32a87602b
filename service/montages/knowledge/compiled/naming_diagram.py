"""What a period names, compiled: the contract, the way it is awarded, what the law forbids; kept by content.

What is named of several parts together, values at odds and gates asserted by hand are on no state: these are
named by tests (`assessment.naming`), which say the same of all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from montages.knowledge.compiled.decision_diagram import Tree, Written
from montages.knowledge.compiled.naming_compiler import NamingCompiler
from montages.knowledge.compiled.naming_variables import NamingVariable, naming_variables
from montages.knowledge.compiled.verdict_diagram import written_diagram
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.naming_order import channels_for, procedures_for
from montages.knowledge.periods import Rules, rules_at


class WrittenNaming(NamedTuple):
    """What is kept of a period: its diagrams, with what each step, way and prohibition stands for.

    The roots are `whole` and `part`, to a place of `prohibitions`; a number for each of `steps`, in order;
    each contract that is named, to a place of `ways`. The place 0 stands for none.
    """

    variables: tuple[NamingVariable, ...]
    prohibitions: tuple[str, ...]
    steps: tuple[str | None, ...]
    ways: tuple[str, ...]
    diagram: Written


class NamedWay(NamedTuple):
    """The contract that states name, the channel or the procedure that awards it, what forbids it."""

    contract: str | None = None
    way: str | None = None
    prohibited_by: str | None = None


class NamingDiagram:
    """What states name: walks of the diagrams of a period."""

    def __init__(self, written: WrittenNaming) -> None:
        self.written = written
        trees = written.diagram.trees()
        self.whole, self.part = trees["whole"], trees["part"]
        self.steps = [(trees[str(n)], slug) for n, slug in enumerate(written.steps)]
        self.ways: Mapping[str, Tree] = {slug: trees[slug] for slug in written.steps if slug}

    def named(self, states: Sequence[int]) -> NamedWay:
        """Return what the states of the variables name."""
        prohibitions, ways = self.written.prohibitions, self.written.ways
        if whole := leaf_of(self.whole, states):
            return NamedWay(prohibited_by=prohibitions[whole - 1])
        part = leaf_of(self.part, states)
        contract = next((slug for tree, slug in self.steps if leaf_of(tree, states)), None)
        way = leaf_of(self.ways[contract], states) if contract else 0
        return NamedWay(
            contract, ways[way - 1] if way else None, prohibitions[part - 1] if part else None
        )

    def may_name_otherwise(self, states: Sequence[int], free: Mapping[int, Iterable[int]]) -> bool:
        """Tell whether something else may be named where some variables come to other states.

        Each diagram is looked at by itself: what two of them lead to need not go together.
        """
        reach = _Reach(states, free)
        if leaf_of(self.whole, states):
            return 0 in reach.leaves(
                self.whole
            )  # what is forbidden stays so, whatever else forbids it
        contracts = dict.fromkeys(self._contracts(reach))
        if reach.leaves(self.whole) != {0} or len(contracts) > 1:
            return True
        awards = (self.ways[slug] for slug in contracts if slug)
        return any(len(reach.leaves(tree)) > 1 for tree in (self.part, *awards))

    def _contracts(self, reach: _Reach) -> Iterator[str | None]:
        """Yield the contracts that may be named."""
        for tree, slug in self.steps:
            leaves = reach.leaves(tree)
            if 1 in leaves:
                yield slug
            if 0 not in leaves:
                return
        yield None


class _Reach:
    """The leaves that states lead to, some variables being free to come to others."""

    def __init__(self, states: Sequence[int], free: Mapping[int, Iterable[int]]) -> None:
        self._states = [{state} | set(free.get(place, ())) for place, state in enumerate(states)]
        self._known: dict[int, frozenset[int]] = {}

    def leaves(self, tree: Tree) -> frozenset[int]:
        """Return the leaves that may be reached from a node."""
        if not isinstance(tree, tuple):
            return frozenset({tree})
        if id(tree) not in self._known:
            below = {id(tree[1 + state]): tree[1 + state] for state in self._states[tree[0]]}
            self._known[id(tree)] = frozenset().union(*map(self.leaves, below.values()))
        return self._known[id(tree)]


def leaf_of(tree: Tree, states: Sequence[int]) -> int:
    """Return the leaf that states lead to."""
    while isinstance(tree, tuple):
        tree = tree[1 + states[tree[0]]]
    return tree


@cache
def naming_diagram(first: date) -> NamingDiagram:
    """Return the diagrams of the period that begins on a day."""
    return NamingDiagram(written_naming(first))


@disk_cache
def written_naming(first: date) -> WrittenNaming:
    """Return what the period that begins on a day names, compiled from its rules and verdicts."""
    rules = rules_at(first)
    return compiled_naming(rules, written_diagram(first).verdicts)


def compiled_naming(rules: Rules, verdicts: Written) -> WrittenNaming:
    """Return what rules name, compiled from them and from their verdicts."""
    variables = naming_variables(rules)
    compiler = NamingCompiler(rules, variables, verdicts)
    steps = [*compiler.steps()]
    contracts = dict.fromkeys(slug for _, slug in steps if slug)
    ways = [way for slug in contracts for way in _ways_of(slug, rules)]
    names = tuple(dict.fromkeys(ways))
    roots = {
        "whole": compiler.forbidding(a_part=False),
        "part": compiler.forbidding(a_part=True),
        **{str(n): node for n, (node, _) in enumerate(steps)},
        **{slug: compiler.way(slug, names) for slug in contracts},
    }
    return WrittenNaming(
        tuple(variables),
        tuple(prohibition.slug for prohibition in rules.book.prohibitions),
        tuple(slug for _, slug in steps),
        names,
        compiler.diagram.written(roots),
    )


def _ways_of(contract: str, rules: Rules) -> Sequence[str]:
    families = procedures_for(contract, rules)
    return [*channels_for(contract, rules), *(slug for family in families for slug in family)]
