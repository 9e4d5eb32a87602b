"""The status line of a project straight from its classes, equal to that of the whole assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from montages.engine.closed_units import ClosedUnit
from montages.engine.fast.arrangement_evaluator import (
    HardVerdict,
    SoftScore,
    UnitMask,
    mask_layout,
)
from montages.engine.fast.criterion_answers import criterion_answers
from montages.engine.fast.fast_derivation import FastDerivation, assumes
from montages.engine.fast.fast_derive import UnitConclusions, unit_conclusions
from montages.engine.fast.verdict_table import UnitVerdicts, VerdictTable, verdict_table
from montages.engine.protocol import ContractTally, StatusEntry, UnitBits
from montages.engine.units import Unit, layer_of, unique_ids, units_of
from montages.knowledge.compiled.masks import masks
from montages.knowledge.model import SECTIONS
from montages.knowledge.periods import Rules

_NOT_IN_FORCE = ContractTally("not-in-force")
# What opens each unit within an entry, and its verdicts.
OpenedUnits = list[tuple[bytes, Sequence[HardVerdict], Sequence[SoftScore]]]


@dataclass(frozen=True, eq=False)
class FastStatusSections:
    """The sections of the status line of a project: an entry for each arrangement of the verdict table."""

    table: VerdictTable
    units: Sequence[str]
    whole: UnitVerdicts
    each: Sequence[UnitVerdicts]
    masks: Sequence[UnitMask]
    run: FastDerivation
    rules: Rules

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
        units, closing = self.opened_units(), b"}"
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

    def opened_units(self) -> OpenedUnits:
        """Return what opens each unit within an entry, after what closes the one before."""
        if len(self.units) == 1:
            return []
        openings = [b"},%b:{" % orjson.dumps(unit) for unit in self.units]
        openings[0] = b',"units":{' + openings[0][2:]
        return [(opening, *unit) for opening, unit in zip(openings, self.each, strict=True)]

    def details(self) -> FastStatusDetails:
        """Return what the sections are made of."""
        return FastStatusDetails(self)

    def entry_texts(self, n: int, units: OpenedUnits) -> tuple[bytes, bytes]:
        """Return the entry of an arrangement before its units, and from there on."""
        one = self.whole.hard[n]
        before = (self.table.openings[n][1:], one.before, self.whole.soft[n].text, one.after)
        if not units:
            return b"".join(before), b"}"
        after = list[bytes]()
        for opening, hards, softs in units:
            one = hards[n]
            after += (opening, one.before, softs[n].text, one.after)
        return b"".join(before), b"".join(after) + b"}}}"

    def contracts(self) -> Iterable[ContractTally]:
        """Return what each contract counts for."""
        absent = [_NOT_IN_FORCE] * self.table.contracts_not_in_force
        return [self.whole.hard[n].tally for n in self.table.contracts] + absent


@dataclass(frozen=True, eq=False)
class FastStatusDetails:
    """The units of a project with their answers, and the entries of its status line."""

    sections: FastStatusSections

    @cached_property
    def units(self) -> Sequence[Unit]:
        """Return the units, sorted by identifier."""
        run = self.sections.run
        return [
            unit
            for _, unit in units_of(run.units, run.facts, run.closure.edges, self.sections.rules)
        ]

    @cached_property
    def bits(self) -> Sequence[UnitBits]:
        """Return what requirements give for each unit."""
        return [UnitBits(mask.holds, mask.against) for mask in self.sections.masks]

    def entries(self) -> Iterator[StatusEntry]:
        """Yield the entry of each arrangement in force that can be proposed."""
        sections, table = self.sections, self.sections.table
        units, (hard, soft) = sections.opened_units(), sections.whole
        for n, slug in enumerate(table.slugs):
            one, (low, high) = hard[n], soft[n].interval
            yield StatusEntry(
                slug,
                table.sections[n],
                one.status,
                (low, high),
                one.names["violated"],
                one.names.get("contradicted", ()),
                one.tally,
                *sections.entry_texts(n, units),
            )

    def outcomes(self, unit: int) -> Mapping[str, str]:
        """Return requirement slug → outcome, for a unit by its place."""
        sections = self.sections
        conclusions = unit_conclusions(sections.masks[unit].bits, sections.run.tables)
        return _OutcomesByName(conclusions, masks(sections.rules).position)


class _OutcomesByName(Mapping[str, str]):
    """The outcomes of a unit, each decided when it is asked for: a line asks for a few."""

    def __init__(self, conclusions: UnitConclusions, position: Mapping[str, int]) -> None:
        self._conclusions, self._position = conclusions, position

    def __getitem__(self, slug: str) -> str:
        return self._conclusions.outcome(self._position[slug])

    def __iter__(self) -> Iterator[str]:
        return iter(self._position)

    def __len__(self) -> int:
        return len(self._position)


def status_sections_of(run: FastDerivation, rules: Rules) -> FastStatusSections:
    """Return the sections of the status line of a project, as `assessment.status_line` does.

    Raises Unsupported for what only a whole assessment can say.
    """
    units = _in_order(run)
    layout, answers, table = mask_layout(rules), criterion_answers(rules), verdict_table(rules)
    masks = []
    for _, unit in units:
        mask = layout.unit_mask(run.closure.classes(unit.iri), answers.settled(unit, run))
        if assumes(unit):
            bare = layout.unit_mask(run.unassumed.classes(unit.iri), 0)
            mask = mask._replace(assumed=answers.assumed(unit), unassumed=bare.bits)
        masks.append(mask)
    names = [name for name, _ in units]
    return FastStatusSections(table, names, *table.evaluate(masks), masks, run, rules)


def _in_order(run: FastDerivation) -> list[tuple[str, ClosedUnit]]:
    """Return the units of a project under their identifiers, in the order of these."""
    ordered = sorted(run.units, key=lambda unit: unit.iri)
    ids = unique_ids([(layer_of(unit, run.facts), unit.perimeter) for unit in ordered])
    return sorted(zip(ids, ordered, strict=True), key=lambda pair: pair[0])
