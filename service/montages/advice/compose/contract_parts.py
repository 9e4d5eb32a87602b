"""The units that one contract may cover together, and the contracts that are open for them (R23)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from montages.assessment.answer.award import Award, award_of
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import DutyResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.parts import Part
from montages.assessment.ranking import PLAIN, Row
from montages.assessment.verdict.answers import Pair, changed
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.law import Gate, Requirement
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import splitting_gates
from montages.names import ID
from montages.one_line import OneLine

# A set of units, by their place, as bits.
Block = int


def unit_blocks(units: Sequence[Unit], open_to: Iterable[Block], rules: Rules) -> tuple[Block, ...]:
    """Return the blocks that make sense, largest first: what units have in common, where a contract is open.

    `open_to` are the units that each contract is open for; what such a contract leaves is a block too.
    """
    groups = rule_tables(rules).group_of

    def group(unit: Unit) -> str | None:
        return groups.get(str(ID[f"layer/{unit.layer}"])) if unit.layer else None

    kinds: tuple[Callable[[Unit], Hashable], ...] = (
        lambda unit: None,
        lambda unit: unit.perimeter,
        group,
        lambda unit: unit.mode,
        lambda unit: (unit.perimeter, group(unit)),
        lambda unit: (group(unit), unit.mode),
        lambda unit: unit.id,
    )
    whole = (1 << len(units)) - 1
    blocks: dict[Block, None] = {}
    for kind in kinds:
        alike: dict[Hashable, Block] = {}
        for n, unit in enumerate(units):
            key = kind(unit)
            alike[key] = alike.get(key, 0) | 1 << n
        blocks |= dict.fromkeys(alike.values())
    for places in open_to:
        blocks |= dict.fromkeys((places, whole & ~places))
    blocks.pop(0, None)
    return tuple(sorted(blocks, key=lambda block: (-block.bit_count(), block)))


@dataclass(frozen=True, eq=False)
class ContractPart(OneLine):
    """A contract for some units, by what is concluded of them together: `result` is that of the row shown.

    `buys` is what a way of running buys by, `apart` are the gates that have something entrusted by a contract
    of its own; `otherwise`: a choice that is stated has it in the contract.
    """

    units: tuple[Part, ...]
    of: Row
    result: ArrangementVerdict
    concluded: Part
    buys: ContractPart | None
    apart: tuple[Gate, ...]
    otherwise: bool

    @property
    def rank(self) -> tuple[Any, ...]:
        """Return what sorts the contracts for the same units: as the rows of the answer (R49)."""
        return (self.otherwise, not self.of.named, self.concluded.ranking.place(self.of.shown))

    @property
    def proposed(self) -> bool:
        """Tell whether the contract is one to name: called or plain, open, sensible."""
        return self.of.named or (self.of.group <= PLAIN and not self.otherwise)

    @property
    def row(self) -> str:
        """Return the row of the contract: those of one row are one contract in law."""
        return self.of.slug

    @cached_property
    def _award(self) -> Award:
        return award_of(self.of.shown, self.concluded)

    @property
    def procedure(self) -> ArrangementVerdict | None:
        """Return the procedure that awards the contract, None where a channel takes its place (R44)."""
        award = self._award
        if award.channel is not None:
            return None
        return award.enough or award.allowed or next(iter(award.awaited), None)

    @cached_property
    def channels(self) -> tuple[ArrangementVerdict, ...]:
        """Return the channels that an answer concerns, the one in place of a procedure first."""
        instead = self._award.channel
        others = (channel for channel in self._around("channel") if channel is not instead)
        return (*([instead] if instead is not None else []), *others)

    @cached_property
    def vehicles(self) -> tuple[ArrangementVerdict, ...]:
        """Return the companies of their own that are open and that an answer concerns."""
        return tuple(self._around("vehicle"))

    def _around(self, kind: str) -> Iterator[ArrangementVerdict]:
        """Yield what goes around the contract, is open and that some answer is about."""
        for result in self.concluded.verdicts:
            if result.arrangement.kind == kind and result.verdict.open:
                slug = result.arrangement.slug
                own = (c for c in result.checks if c.requirement.arrangement == slug)
                if any(check.given and check.requirement.hard for check in own):
                    yield result

    @property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return what must, or may have to be done."""
        return tuple(duty for duty in self.result.duties if duty.state is not DutyState.DONE)


