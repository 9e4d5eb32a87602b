"""The status line of a project straight from its classes, equal to that of the whole assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import orjson

from montages.engine.closed_units import ClosedUnit
from montages.engine.fast.arrangement_evaluator import HardVerdict, SoftScore, mask_layout
from montages.engine.fast.fast_derivation import FastDerivation, assumes
from montages.engine.fast.fast_presume import PRESUMES
from montages.engine.fast.verdict_table import UnitVerdicts, VerdictTable, verdict_table
from montages.engine.protocol import ContractTally
from montages.engine.units import layer_of, unique_ids
from montages.errors import Unsupported
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import Rules

_NOT_IN_FORCE = ContractTally("not-in-force")


@dataclass(frozen=True, eq=False)
class _AnswerBits:
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
def _answer_bits(rules: Rules) -> _AnswerBits:
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
    return _AnswerBits(by_value, tuple(lists))


@dataclass(frozen=True, eq=False)
class FastStatusSections:
    """The sections of the status line of a project: an entry for each arrangement of the verdict table."""

    table: VerdictTable
    units: Sequence[str]
    whole: UnitVerdicts
    each: Sequence[UnitVerdicts]

    @cached_property
    def _order(self) -> list[int]:
        """Return the arrangements by number, sorted."""
        ranks = list(map(HardVerdict.rank, *self.whole))
        return sorted(range(len(ranks)), key=ranks.__getitem__)

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each section."""
        sections: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS.values()}
        slugs, (hard, soft) = self.table.slugs, self.whole
        for n in self._order:
            entry = {"contract": slugs[n], **hard[n].to_json(soft[n])}
            if len(self.units) > 1:
                verdicts = [unit.hard[n].to_json(unit.soft[n]) for unit in self.each]
                entry["units"] = dict(zip(self.units, verdicts, strict=True))
            sections[self.table.sections[n]].append(entry)
        for section, entry, _ in self.table.not_in_force:
            sections[section].append(entry)
        return sections

    def text(self) -> bytes:
        """Return the sections as members of a JSON object: put together from what is written already."""
        sections: dict[str, list[bytes]] = {name: [] for name in SECTIONS.values()}
        places, openings, (hard, soft) = self.table.sections, self.table.openings, self.whole
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
        for section, _, text in self.table.not_in_force:
            sections[section].append(text)
        return b",".join(
            b'"%b":[%b]' % (name.encode(), b"".join(parts)[1:]) for name, parts in sections.items()
        )

    def _opened_units(self) -> list[tuple[bytes, Sequence[HardVerdict], Sequence[SoftScore]]]:
        """Return what opens each unit within an entry, after what closes the one before."""
        if len(self.units) == 1:
            return []
        openings = [b"},%b:{" % orjson.dumps(unit) for unit in self.units]
        openings[0] = b',"units":{' + openings[0][2:]
        return [(opening, *unit) for opening, unit in zip(openings, self.each, strict=True)]

    def contracts(self) -> Iterable[ContractTally]:
        """Return what each contract counts for."""
        absent = [_NOT_IN_FORCE] * self.table.contracts_not_in_force
        return [self.whole.hard[n].tally for n in self.table.contracts] + absent


def status_sections_of(run: FastDerivation, rules: Rules) -> FastStatusSections:
    """Return the sections of the status line of a project, as `assessment.status_line` does.

    Raises Unsupported for what only a whole assessment can say.
    """
    units = _in_order(run)
    layout, answers, table = mask_layout(rules), _answer_bits(rules), verdict_table(rules)
    masks = []
    for _, unit in units:
        mask = layout.unit_mask(run.closure.classes(unit.iri), answers.settled(unit, run))
        if assumes(unit):
            bare = layout.unit_mask(run.unassumed.classes(unit.iri), 0)
            mask = mask._replace(assumed=answers.assumed(unit), unassumed=bare.bits)
        masks.append(mask)
    return FastStatusSections(table, [name for name, _ in units], *table.evaluate(masks))


def _in_order(run: FastDerivation) -> list[tuple[str, ClosedUnit]]:
    """Return the units of a project under their identifiers, in the order of these."""
    ordered = sorted(run.units, key=lambda unit: unit.iri)
    ids = unique_ids([(layer_of(unit, run.facts), unit.perimeter) for unit in ordered])
    return sorted(zip(ids, ordered, strict=True), key=lambda pair: pair[0])
