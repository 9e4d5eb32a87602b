"""The answers of a unit: with one more, one less or one changed, and as verdicts read them.

What follows from an answer goes with it. Verdicts read a state for each variable of the diagram, and bits
for gates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import compress
from operator import ne
from typing import NamedTuple

from montages.knowledge import entailment
from montages.knowledge.compiled.diagram_variables import FIXED, STATED, AnswerVariable, stated_of
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.entailment import implications, implied
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import alike, all_clauses, gates_of
from montages.one_line import OneLine

# A criterion and a value of it.
Pair = tuple[str, str]


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
        out = entailment.supposing(out, name, value, rules)
    return out


def coherent(pair: Pair, answers: Answers, rules: Rules) -> bool:
    """Tell whether one more answer goes with those that are stated."""
    for criterion, value in implied(pair):
        given = answers.get(criterion, NO_ANSWER)
        if value not in given.values and (
            value in given.excluded
            or any(_exclusive(rules, criterion, value, other) for other in given.values)
        ):
            return False
    return True


def _exclusive(rules: Rules, criterion: str, value: str, other: str) -> bool:
    """Tell whether two values of a criterion exclude each other."""
    question = rules.criteria[criterion]
    return (
        not question.multiple
        or question.value(value).excludes_others
        or question.value(other).excludes_others
    )


class Moved(NamedTuple):
    """What differs between answers, those left out that rest on something assumed: bits, places of states."""

    bits: int
    places: int


# The place of a state among the children of a node, whose first entry is its variable.
States = Sequence[int]


@dataclass(frozen=True, eq=False)
class StatedAnswers(OneLine):
    """Answers, their bits, and the state of each variable; `odd` are those whose values are at odds.

    `write` gives the answers by criterion, which a walk does not need.
    """

    write: Callable[[], Answers]
    rules: Rules
    bits: int
    states: States
    odd: Mapping[str, Answer]
    assumed: frozenset[str]
    write_bare: Callable[[], StatedAnswers] | None = None

    @cached_property
    def answers(self) -> Answers:
        """Return the answers by criterion."""
        return self.write()

    @cached_property
    def bare(self) -> StatedAnswers:
        """Return the answers that rest on nothing assumed."""
        if not self.assumed:
            return self
        if self.write_bare:
            return self.write_bare()
        return self.otherwise(entailment.without_assumptions(self.answers, self.rules))

    @property
    def falling(self) -> frozenset[str]:
        """Return the criteria whose answers may fall with what is assumed: these, and what they imply."""
        return self.assumed and _falling(self.assumed)

    @cached_property
    def against(self) -> int:
        """Return the bits of the gates that answers violate, or the duties that they refuse."""
        return masks(self.rules).all_against(self.bits)

    def without(self, names: Sequence[str]) -> StatedAnswers:
        """Return the answers less some, and less what followed from these alone."""
        return stated(without(self.answers, names), self.rules)

    def differing(self, other: StatedAnswers) -> set[str]:
        """Return the criteria that verdicts may read otherwise in other answers."""
        differing = map(ne, self.states, other.states)
        names = set(compress(_reading(self.rules).names, differing))
        odd = {n for n, _ in self.odd.items() ^ other.odd.items()}
        return names | (self.assumed ^ other.assumed) | odd

    def otherwise(self, answers: Answers) -> StatedAnswers:
        """Return other answers, most of which are these."""
        given, known = self.answers, masks(self.rules)
        new = {n: a for n, a in answers.items() if n not in given or given[n] is not a}
        gone = given.keys() - answers.keys()
        reading, dropped = _reading(self.rules), (*gone, *new)
        states, odd, bits = list(self.states), dict(self.odd), self.bits
        for name in dropped:
            bits &= ~known.of_criterion.get(name, 0)
        reading.untell(dropped, states, odd)
        reading.tell(new, states, odd)
        assumed = {name for name, answer in new.items() if answer.state == "default"}
        return StatedAnswers(
            lambda: answers,
            self.rules,
            bits | known.encode(new),
            states,
            odd,
            frozenset((self.assumed - gone - new.keys()) | assumed),
        )

    def moved_by(self, name: str) -> Moved | None:
        """Return what answers to an open criterion may move, None where something assumed may fall then."""
        following = _following(name)
        if name in self.odd or not self.assumed.isdisjoint(following):
            return None
        reading, known = _reading(self.rules), masks(self.rules).of_criterion
        bits = sum(known.get(one, 0) for one in following)
        return Moved(bits, sum(reading.place_bits.get(one, 0) for one in following))

    def moved_to(self, other: StatedAnswers) -> Moved | None:
        """Return what differs in other answers, None where something else is assumed in them."""
        if self.assumed != other.assumed:
            return None
        moved = self._apart(other)
        if not self.assumed:
            return moved
        bare = self.bare._apart(other.bare)
        return Moved(moved.bits | bare.bits, moved.places | bare.places)

    def _apart(self, other: StatedAnswers) -> Moved:
        differing = map(ne, self.states, other.states)
        places = sum(1 << place for place, differs in enumerate(differing) if differs)
        return Moved(self.bits ^ other.bits, places)

    def changed_to(self, pairs: Sequence[Pair]) -> StatedAnswers:
        """Return the answers with some criteria answered otherwise, as `changed` does."""
        reading, known = _reading(self.rules), masks(self.rules)
        pairs = tuple(pairs)
        if any(name in reading.tied or name in self.odd for name, _ in pairs):
            return self.otherwise(changed(self.answers, pairs, self.rules))
        states, bits = list(self.states), self.bits
        for name, value in pairs:
            bits = bits & ~known.of_criterion[name] | known.answer_bits[name, value]
            if name in reading.places:
                place, _, by_value = reading.places[name]
                states[place] = by_value[value]
        names = {name for name, _ in pairs}
        return StatedAnswers(
            lambda: changed(self.answers, pairs, self.rules),
            self.rules,
            bits,
            states,
            self.odd,
            self.assumed - names,
            lambda: self.bare.changed_to(pairs),
        )


def stated(answers: Answers | StatedAnswers, rules: Rules) -> StatedAnswers:
    """Return answers as verdicts read them; those that are so already as they are."""
    if isinstance(answers, StatedAnswers):
        return answers
    reading = _reading(rules)
    bits = masks(rules).encode(answers)
    assumed = [name for name, given in answers.items() if given.state == "default"]
    states, odd = reading.states(answers)
    return StatedAnswers(lambda: answers, rules, bits, states, odd, frozenset(assumed))


@dataclass(frozen=True, eq=False)
class _Reading:
    """How the answers of a period are read: the variables of each criterion, with their states."""

    variables: tuple[AnswerVariable, ...]
    places: Mapping[str, tuple[int, AnswerVariable, Mapping[str, int]]]
    lists: Mapping[str, Sequence[tuple[int, AnswerVariable]]]
    tied: frozenset[str]
    alike: Mapping[str, Mapping[str, int]]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the criterion of each variable."""
        return tuple(variable.criterion for variable in self.variables)

    @cached_property
    def place_bits(self) -> Mapping[str, int]:
        """Return a bit for the place of each variable of a criterion."""
        out = dict.fromkeys(self.names, 0)
        for place, name in enumerate(self.names):
            out[name] |= 1 << place
        return out

    def states(self, answers: Answers) -> tuple[list[int], dict[str, Answer]]:
        """Return the state of each variable, and the answers whose values are at odds: their only one."""
        out, odd = [1] * len(self.variables), dict[str, Answer]()
        self.tell(answers, out, odd)
        return out, odd

    def untell(self, names: Iterable[str], out: list[int], odd: dict[str, Answer]) -> None:
        """Take back the state of each variable of some criteria."""
        for name in names:
            odd.pop(name, None)
            if name in self.places:
                out[self.places[name][0]] = 1
            for place, _ in self.lists.get(name, ()):
                out[place] = 1

    def tell(self, answers: Answers, out: list[int], odd: dict[str, Answer]) -> None:
        """Write the state of each variable of some answers."""
        places, lists = self.places, self.lists
        for name, answer in answers.items():
            entry = places.get(name)
            if entry is None:
                for place, variable in lists.get(name, ()):
                    self._put(out, odd, place, variable, answer)
            elif answer.state == "explicit" and len(answer.values) == 1:
                (value,) = answer.values
                out[entry[0]] = entry[2].get(value, 1)
            else:
                self._put(out, odd, *entry[:2], answer)

    def _put(
        self,
        out: list[int],
        odd: dict[str, Answer],
        place: int,
        variable: AnswerVariable,
        given: Answer,
    ) -> None:
        state = stated_of(variable, given) or stated_of(variable, self._as_one(variable, given))
        if state is None:
            odd[variable.criterion] = replace(given, number=None)
        else:
            out[place] = variable.states.index(state) + 1

    def _as_one(self, variable: AnswerVariable, given: Answer) -> Answer:
        """Return one value for several of a fact that no gate tells apart: these are not at odds."""
        groups = self.alike.get(variable.criterion)
        if groups is None or len({groups.get(value) for value in given.values}) > 1:
            return given
        return replace(given, values=frozenset({min(given.values)}))


