"""The questions that are open for a unit: what waits on each, and what each answer does at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from montages.advice.questions.undecided import open_gates, to_settle, waited_for
from montages.assessment.checks.unit_outcomes import Suppositions, obstacles
from montages.assessment.verdict.answers import Pair, StatedAnswers, stated
from montages.assessment.verdict.unknown_facts import unanswered
from montages.engine.protocol import OutcomeBits
from montages.engine.units import Unit
from montages.knowledge import entailment, logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Answer, Answers
from montages.knowledge.model import Value
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import all_clauses, gates_of
from montages.one_line import OneLine


@dataclass(frozen=True)
class AnswerChange(OneLine):
    """What answering with a value closes at once, and what it makes fit, by slug of arrangement."""

    value: Value
    closes: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class UnitQuestions:
    """The questions that are open for a unit, and what waits on each; `outcomes` are those of the unit."""

    unit: Unit
    outcomes: Mapping[str, str]
    rules: Rules
    scope: Sequence[str]

    @cached_property
    def answers(self) -> StatedAnswers:
        """Return the answers of the unit as verdicts read them."""
        return stated(self.unit.answers, self.rules)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Return the arrangements whose verdict an answer may still change, as what is presumed stands."""
        given, asserted = self.answers, self.unit.asserted
        return tuple(s for s in self.scope if to_settle(s, given, self.rules, asserted))

    @cached_property
    def waiting(self) -> dict[str, tuple[str, ...]]:
        """Return each question that may be asked now with the undecided arrangements that wait on it."""
        waiting: dict[str, list[str]] = {}
        for slug in self.undecided:
            for name in self._asked_for(slug):
                waiting.setdefault(name, []).append(slug)
        return {name: tuple(slugs) for name, slugs in waiting.items()}

    def _asked_for(self, slug: str) -> list[str]:
        """Return what to ask now for an arrangement: what its open gates still wait for."""
        unit, rules = self.unit, self.rules
        gates = open_gates(slug, unit.answers, rules, unit.asserted)
        undetermined = dict.fromkeys(
            c.criterion for g in gates for c in waited_for(g, unit.answers, rules)
        )
        names = asking_order(tuple(undetermined), rules)
        return [name for name in names if askable(name, unit.answers, rules)]

    @cached_property
    def _suppositions(self) -> Suppositions:
        bits = OutcomeBits.of(self.outcomes, masks(self.rules).position)
        return Suppositions(self.unit, obstacles(bits), self.rules)

    def effect(self, name: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the waiting arrangements that an answer closes, and those that it makes fit."""
        waiting = self.waiting[name]
        stand, hard = self._suppositions.supposing(name, value), masks(self.rules).hard
        status = {slug: stand.status(hard[slug]) for slug in waiting}
        refused = set(self._refused(name, value, waiting))
        return (
            tuple(s for s in waiting if status[s] == "ineligible" or s in refused),
            tuple(s for s in waiting if status[s] == "eligible" and s not in refused),
        )

    def _refused(self, name: str, value: str, waiting: Collection[str]) -> list[str]:
        """Return the arrangements that an answer closes since it refuses what the law commands."""
        duties = {s: _closing_duties(s, name, self.rules) for s in waiting}
        if not any(duties.values()):
            return []
        after = _supposing(self.unit.answers, ((name, value),), self.rules)
        return [s for s in waiting if any(logic.refused(d, after, self.rules) for d in duties[s])]


@cache
def _closing_duties(slug: str, name: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return the duties of an arrangement that close it where they are refused, and that read a criterion."""
    duties = (r for r in gates_of(slug, rules) if r.duty)
    return tuple(d for d in duties if name in {c.criterion for c in all_clauses(d)})


# Answers to one criterion that go together: one value, or several of a list.
_Choice = tuple[Pair, ...]


def _supposing(answers: Answers, choice: _Choice, rules: Rules) -> dict[str, Answer]:
    """Return answers with one more, and with what it implies; a list of several is supposed complete."""
    out = dict(answers)
    for name, value in choice:
        out = entailment.supposing(out, name, value, rules)
    name = choice[0][0]
    if rules.criteria[name].multiple:
        left = frozenset(v.slug for v in rules.criteria[name].values) - out[name].values
        out[name] = Answer(out[name].values, left, "explicit")
    return out


def without_idle_questions(unit: Unit, rules: Rules) -> Unit:
    """Return a unit of which nothing is asked about a use that it does not state, as if it were unknown."""
    idle = [
        name
        for name, criterion in rules.criteria.items()
        if criterion.usage
        and criterion.usage not in unit.usages
        and unanswered(name, unit.answers, rules)
    ]
    unknown = dict.fromkeys(idle, Answer(state="explicit-unknown"))
    return replace(unit, answers=unit.answers | unknown) if idle else unit


def askable(name: str, answers: Answers, rules: Rules) -> bool:
    """Tell whether a criterion may be asked now: it is unanswered, and what it is asked after holds."""
    return unanswered(name, answers, rules) and all(
        logic.met(clause, answers, rules)
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
    )
