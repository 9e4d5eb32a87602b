"""Walks through the diagram of an arrangement from what is stated: what opens it, what reopens it (R34)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from montages.assessment.verdict.answers import Pair
from montages.assessment.verdict.walk_steps import Alike, Step, Steps, StepTables, Ways
from montages.knowledge.compiled.decision_diagram import Tree
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.periods import Rules


class Opening(NamedTuple):
    """Answers and changes that open an arrangement, and what they cost."""

    cost: int
    steps: tuple[Step, ...]

    @property
    def facts(self) -> int:
        """Return how many facts are left to find out."""
        return sum(step.fact for step in self.steps)

    @property
    def asked(self) -> tuple[Pair, ...]:
        """Return the answers that are wanted to what is open."""
        return tuple(step.pair for step in self.steps if step.pair and not step.change)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Return the choices answered otherwise."""
        return tuple(step.pair for step in self.steps if step.pair and step.change)


class ReadStates(Protocol):
    """The state of each variable, by its place: only what decides is read."""

    def __getitem__(self, place: int, /) -> int: ...


@dataclass(frozen=True, eq=False)
class OpeningWalk:
    """The ways that open an arrangement, and the states from which they are walked."""

    tree: Tree
    tables: StepTables
    states: ReadStates

    def least(self) -> Opening | None:
        """Return the answers to what is open that cost least, None if none open the arrangement."""
        return _least(self.tree, self._ways(self.tables.kept))

    def serving(self, asked: Sequence[Pair], rules: Rules) -> list[list[str]]:
        """Return for each answer the values that serve as well as its own, the others as they are.

        The answers are those that cost least: with one of them left out nothing opens.
        """
        ways, others = self._ways(self.tables.idle), dict[int, list[tuple[int, Step]]]()
        bits = dict.fromkeys(asked, 1)
        for name, chosen in asked:
            place, step = self.tables.by_answer[(name, chosen), False]
            ways[place] = (step,)
            for step in self.tables.kept[place][self.states[place] - 1]:
                if step.pair and step.pair not in bits:
                    bits[step.pair] = 1 << len(bits)
                    others.setdefault(place, []).append((bits[step.pair], step))
        serving, out = _deviating(self.tree, ways, others), []
        for n, (name, _) in enumerate(asked):
            values = [value.slug for value in rules.criteria[name].values]
            out.append([v for v in values if self._serves((name, v), n, asked, serving, bits)])
        return out

    def _serves(
        self, pair: Pair, n: int, asked: Sequence[Pair], serving: int, bits: Mapping[Pair, int]
    ) -> bool:
        if pair in bits:
            return bool(serving & bits[pair])
        # Of several values of a list each is a variable.
        return self._only(self.tables.idle, [*asked[:n], pair, *asked[n + 1 :]], False) is not None

    def after(self, changes: Sequence[Pair]) -> Opening | None:
        """Return the answers that are wanted at least once choices are answered otherwise."""
        return self._only(self.tables.kept, changes, True)

    def _only(self, steps: Steps, pairs: Sequence[Pair], change: bool) -> Opening | None:
        ways = self._ways(steps)
        for pair in pairs:
            entry = self.tables.by_answer.get((pair, change))
            if entry is None:
                return None
            place, step = entry
            if step not in self.tables.open[place][self.states[place] - 1]:
                return None
            ways[place] = (step,)
        return _least(self.tree, ways)

    def reopenings(self) -> list[Opening]:
        """Return the changes of stated choices that open it, none of which could be left out, least first.

        Of several ways of changing the same choices, the one that leaves least to be answered.
        """

        def changed(step: Step) -> str | None:
            return step.pair[0] if step.pair and step.change else None

        return sorted(_Families(self._ways(self.tables.open), changed).of(self.tree).values())

    def choice_sets(self, alike: Alike, left: Collection[str] = ()) -> list[Opening]:
        """Return the choices to change or to take that open it: with fewer, more facts would be left.

        Of values that are `alike` only the first is taken; criteria that are `left` stay as they are.
        """

        def chosen(step: Step) -> Pair | None:
            return None if step.fact else step.pair

        steps, states = self.tables.open, self.states
        ways = FunctionCache[int, Sequence[Step]](
            lambda place: _told_apart(steps[place][states[place] - 1], alike, left)
        )
        return sorted(_Families(ways, chosen, lambda opening: opening.facts).of(self.tree).values())

    def _ways(self, steps: Steps) -> dict[int, Sequence[Step]]:
        return _WaysRead(steps, self.states)


class _WaysRead(dict[int, Sequence[Step]]):
    """The ways on from each variable, read when it is come to."""

    __slots__ = ("_states", "_steps")

    def __init__(self, steps: Steps, states: ReadStates) -> None:
        self._steps, self._states = steps, states

    def __missing__(self, place: int) -> Sequence[Step]:
        ways = self[place] = self._steps[place][self._states[place] - 1]
        return ways


