"""The questions that are open for a unit: what waits on each, and what each answer does at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from montages.advice.questions.undecided import askable, open_gates, standing, to_settle, waited_for
from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.unknown_facts import unanswered
from montages.engine.units import Unit
from montages.knowledge.compiled.masks import masks
from montages.knowledge.entailment import asking_order
from montages.knowledge.logic import Answer, Verdict
from montages.knowledge.model import Value
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True)
class AnswerChange(OneLine):
    """What answering with a value closes at once, and what it makes fit, by slug of arrangement.

    `names` is what the answer to the project would name instead, a contract or the way to it.
    """

    value: Value
    closes: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    names: str | None = None


@dataclass(frozen=True, eq=False)
class UnitQuestions:
    """The questions that are open for a unit, and what waits on each."""

    unit: Unit
    rules: Rules
    scope: Sequence[str]

    @cached_property
    def answers(self) -> StatedAnswers:
        """Return the answers of the unit as verdicts read them."""
        return stated(self.unit.answers, self.rules)

    @cached_property
    def standings(self) -> dict[str, Verdict]:
        """Return the verdict on each arrangement, both closed ones as `closed`."""
        given, asserted = self.answers, self.unit.asserted
        return {slug: standing(slug, given, self.rules, asserted) for slug in self.scope}

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Return the arrangements whose verdict an answer may still change, as what is presumed stands."""
        given, asserted = self.answers, self.unit.asserted
        return tuple(s for s in self.scope if to_settle(s, given, self.rules, asserted))

    @cached_property
    def waiting(self) -> dict[str, tuple[str, ...]]:
        """Return each question that may be asked now with the undecided arrangements that wait on it."""
        unit, rules = self.unit, self.rules
        waiting: dict[str, tuple[str, ...]] = {}
        for slug in self.undecided:
            gates = open_gates(slug, self.answers, rules, unit.asserted)
            clauses = [c for gate in gates for c in waited_for(gate, unit.answers, rules)]
            names = tuple(dict.fromkeys(clause.criterion for clause in clauses))
            for name in asking_order(names, rules):
                if askable(name, unit.answers, rules):
                    waiting[name] = (*waiting.get(name, ()), slug)
        return waiting

    def effect(self, name: str, value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the waiting arrangements that an answer closes, and those that it makes fit."""
        after, waiting = self.answers.changed_to([(name, value)]), self.waiting[name]
        gates, asserted = masks(self.rules).gates, self.unit.asserted
        closes = tuple(slug for slug in waiting if after.against & gates[slug])
        return closes, tuple(
            slug
            for slug in waiting
            if slug not in closes and standing(slug, after, self.rules, asserted) is Verdict.FITS
        )


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
