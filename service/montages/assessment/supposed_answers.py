"""The answers of a project if some criteria were answered so, with what is presumed then (R35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from montages.assessment.premises import bears, holds, kinds_of
from montages.assessment.verdict.answers import Pair, changed, without
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.knowledge import entailment
from montages.knowledge.entailment import implications
from montages.knowledge.logic import NO_ANSWER, Answer, Answers
from montages.knowledge.model import Presumption
from montages.knowledge.periods import Rules
from montages.knowledge.presuming import STATES, answering
from montages.names import MTG

_FALSE, _USES_PRESUMPTIONS = ox.Literal(False), str(MTG.usesPresumptions)


@dataclass(frozen=True, eq=False)
class Supposing:
    """Supposes answers of a project: `whole` is what its `units` answer together."""

    whole: Unit
    units: Sequence[Unit]
    facts: Facts
    rules: Rules

    def answers(self, pairs: Sequence[Pair]) -> Answers:
        """Return what the project would answer, presumed answers included."""
        return self._presumed(changed(self._bare, pairs, self.rules))

    @cached_property
    def _bare(self) -> Answers:
        """Return the answers without those that are presumed, and without what followed from them."""
        answers = self.whole.answers
        return without(answers, [name for name in self.whole.presumed if name in answers])

    @cached_property
    def premises(self) -> frozenset[str]:
        """Return the criteria whose answers bear on what is presumed of the project."""
        bearings = [presumption.bearing for presumption in self._near]
        return frozenset(c.criterion for of in bearings for c in (*of.when, *of.unless))

    @cached_property
    def _near(self) -> Sequence[Presumption]:
        """Return the presumptions for the holder, the usages and the layers of the project."""
        project = self.whole.parts[-1]
        if _FALSE in self.facts.objects(project, _USES_PRESUMPTIONS):
            return ()
        kinds = frozenset(kinds_of(self.facts, project))
        return [
            one
            for one in self.rules.presumptions
            if any(bears(one.bearing, kinds, unit) for unit in self.units)
        ]

    def _presumed(self, answers: dict[str, Answer]) -> Answers:
        """Return answers with what law, practice, then doubt answers where nothing is answered."""
        firm = {name: answer for name, answer in answers.items() if answer.state != "default"}
        met = [one for one in self._near if holds(one.bearing, firm, self.rules)]

        def answered(presumption: Presumption) -> bool:
            name = presumption.criterion
            return bool(answers.get(name, NO_ANSWER).values) or _implies_one(name, answers)

        def unknown(presumption: Presumption) -> bool:
            return answers.get(presumption.criterion, NO_ANSWER).state == "explicit-unknown"

        for basis, state in STATES.items():
            for together in answering(basis, met, self.whole.usages, answered, unknown):
                name, value = together[0].criterion, together[0].value
                answers = entailment.supposing(answers, name, value, self.rules)
                answers[name] = Answer(frozenset({value}), answers[name].excluded, state)
        return answers


def _implies_one(name: str, answers: Answers) -> bool:
    """Tell whether an answer implies one to a criterion."""
    return any(
        other == name
        for criterion, given in answers.items()
        for value in given.values
        for other, _ in implications().get((criterion, value), ())
    )
