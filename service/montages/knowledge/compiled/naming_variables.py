"""The variables of naming: those of verdicts and a few more, each with what naming can tell of its answer.

Naming looks at an answer thrice: as it is, as it is once what practice presumes is taken away, and whether it
is what the buyer states. What is the same in all three is one state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from montages.knowledge.compiled.diagram_variables import (
    DECLARED,
    DERIVED,
    FIXED,
    IN,
    OUT,
    STATED,
    UNKNOWN,
    AnswerVariable,
    answer_variables,
    stated_of,
)
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.law import Clause
from montages.knowledge.logic import Answer, Answers
from montages.knowledge.naming_order import calling_criteria, definitions_in_order
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import folding_preferences

# What is presumed by practice, and what follows from it: without it, nothing is answered.
ASSUMED, FOLLOWS = "assumed", "follows"


class NamingState(NamedTuple):
    """What naming can tell of an answer: how it is given, its value, its state to verdicts as it is and bare.

    `by_buyer`: it is what the buyer states, which some definitions look at.
    """

    how: str
    value: str
    answered: int
    bare: int
    by_buyer: bool


class NamingVariable(NamedTuple):
    """A criterion, or a value of one that takes several, with its states to verdicts and to naming."""

    answers: AnswerVariable
    states: tuple[NamingState, ...]

    @property
    def criterion(self) -> str:
        """Return the criterion."""
        return self.answers.criterion

    @property
    def value(self) -> str | None:
        """Return the value, of a criterion that takes several."""
        return self.answers.value


@cache
def naming_variables(rules: Rules) -> tuple[NamingVariable, ...]:
    """Return the variables of verdicts in their order, then those that naming alone looks at."""
    of_verdicts = verdict_diagram(rules).variables
    known = {variable.criterion for variable in of_verdicts}
    more = [name for name in rules.criteria if name in _read(rules) and name not in known]
    silent = {name for one in definitions_in_order(rules) for name in one.unless_stated}
    variables = (*of_verdicts, *answer_variables(more, rules))
    return tuple(NamingVariable(v, _states(v, v.criterion in silent)) for v in variables)


def _read(rules: Rules) -> frozenset[str]:
    """Return the criteria that naming looks at by itself, verdicts apart."""
    arrangements, prohibitions = rules.arrangements, rules.book.prohibitions
    clauses: list[Clause] = [clause for p in prohibitions for clause in p.when]
    clauses += (
        c for slug in arrangements for p in folding_preferences(slug, rules) for c in p.clauses()
    )
    conditions = chain(
        (c for p in prohibitions for c in (*p.unless, *p.closes_part_where)),
        (c for arrangement in arrangements.values() for c in arrangement.ranks_freely_when),
    )
    clauses += (clause for condition in conditions for clause in condition.clauses)
    return calling_criteria(rules) | {clause.criterion for clause in clauses}


def _states(variable: AnswerVariable, silent: bool) -> tuple[NamingState, ...]:
    """Return the states of a variable; `silent`: it counts whether the buyer states it."""
    nothing = variable.states.index((UNKNOWN, ""))
    states = [NamingState(UNKNOWN, "", nothing, nothing, by_buyer=False)]
    for place, (how, value) in enumerate(variable.states):
        if how in (UNKNOWN, DECLARED):
            continue
        if how == STATED or (how == FIXED and silent and (STATED, value) not in variable.states):
            states.append(NamingState(STATED, value, place, place, by_buyer=True))
        if how != STATED:
            states.append(NamingState(how, value, place, place, by_buyer=False))
            fallen = FOLLOWS if how == DERIVED else ASSUMED
            states.append(NamingState(fallen, value, place, nothing, by_buyer=False))
    return tuple(states)


# What tells a state: its states to verdicts, as it is and bare, and whether the buyer states it.
_Key = tuple[int, int, bool]


class NamingReader(NamedTuple):
    """How answers are read as states: for each variable, its states by what naming can tell."""

    variables: Sequence[NamingVariable]
    places: Sequence[Mapping[_Key, int]]

    def states(self, answers: Answers, bare: Answers) -> list[int] | None:
        """Return the state of each variable, None where values are at odds: that is no state."""
        out = []
        for (variable, _), places in zip(self.variables, self.places, strict=True):
            name = variable.criterion
            given = answers.get(name)
            now, then = _place(variable, given), _place(variable, bare.get(name))
            if now is None or then is None:
                return None
            by_buyer = given is not None and given.state == "explicit" and bool(given.values)
            out.append(places[now, then, by_buyer])
        return out


def _place(variable: AnswerVariable, answer: Answer | None) -> int | None:
    """Return the place of the state of a variable; what is declared unknown is unknown."""
    state = stated_of(variable, answer)
    if state is None:
        return None
    return variable.states.index((UNKNOWN, "") if state[0] == DECLARED else state)


@cache
def naming_reader(rules: Rules) -> NamingReader:
    """Return how the answers of a period are read."""
    variables = naming_variables(rules)
    return NamingReader(variables, [_places(variable) for variable in variables])


def _places(variable: NamingVariable) -> Mapping[_Key, int]:
    """Return the place of each state; where none tells whether the buyer states it, either way."""
    out: dict[_Key, int] = {}
    for place, (_, _, answered, bare, by_buyer) in enumerate(variable.states):
        out[answered, bare, by_buyer] = place
        out.setdefault((answered, bare, not by_buyer), place)
    return out


@cache
def states_of_pair(rules: Rules, pair: tuple[str, str]) -> Sequence[tuple[int, int]]:
    """Return the places of the variables of an answer, each with the states in which it is given.

    A value of a list leaves another out where it stands alone, and a list may be complete.
    """
    name, value = pair
    out = []
    for place, variable in enumerate(naming_variables(rules)):
        if variable.criterion == name:
            values = (value,) if variable.value is None else (IN, OUT)
            out += [(place, n) for n, state in enumerate(variable.states) if state.value in values]
    return out