def _deviating(tree: Tree, ways: Ways, others: Mapping[int, Sequence[tuple[int, Step]]]) -> int:
    """Return whether ways lead to 1, as the first bit, and the bits of those that would in place of one."""
    known: dict[int, int] = {}

    def found(node: Tree) -> int:
        while type(node) is tuple:
            steps = ways[node[0]]
            if len(steps) != 1 or node[0] in others:
                break
            node = node[steps[0].child]
        if not isinstance(node, tuple):
            return node
        out = known.get(id(node))
        if out is None:
            out = 0
            for step in steps:
                out |= found(node[step.child])
            for bit, step in others.get(node[0], ()):
                if found(node[step.child]) & 1:
                    out |= bit
            known[id(node)] = out
        return out

    return found(tree)


def _least(tree: Tree, ways: Ways) -> Opening | None:
    """Return what leads through a tree to 1 at the least cost, None where nothing does."""
    known: dict[int, Opening | None] = {}

    def least(node: Tree) -> Opening | None:
        held: tuple[Step, ...] = ()
        while type(node) is tuple:
            steps = ways[node[0]]
            if len(steps) != 1:
                break
            (step,) = steps
            if step.pair is not None:
                held = (*held, step)
            node = node[step.child]
        if type(node) is tuple:
            key = id(node)
            if key not in known:
                known[key] = best(node, steps)
            opening = known[key]
        else:
            opening = _OPENED if node else None
        if opening is None or not held:
            return opening
        return Opening(opening.cost + sum(step.cost for step in held), (*held, *opening.steps))

    def best(node: tuple[Any, ...], steps: Sequence[Step]) -> Opening | None:
        cheapest: Opening | None = None
        taken = steps[0]
        for step in steps:
            if cheapest is not None and step.cost > cheapest.cost + taken.cost:
                continue
            below = least(node[step.child])
            if below is not None and (
                cheapest is None or below.cost + step.cost < cheapest.cost + taken.cost
            ):
                cheapest, taken = below, step
        if cheapest is None or taken.pair is None:
            return cheapest
        return Opening(cheapest.cost + taken.cost, (taken, *cheapest.steps))

    return least(tree)


_OPENED = Opening(0, ())


def _told_apart(steps: Sequence[Step], alike: Alike, left: Collection[str]) -> Sequence[Step]:
    """Return the ways on without those whose answers are alike to an earlier one, or not to be given."""
    pairs = [step.pair for step in steps if step.pair]
    if pairs and pairs[0][0] in left:
        return [step for step in steps if not step.pair]
    if len(pairs) < 2:
        return steps
    groups = {value: n for n, group in enumerate(alike(pairs[0][0])) for value in group}
    first = dict[tuple[int, bool], Step]()
    for step in steps:
        if step.pair:
            first.setdefault((groups[step.pair[1]], step.change), step)
    return [step for step in steps if not step.pair or step in first.values()]


class _Families:
    """The sets of answers that lead to 1, each at its least cost, none of which holds another as good.

    `member` gives what a step adds to its set, None for nothing; `worth` what counts beside the set.
    """

    def __init__(
        self,
        ways: Ways,
        member: Callable[[Step], Hashable],
        worth: Callable[[Opening], int] = lambda opening: 0,
    ) -> None:
        self._ways, self._member, self._worth = ways, member, worth
        self._known: dict[int, dict[frozenset[Hashable], Opening]] = {}

    def of(self, tree: Tree) -> dict[frozenset[Hashable], Opening]:
        """Return each set."""
        while type(tree) is tuple:
            step, *others = self._ways[tree[0]]
            if others:
                break
            tree = tree[step.child]
        if type(tree) is not tuple:
            return {frozenset(): _OPENED} if tree else {}
        sets = self._known.get(id(tree))
        if sets is None:
            sets = self._known[id(tree)] = self._at(tree)
        return sets

    def _at(self, tree: tuple[Any, ...]) -> dict[frozenset[Hashable], Opening]:
        best: dict[frozenset[Hashable], Opening] = {}
        for step in self._ways[tree[0]]:
            member = self._member(step)
            for names, below in self.of(tree[step.child]).items():
                cost = below.cost + step.cost
                key = names if member is None else names | {member}
                if key not in best or cost < best[key].cost:
                    best[key] = Opening(cost, (step, *below.steps) if step.pair else below.steps)
        if len(best) < 2:
            return best
        worth = {names: self._worth(opening) for names, opening in best.items()}
        return {
            names: opening
            for names, opening in best.items()
            if not any(other < names and worth[other] <= worth[names] for other in best)
        }