class PartFinder:
    """Gives the contracts that may cover a block of units."""

    def __init__(self, conclusions: Conclusions, rules: Rules) -> None:
        self._conclusions, self._units, self._rules = conclusions, conclusions.units, rules
        self._parts: dict[Block, tuple[ContractPart, ...]] = {}

    def open_to(self) -> Iterator[Block]:
        """Yield the units that each contract is open for by itself."""
        by_unit = [{part.row for part in self.parts(1 << n)} for n in range(len(self._units))]
        for row in sorted(set().union(*by_unit)):
            yield sum(1 << n for n, rows in enumerate(by_unit) if row in rows)

    def parts(self, block: Block) -> tuple[ContractPart, ...]:
        """Return a part for each row of contracts that is open for the units of a block, best first."""
        if block not in self._parts:
            places = [n for n in range(len(self._units)) if block >> n & 1]
            concluded = self._conclusions.parts.of([self._units[n].unit for n in places])
            parts = (self._part(places, row, concluded) for row in concluded.rows)
            open_parts = (part for part in parts if part is not None)
            self._parts[block] = tuple(sorted(open_parts, key=lambda part: part.rank))
        return self._parts[block]

    def block(self, concluded: Part) -> Block:
        """Return the block of the units that something is concluded of."""
        ids = {unit.id for unit in concluded.units}
        return sum(1 << n for n, u in enumerate(self._units) if u.unit.id in ids)

    def _part(self, places: Sequence[int], row: Row, concluded: Part) -> ContractPart | None:
        """Return the part that a row would be, None where it is not open."""
        apart = _with_missions_apart(row.shown, concluded.unit, self._rules)
        if not apart.result.verdict.open:
            return None
        result, buys_by = apart.result, apart.result.arrangement.buys_by
        return ContractPart(
            units=tuple(self._units[n] for n in places),
            of=row,
            result=result,
            concluded=concluded,
            buys=self._purchase(places, buys_by, concluded) if buys_by else None,
            apart=apart.gates,
            otherwise=apart.otherwise,
        )

    def _purchase(
        self, places: Sequence[int], kinds: Sequence[str], concluded: Part
    ) -> ContractPart | None:
        """Return the best open row of some kinds of contracts, None where none is open."""
        for row in concluded.rows:
            if set(kinds) & set(self._rules.lineage(row.shown.arrangement.slug)):
                part = self._part(places, row, concluded)
                if part is not None:
                    return part
        return None


@dataclass(frozen=True, eq=False)
class _ApartResult:
    """What is concluded of a contract once what some gates keep out of it is entrusted apart.

    `otherwise`: a choice that is stated has it in the contract, and would have to change.
    """

    result: ArrangementVerdict
    gates: tuple[Gate, ...] = ()
    otherwise: bool = False


def _with_missions_apart(result: ArrangementVerdict, unit: Unit, rules: Rules) -> _ApartResult:
    """Return a contract, open as it is or once it leaves out what has a contract of its own.

    What one has not chosen yet, and takes as a term, is apart too.
    """
    splitting = splitting_gates(result.arrangement.slug, rules)
    if not splitting or result.arrangement.slug not in rules.arrangements:
        return _ApartResult(result)
    if result.verdict.open:
        taken = {term.criterion for term in result.terms}
        return _ApartResult(result, tuple(g for g in splitting if g.own.criterion in taken))
    stated = [g for g in splitting if _left_out(g, unit, rules)]
    pairs = [pair for gate in stated for pair in _accepted(gate, rules)]
    if not pairs:
        return _ApartResult(result)
    slug, answers = result.arrangement.slug, changed(unit.answers, pairs, rules)
    verdict = unit_verdict(slug, answers, rules, unit.asserted)
    if not verdict.verdict.open:
        return _ApartResult(result)
    terms = tuple(Term(name, (value,)) for name, value in pairs)
    reached = Verdict.FITS_ON_TERMS if verdict.verdict is Verdict.FITS else verdict.verdict
    best = replace(verdict, verdict=reached, terms=(*terms, *verdict.terms))
    return _ApartResult(replace(result, best=best), tuple(stated), otherwise=True)


def _left_out(gate: Requirement, unit: Unit, rules: Rules) -> bool:
    """Tell whether a stated choice puts into a contract what a gate keeps out of it."""
    return rules.criteria[gate.own.criterion].nature == "choice" and logic.refuted(
        gate.own, unit.answers, rules
    )


def _accepted(gate: Requirement, rules: Rules) -> Iterator[Pair]:
    """Yield the answer that leaves out what a gate keeps out."""
    accepted = rules.accepted(gate.own) or frozenset()
    for value in rules.criteria[gate.own.criterion].values:
        if value.slug in accepted:
            yield gate.own.criterion, value.slug
            return
