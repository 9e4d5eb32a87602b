"""The brief of a project straight from its classes: what `decision.brief` says of a whole assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from montages.decision.answers import unique_ids
from montages.decision.assessment import SECTIONS
from montages.decision.brief import Sections
from montages.decision.fast.board import board
from montages.decision.fast.close import ClosedUnit
from montages.decision.fast.run import Run
from montages.decision.fast.told import layout
from montages.decision.fast.units import layer_of
from montages.decision.fast.unusual import Unusual
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class _Answers:
    """Which bits an answer gives: its criterion's, or where it takes several values, one for each of them."""

    of: Mapping[str, Mapping[str, int]]  # property, value
    lists: tuple[tuple[int, int], ...]  # criterion, all its values

    def settled(self, unit: ClosedUnit, run: Run) -> int:
        """Return the criteria that a unit answers; a list does when each value is given or left out.

        Raises Unusual for an assumed answer, or one on no list.
        """
        if any(fact.state == "default" for fact in unit.facts):
            raise Unusual
        bits = 0
        for prop, values in run.closure.edges(unit.iri).items():
            known = self.of.get(prop)
            if known is not None:
                for value in values:
                    if value not in known:
                        raise Unusual
                    bits |= known[value]
        for criterion, each in self.lists:
            if bits & each == each:
                bits |= criterion
        return bits


@cache
def _answers(rules: Rules) -> _Answers:
    criteria, of = layout(rules).criteria, dict[str, dict[str, int]]()
    lists, free = [], 1 << len(criteria)
    for name, bit in criteria.items():
        criterion = rules.criteria[name]
        values = dict.fromkeys((str(value.iri) for value in criterion.values), bit)
        if criterion.multiple:
            values = {iri: free << n for n, iri in enumerate(values)}
            lists.append((bit, sum(values.values())))
            free <<= len(values)
        of[str(criterion.property)] = values
        if criterion.excluded_property is not None:
            of[str(criterion.excluded_property)] = values
    return _Answers(of, tuple(lists))


def brief_of(run: Run, rules: Rules) -> Sections:
    """Return the sections of the brief of a project, as `decision.brief.brief` gives them.

    Raises Unusual for what only a whole assessment tells.
    """
    units = _in_order(run)
    place, answers, known = layout(rules), _answers(rules), board(rules)
    readings = [
        place.reading(run.closure.classes(unit.iri), answers.settled(unit, run))
        for _, unit in units
    ]
    whole, each = known.tell(readings)
    names = [name for name, _ in units]
    by_unit = list(zip(*([told.json for told in unit] for unit in each), strict=True))
    sections: Sections = {name: [] for name in SECTIONS.values()}
    for n in sorted(range(len(whole)), key=[told.rank for told in whole].__getitem__):
        entry = {**whole[n].entry}
        if len(names) > 1:
            entry["units"] = dict(zip(names, by_unit[n], strict=True))
        sections[known.sections[n]].append(entry)
    for section, entry in known.not_in_force:
        sections[section].append(entry)
    return sections


def _in_order(run: Run) -> list[tuple[str, ClosedUnit]]:
    """Return the units of a project under their identifiers, in the order of these."""
    ordered = sorted(run.units, key=lambda unit: unit.iri)
    ids = unique_ids([(layer_of(unit, run.facts), unit.perimeter) for unit in ordered])
    return sorted(zip(ids, ordered, strict=True), key=lambda pair: pair[0])