@cache
def _following(name: str) -> frozenset[str]:
    """Return a criterion, and those that some answer to it answers too."""
    pairs = [pair for pair in implications() if pair[0] == name]
    return frozenset({name, *(of for pair in pairs for of, _ in implied(pair))})


@lru_cache(maxsize=4096)
def _falling(assumed: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*map(_following, assumed))


@cache
def tied_criteria(rules: Rules) -> frozenset[str]:
    """Return the criteria whose answers go with others: they imply some, follow from some, or are several."""
    tied = {name for name, _ in implications()}
    tied |= {name for pairs in implications().values() for name, _ in pairs}
    return frozenset(tied | {name for name, of in rules.criteria.items() if of.multiple})


@cache
def _reading(rules: Rules) -> _Reading:
    variables = verdict_diagram(rules).variables
    places = {v.criterion: (n, v, _explicit(v)) for n, v in enumerate(variables) if not v.several}
    lists: dict[str, list[tuple[int, AnswerVariable]]] = {}
    for n, variable in enumerate(variables):
        if variable.several:
            lists.setdefault(variable.criterion, []).append((n, variable))
    return _Reading(
        variables,
        places,
        lists,
        tied_criteria(rules),
        {
            name: _groups(name, rules)
            for name, (_, variable, _) in places.items()
            if variable.open == variable.kept  # a choice may be changed to one of its values
        },
    )


def _groups(name: str, rules: Rules) -> dict[str, int]:
    """Return a number for each value of a criterion, one for those that nothing which decides tells apart."""
    clauses = [
        clause
        for slug in rules.arrangements
        for gate in gates_of(slug, rules)
        for clause in all_clauses(gate)
    ]
    asked = [
        c for criterion in rules.criteria.values() for w in criterion.asked_when for c in w.clauses
    ]
    groups = alike(name, [*clauses, *asked], rules)
    return {value: n for n, group in enumerate(groups) for value in group}


def _explicit(variable: AnswerVariable) -> dict[str, int]:
    """Return the place of each value that is stated by the buyer himself."""
    out = {}
    for n, (how, value) in enumerate(variable.states, 1):
        if how == STATED or (how == FIXED and value not in out):
            out[value] = n
    return out
