"""The whole of a project as one unit: what its units answer together (R45).

An answer stated for some units, and contradicted for none, is that of the whole. What is only derived or
presumed of a unit never stands against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from operator import and_, or_

from montages.bilingual import message
from montages.description.facts import Facts
from montages.engine.units import Unit
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules

# The states of an answer, what counts most first.
_STATES = ("explicit", "explicit-unknown", "derived", "default", "not-asked")
WHOLE = "project"
_LABEL = message("The whole project", context="a part of the answer")


def together(units: Sequence[Unit], facts: Facts, rules: Rules) -> Unit:
    """Return units of a project as one, the only one itself."""
    if len(units) == 1:
        return units[0]
    merger = _Merger(units, facts, rules)
    answers = {name: given for name, c in rules.criteria.items() if (given := merger.answer(c))}
    mode = answers.get("management-mode", NO_ANSWER).values
    return Unit(
        iri=units[0].iri,
        id=WHOLE,
        label=_LABEL,
        layer=_shared(unit.layer for unit in units),
        perimeter=_shared(unit.perimeter for unit in units),
        mode=min(mode, default=None),
        answers=answers,
        asserted=reduce(or_, (unit.asserted for unit in units)),
        retained=_all(unit.retained for unit in units),
        parts=_all(unit.parts[:-1] for unit in units) + units[0].parts[-1:],
        usages=_all(unit.usages for unit in units),
        under=_all(unit.under for unit in units),
        presumed=merger.presumed(answers),
        layers=tuple(dict.fromkeys(unit.layer for unit in units if unit.layer)),
        clashes=tuple(dict.fromkeys(clash for unit in units for clash in unit.clashes)),
    )


@dataclass(frozen=True, eq=False)
class _Merger:
    """Merges what units answer, one criterion after the other."""

    units: Sequence[Unit]
    facts: Facts
    rules: Rules

    def answer(self, criterion: Criterion) -> Answer | None:
        """Return what the units answer together, None where they do not agree, or answer nothing."""
        name = criterion.slug
        answers = [unit.answers[name] for unit in self.units if name in unit.answers]
        if not answers:
            return None
        if criterion.multiple:
            # Several lists as one: what some have, without what all leave out.
            return Answer(
                reduce(or_, (answer.values for answer in answers)),
                reduce(and_, (answer.excluded for answer in answers)),
                min((answer.state for answer in answers), key=_STATES.index),
            )
        best = min(answers, key=lambda answer: _STATES.index(answer.state)).state
        alike = list(dict.fromkeys(answer for answer in answers if answer.state == best))
        return alike[0] if len(alike) == 1 else self._agreed(criterion, alike)

    def _agreed(self, criterion: Criterion, answers: Sequence[Answer]) -> Answer | None:
        """Return the project's own answer; else the sum of amounts, or the value that prevails."""
        for unit in self.units:
            own = unit.answer(criterion.slug)
            if own in answers and own.state == "explicit" and not self._stated_of(unit, criterion):
                return own
        state, numbers = answers[0].state, [answer.number for answer in answers]
        if criterion.slug in self._amounts and None not in numbers:
            parts: dict[str | None, Decimal] = {}
            for one in self.units:
                number = one.answer(criterion.slug).number
                if number is not None:
                    parts[self._stated_of(one, *self._amounts.values())] = number
            total = sum(parts.values(), Decimal(0))
            return Answer(self.rules.range_of(criterion.slug, total), state=state, number=total)
        values = frozenset[str]().union(*(answer.values for answer in answers))
        prevailing = (v for v in criterion.values if values <= {v.slug, *v.prevails_over})
        value = next(prevailing, None)
        return Answer(frozenset({value.slug}), state=state) if value else None

    def _stated_of(self, unit: Unit, *criteria: Criterion) -> str | None:
        """Return the part of the project that states an answer for a unit, None where the project does."""
        for part in unit.parts[:-1]:
            for of in criteria:
                if self.facts.objects(part, str(of.answer_path)):
                    return part
        return None

    @cached_property
    def _amounts(self) -> dict[str, Criterion]:
        return {name: c for name, c in self.rules.criteria.items() if c.amount}

    def presumed(self, answers: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
        """Return criterion → the presumptions that give the answer of the whole."""
        out: dict[str, tuple[str, ...]] = {}
        for unit in self.units:
            for name, presumptions in unit.presumed.items():
                if unit.answers[name] == answers.get(name):
                    out[name] = _all((out.get(name, ()), presumptions))
        return out


def _all(tuples: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in tuples for value in part))


def _shared(names: Iterable[str | None]) -> str | None:
    """Return what all have, None where they differ."""
    some = set(names)
    return some.pop() if len(some) == 1 else None
