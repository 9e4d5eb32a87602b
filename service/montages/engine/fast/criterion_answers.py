"""Which criteria the answers of a unit settle, and which only by practice, as bits of a unit mask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from montages.engine.closed_units import ClosedUnit
from montages.engine.fast.arrangement_evaluator import mask_layout
from montages.engine.fast.fast_derivation import FastDerivation
from montages.engine.fast.fast_presume import PRESUMES
from montages.errors import Unsupported
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class CriterionAnswers:
    """Which bits an answer gives: its criterion's, or where it takes several values, one for each of them."""

    by_value: Mapping[str, Mapping[str, int]]  # property, value
    lists: tuple[tuple[int, int], ...]  # criterion, all its values

    def settled(self, unit: ClosedUnit, run: FastDerivation) -> int:
        """Return the criteria that a unit answers; a list does when each value is stated or left out.

        Raises Unsupported for what a description assumes, or an answer on no list.
        """
        if any(f.state == "default" and f.from_property != PRESUMES for f in unit.facts):
            raise Unsupported
        bits = 0
        for prop, values in run.closure.edges(unit.iri).items():
            by_value = self.by_value.get(prop)
            if by_value is not None:
                for value in values:
                    if value not in by_value:
                        raise Unsupported
                    bits |= by_value[value]
        for criterion, each in self.lists:
            if bits & each == each:
                bits |= criterion
        return bits & ~self.assumed(unit)

    def assumed(self, unit: ClosedUnit) -> int:
        """Return the criteria that a unit answers by practice only."""
        bits = 0
        for fact in unit.facts:
            if fact.state == "default":
                bits |= self.by_value[fact.property][str(fact.value)]
        return bits


@cache
def criterion_answers(rules: Rules) -> CriterionAnswers:
    """Return what answers settle under the rules of a period, made once."""
    criteria, by_value = mask_layout(rules).criteria, dict[str, dict[str, int]]()
    lists, free = [], 1 << len(criteria)
    for name, bit in criteria.items():
        criterion = rules.criteria[name]
        values = dict.fromkeys((str(value.iri) for value in criterion.values), bit)
        if criterion.multiple:
            values = {iri: free << n for n, iri in enumerate(values)}
            lists.append((bit, sum(values.values())))
            free <<= len(values)
        by_value[str(criterion.property)] = values
        if criterion.excluded_property is not None:
            by_value[str(criterion.excluded_property)] = values
    return CriterionAnswers(by_value, tuple(lists))
