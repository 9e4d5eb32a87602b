"""The diagram of an arrangement: which one is walked for the answers of a unit, and what it says (R34).

That is the diagram of the period; where values are at odds the same compiler makes one with these held. It
says whether the arrangement is open and on what terms, what reopens it, what stands against it: each is
worked out once for all states that are alike to it, in a diagram that grows as it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from montages.assessment.verdict.answers import Pair, StatedAnswers, stated
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.assessment.verdict.walk_steps import in_author_order, step_tables
from montages.assessment.verdict.walks import Opening, OpeningWalk, ReadStates
from montages.knowledge import entailment
from montages.knowledge.compiled.decision_diagram import Tree
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.compiled.verdict_diagram import (
    VerdictDiagram,
    diagram_at_odds,
    verdict_diagram,
)
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, by_threshold, deciding, gates_of, is_term


def diagram_of(slug: str, answers: StatedAnswers) -> VerdictDiagram:
    """Return the diagram in which answers to what an arrangement reads are walked."""
    return _diagram(answers, reads_of(slug, answers.rules))


def _diagram(answers: StatedAnswers, reads: frozenset[str]) -> VerdictDiagram:
    if answers.odd.keys().isdisjoint(reads):
        return verdict_diagram(answers.rules)
    return diagram_at_odds(answers.rules, frozenset(answers.odd.items()))


def walked(tree: Tree, states: ReadStates) -> int:
    """Return the leaf that states lead to."""
    node: Any = tree
    while type(node) is tuple:
        node = node[states[node[0]]]
    leaf: int = node
    return leaf


def asserted_of(slug: str, rules: Rules, asserted: frozenset[str]) -> frozenset[str]:
    """Return the gates of an arrangement among those asserted by hand."""
    return asserted and asserted.intersection(gate.slug for gate in gates_of(slug, rules))


def walk_of(
    gates: tuple[Requirement, ...], answers: StatedAnswers, asserted: frozenset[str]
) -> OpeningWalk:
    """Return the ways that make some gates true, whichever arrangements they are of."""
    rules = answers.rules
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    reads = frozenset(entailment.read_by(clauses, rules))
    by_hand = asserted & {gate.slug for gate in gates}
    diagram = _diagram(answers, reads)
    tree = diagram.group(gates, by_hand)
    return OpeningWalk(tree, step_tables(diagram, rules), answers.states)


def answers_opening(gates: Sequence[Requirement], rules: Rules) -> tuple[Pair, ...] | None:
    """Return the answers that cost least to make gates of a period true, None if none do."""
    opening = walk_of(tuple(gates), stated({}, rules), frozenset()).least()
    return None if opening is None else opening.asked


@cache
def reads_of(slug: str, rules: Rules) -> frozenset[str]:
    """Return the criteria that decide the verdict on an arrangement."""
    return frozenset(deciding(slug, rules))


# Of the changes that reopen an arrangement, so many are given.
_REOPENINGS = 3
# Some 300 bytes each: a MB for an arrangement at most, less where few descriptions share a diagram.
_NODES, _FEW = 4096, 512
_ALONE = {verdict: UnitVerdict(verdict) for verdict in Verdict}


@dataclass(frozen=True, eq=False)
class JudgedArrangement:
    """An arrangement, with the diagram that its answers are walked in and its gates asserted by hand."""

    slug: str
    rules: Rules
    diagram: VerdictDiagram
    asserted: frozenset[str]

    @cached_property
    def verdicts(self) -> GrownDiagram[UnitVerdict]:
        """Return the verdict with its terms and facts to verify, whatever waits for an unknown threshold."""
        return GrownDiagram(self._verdict, self._nodes)

    @cached_property
    def reopenings(self) -> GrownDiagram[tuple[Reopening, ...]]:
        """Return the changes that reopen it where stated choices close it, least first."""
        return GrownDiagram(self._reopenings, self._nodes)

    @cached_property
    def obstacles(self) -> GrownDiagram[tuple[str, ...]]:
        """Return gates that no answers make true together, none of which could be left out."""
        return GrownDiagram(self._obstacles, _FEW)

    @cached_property
    def waiting(self) -> tuple[Requirement, ...]:
        """Return the gates whose thresholds are not known."""
        return by_threshold(self.slug, self.rules)[1]

    @property
    def _nodes(self) -> int:
        shared = self.slug in self.diagram.verdicts and not self.asserted
        return _NODES if shared else _FEW

    @cached_property
    def gates(self) -> tuple[Requirement, ...]:
        """Return the gates whose thresholds are known."""
        return by_threshold(self.slug, self.rules)[0]

    @cached_property
    def gate_bits(self) -> int:
        """Return the bits of these gates."""
        position = masks(self.rules).position
        return sum(1 << position[gate.slug] for gate in self.gates)

    @cached_property
    def gate_names(self) -> FunctionCache[int, tuple[str, ...]]:
        """Return the gates of some bits by name, those on a fact first."""
        position, rules = masks(self.rules).position, self.rules
        gates = sorted(self.gates, key=lambda gate: is_term(gate.own.criterion, rules))
        names = [(gate.slug, 1 << position[gate.slug]) for gate in gates]
        return FunctionCache(lambda bits: tuple(name for name, bit in names if bits & bit))

    def told(self, states: ReadStates) -> Verdict:
        """Return the verdict alone."""
        return VERDICTS[walked(self.diagram.verdict(self.slug, self.asserted), states)]

    def _walk(self, states: ReadStates, tree: Tree | None = None) -> OpeningWalk:
        """Return the ways that open it, or those through another tree."""
        if tree is None:
            tree = self.diagram.opening(self.slug, self.asserted)
        return OpeningWalk(tree, step_tables(self.diagram, self.rules), states)

    def _verdict(self, states: ReadStates) -> UnitVerdict:
        verdict = self.told(states)
        if verdict is Verdict.FITS or not verdict.open:
            return _ALONE[verdict]
        walk = self._walk(states)
        wanted = walk.least()
        assert wanted is not None, self.slug
        if not wanted.asked:
            return _ALONE[Verdict.FITS]  # but for a threshold of another day
        pairs = in_author_order(wanted.asked, self.rules)
        serving = walk.serving(pairs, self.rules)
        terms = [self._term(name, values) for (name, _), values in zip(pairs, serving, strict=True)]
        return UnitVerdict(
            self._after(wanted),
            terms=tuple(t for t in terms if is_term(t.criterion, self.rules)),
            to_verify=tuple(t for t in terms if not is_term(t.criterion, self.rules)),
        )

    def _term(self, name: str, values: Sequence[str]) -> Term:
        """Return an answer that is wanted with every value that serves."""
        criterion = self.rules.criteria[name]
        return Term(name, tuple(values), any(criterion.value(v).ordinary for v in values))

    def _after(self, opening: Opening) -> Verdict:
        """Return the verdict on an arrangement that needs these answers."""
        if not opening.asked:
            return Verdict.FITS
        terms_only = all(is_term(name, self.rules) for name, _ in opening.asked)
        return Verdict.FITS_ON_TERMS if terms_only else Verdict.TO_VERIFY

    def _reopenings(self, states: ReadStates) -> tuple[Reopening, ...]:
        walk = self._walk(states)
        return tuple(self._reopening(opening, walk) for opening in walk.reopenings()[:_REOPENINGS])

    def _reopening(self, opening: Opening, walk: OpeningWalk) -> Reopening:
        """Return changes with the verdict they lead to, each with every value that leads as far."""
        pairs = in_author_order(opening.changed, self.rules)
        verdict = self._after(opening)
        changes = []
        for n, (name, chosen) in enumerate(pairs):
            serving = tuple(
                value.slug
                for value in self.rules.criteria[name].values
                if value.slug == chosen
                or (
                    (other := walk.after([*pairs[:n], (name, value.slug), *pairs[n + 1 :]]))
                    and self._after(other) is verdict
                )
            )
            changes.append(Term(name, serving))
        return Reopening(tuple(changes), verdict)

    def _obstacles(self, states: ReadStates) -> tuple[str, ...]:
        gates = list(self.gates)
        for gate in self.gates:
            others = [other for other in gates if other is not gate]
            by_hand = self.asserted.intersection(other.slug for other in others)
            tree = self.diagram.group(tuple(others), by_hand)
            if self._walk(states, tree).least() is None:
                gates = others
        return tuple(gate.slug for gate in gates)


def judged(slug: str, answers: StatedAnswers, asserted: frozenset[str]) -> JudgedArrangement:
    """Return an arrangement as it is judged in the diagram of answers, one as long as that is there."""
    rules, by_hand = (
        answers.rules,
        asserted_of(slug, answers.rules, asserted) if asserted else asserted,
    )
    diagram = diagram_of(slug, answers) if answers.odd else verdict_diagram(rules)
    arrangement: JudgedArrangement | None = diagram.walked.get((slug, by_hand))
    if arrangement is None:
        arrangement = JudgedArrangement(slug, rules, diagram, by_hand)
        diagram.walked.add((slug, by_hand), arrangement)
    return arrangement


T = TypeVar("T")


class _StatesRead(dict[int, int]):
    """The states that are read, in the order in which they are."""

    __slots__ = ("_states",)

    def __init__(self, states: ReadStates) -> None:
        self._states = states

    def __missing__(self, place: int) -> int:
        state = self[place] = self._states[place]
        return state


class GrownDiagram(Generic[T]):
    """What a function gives for states; where it has read no other one, it is not called again.

    The function reads states in an order that those read before decide; it gives neither a list nor None.
    A node is a list: a variable by its place, and for each state of it a node or what was found. With more
    nodes than `most` it is grown anew.
    """

    def __init__(self, function: Callable[[ReadStates], T], most: int) -> None:
        self._function, self._most = function, most
        self._held = 0
        self._root: Any = None

    def __getitem__(self, states: ReadStates) -> T:
        node = self._root
        while type(node) is list:
            node = node[1].get(states[node[0]])
        return self._grown(states) if node is None else node

    def _grown(self, states: ReadStates) -> T:
        """Return what the function gives, and keep it below the states that it has read, in their order."""
        read = _StatesRead(states)
        result = self._function(read)
        if self._held >= self._most:
            self._held, self._root = 0, None
        root: dict[int, Any] = {0: self._root}
        above, state = root, 0
        for place, next_state in read.items():
            node = above.get(state)
            if type(node) is not list:
                node = above[state] = [place, {}]
                self._held += 1
            above, state = node[1], next_state
        above[state] = result
        self._root = root[0]
        return result
