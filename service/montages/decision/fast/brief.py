"""The brief of a project straight from its classes: what `decision.brief` says of a whole assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import orjson

from montages.decision.answers import unique_ids
from montages.decision.assessment import SECTIONS
from montages.decision.brief import Counted
from montages.decision.fast.board import Board, Column, board
from montages.decision.fast.close import ClosedUnit
from montages.decision.fast.run import Run
from montages.decision.fast.told import Hard, Soft, layout
from montages.decision.fast.units import layer_of
from montages.decision.fast.unusual import Unusual
from montages.knowledge.periods import Rules

_NOT_IN_FORCE = Counted("not-in-force")


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


@dataclass(frozen=True, eq=False)
class Told:
    """The sections of the brief of a project: a row of its board for each arrangement."""

    board: Board
    units: Sequence[str]
    whole: Column
    each: Sequence[Column]

    @cached_property
    def _order(self) -> list[int]:
        """Return the arrangements by number, sorted."""
        ranks = list(map(Hard.rank, *self.whole))
        return sorted(range(len(ranks)), key=ranks.__getitem__)

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section."""
        sections: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS.values()}
        slugs, (hard, soft) = self.board.slugs, self.whole
        for n in self._order:
            entry = {"contract": slugs[n], **hard[n].to_json(soft[n])}
            if len(self.units) > 1:
                told = [column.hard[n].to_json(column.soft[n]) for column in self.each]
                entry["units"] = dict(zip(self.units, told, strict=True))
            sections[self.board.sections[n]].append(entry)
        for section, entry, _ in self.board.not_in_force:
            sections[section].append(entry)
        return sections

    def text(self) -> bytes:
        """Return the sections as members of a JSON object: put together from what is written already."""
        sections: dict[str, list[bytes]] = {name: [] for name in SECTIONS.values()}
        places, openings, (hard, soft) = self.board.sections, self.board.openings, self.whole
        units, closing = self._opened_units(), b"}"
        if units:
            closing = b"}}}"
        for n in self._order:
            parts, one = sections[places[n]], hard[n]
            parts += (openings[n], one.before, soft[n].text, one.after)
            for opening, hards, softs in units:
                one = hards[n]
                parts += (opening, one.before, softs[n].text, one.after)
            parts.append(closing)
        for section, _, written in self.board.not_in_force:
            sections[section].append(written)
        return b",".join(
            b'"%b":[%b]' % (name.encode(), b"".join(parts)[1:]) for name, parts in sections.items()
        )

    def _opened_units(self) -> list[tuple[bytes, Sequence[Hard], Sequence[Soft]]]:
        """Return what opens each unit within an entry, after what closes the one before."""
        if len(self.units) == 1:
            return []
        openings = [b"},%b:{" % orjson.dumps(unit) for unit in self.units]
        openings[0] = b',"units":{' + openings[0][2:]
        return [(opening, *column) for opening, column in zip(openings, self.each, strict=True)]

    def contracts(self) -> Iterable[Counted]:
        """Return what each contract counts for."""
        absent = [_NOT_IN_FORCE] * self.board.contracts_not_in_force
        return [self.whole.hard[n].counted for n in self.board.contracts] + absent


def brief_of(run: Run, rules: Rules) -> Told:
    """Return the sections of the brief of a project, as `decision.brief.brief` tells them.

    Raises Unusual for what only a whole assessment tells.
    """
    units = _in_order(run)
    place, answers, known = layout(rules), _answers(rules), board(rules)
    readings = [
        place.reading(run.closure.classes(unit.iri), answers.settled(unit, run))
        for _, unit in units
    ]
    return Told(known, [name for name, _ in units], *known.tell(readings))


def _in_order(run: Run) -> list[tuple[str, ClosedUnit]]:
    """Return the units of a project under their identifiers, in the order of these."""
    ordered = sorted(run.units, key=lambda unit: unit.iri)
    ids = unique_ids([(layer_of(unit, run.facts), unit.perimeter) for unit in ordered])
    return sorted(zip(ids, ordered, strict=True), key=lambda pair: pair[0])
