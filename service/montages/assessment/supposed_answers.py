"""The answers of a project if some criteria were answered so, with what is presumed then (R35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pyoxigraph as ox

from montages.assessment.premises import Extent, bears, extent_of, kinds_of
from montages.assessment.verdict.answers import Pair, changed, without
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.knowledge import entailment
from montages.knowledge.compiled.masks import ClauseBits, clause_bits, masks, meets
from montages.knowledge.entailment import implied, implying
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

    def presumes_otherwise(self, pair: Pair) -> bool:
        """Tell whether one more answer changes which presumptions are met."""
        if pair[0] not in self.premises:
            return False
        more = sum(masks(self.rules).answer_bits[one] for one in implied(pair))
        return self._near.met(self._bare_bits | more) != self._met

    @cached_property
    def _bare_bits(self) -> int:
        return self._firm_bits(self._bare)

    @cached_property
    def _met(self) -> Sequence[Presumption]:
        return self._near.met(self._bare_bits)

    def _firm_bits(self, answers: Answers) -> int:
        """Return the bits of answers, those apart that practice presumes."""
        firm = {name: answer for name, answer in answers.items() if answer.state != "default"}
        return masks(self.rules).encode(firm)

    @property
    def premises(self) -> frozenset[str]:
        """Return the criteria whose answers bear on what is presumed of the project."""
        return self._near.premises

    def presumable(self) -> Iterator[Pair]:
        """Yield what may be presumed of the project, whatever else is answered."""
        return ((one.criterion, one.value) for one in self._near.presumptions)

    @cached_property
    def _near(self) -> _Near:
        """Return the presumptions for the holder, the usages and the layers of the project."""
        project = self.whole.parts[-1]
        if _FALSE in self.facts.objects(project, _USES_PRESUMPTIONS):
            return _Near((), self.rules)
        kinds = frozenset(kinds_of(self.facts, project))
        return _near(kinds, frozenset(extent_of(unit) for unit in self.units), self.rules)

    def _presumed(self, answers: dict[str, Answer]) -> Answers:
        """Return answers with what law, practice, then doubt answers where nothing is answered."""
        met = self._near.met(self._firm_bits(answers))

        def answered(presumption: Presumption) -> bool:
            name = presumption.criterion
            return bool(answers.get(name, NO_ANSWER).values) or any(
                value in answers.get(other, NO_ANSWER).values for other, value in implying(name)
            )

        def unknown(presumption: Presumption) -> bool:
            return answers.get(presumption.criterion, NO_ANSWER).state == "explicit-unknown"

        for basis, state in STATES.items():
            for together in answering(basis, met, self.whole.usages, answered, unknown):
                name, value = together[0].criterion, together[0].value
                answers = entailment.supposing(answers, name, value, self.rules)
                answers[name] = Answer(frozenset({value}), answers[name].excluded, state)
        return answers


@dataclass(frozen=True, eq=False)
class _Near:
    """Presumptions for some holders, usages and layers."""

    presumptions: tuple[Presumption, ...]
    rules: Rules

    @cached_property
    def premises(self) -> frozenset[str]:
        """Return the criteria that they read."""
        bearings = [presumption.bearing for presumption in self.presumptions]
        return frozenset(c.criterion for of in bearings for c in (*of.when, *of.unless))

    def met(self, bits: int) -> list[Presumption]:
        """Return those whose conditions answers meet, by their bits, and which nothing sets aside."""
        return [
            presumption
            for presumption, when, unless in self._tests
            if not bits & unless and meets(bits, when)
        ]

    @cached_property
    def _tests(self) -> Sequence[tuple[Presumption, ClauseBits, int]]:
        """Return each with the bits that it asks for, clause by clause, and those that set it aside."""
        return [
            (
                one,
                clause_bits(one.bearing.when, self.rules),
                sum(clause_bits(one.bearing.unless, self.rules)),
            )
            for one in self.presumptions
        ]


@lru_cache(maxsize=1024)
def _near(kinds: frozenset[str], extents: frozenset[Extent], rules: Rules) -> _Near:
    """Return the presumptions for kinds of holders, and for what some units serve and are."""
    near = (p for p in rules.presumptions if any(bears(p.bearing, kinds, one) for one in extents))
    return _Near(tuple(near), rules)
