"""The contracts that are open for each unit of a block: the part of a composition each would be (R23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from montages.advice.compose.contract_part import ContractPart, PartRank
from montages.advice.compose.missions_apart import with_missions_apart
from montages.advice.compose.unit_blocks import Block
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.procedures import (
    procedure_allowed,
    procedure_for,
    procedures_to_verify,
)
from montages.assessment.ranking import gives_way, row_of
from montages.assessment.rows import kind_is_stated
from montages.knowledge.periods import Rules


class PartFinder:
    """Gives the contracts that may cover a block of units."""

    def __init__(self, assessment: Assessment, rules: Rules) -> None:
        self._units, self._rules = assessment.units, rules
        self._common = frozenset(assessment.answer.common)
        self._parts: dict[Block, tuple[ContractPart, ...]] = {}
        self._apart = [
            {
                result.arrangement.slug: with_missions_apart(result, unit.unit, rules)
                for result in (*unit.verdicts, *filter(None, (row.common for row in unit.rows)))
            }
            for unit in self._units
        ]
        self._by_slug = [{s: each.result for s, each in of.items()} for of in self._apart]

    def open_to(self) -> Iterator[Block]:
        """Yield the units that each contract is open for."""
        for slug, result in self._by_slug[0].items():
            if result.arrangement.kind == "contract":
                yield sum(1 << n for n, of in enumerate(self._by_slug) if _is_open(of[slug]))

    def parts(self, block: Block) -> tuple[ContractPart, ...]:
        """Return a part for each row of contracts that is open for all units of a block, best first."""
        if block not in self._parts:
            self._parts[block] = tuple(self._found(block))
        return self._parts[block]

    def _found(self, block: Block) -> list[ContractPart]:
        places = [n for n in range(len(self._units)) if block >> n & 1]
        by_slug = self._by_slug[places[0]].items()
        return self._rows(
            places, [s for s, result in by_slug if result.arrangement.kind == "contract"]
        )

    def _rows(self, places: Sequence[int], slugs: Iterable[str]) -> list[ContractPart]:
        """Return a part for each row that some contracts are in, of those open for all units, best first."""
        rows: dict[str, list[ContractPart]] = {}
        for slug in slugs:
            results = [self._by_slug[n][slug] for n in places]
            if all(map(_is_open, results)):
                rows.setdefault(row_of(results[0]), []).append(self._part(places, results))
        shown = (self._of_row(parts) for parts in rows.values())
        return sorted((part for part in shown if part is not None), key=_rank)

    def _of_row(self, parts: Sequence[ContractPart]) -> ContractPart | None:
        """Return the part that a row is shown as: of the easiest, the kind that the answers state, if any.

        None where the row has nothing that one proposes by itself.
        """
        proposed = min((p for p in parts if not p.proposed.abstract), key=_rank, default=None)
        if proposed is None:
            return None
        easiest = min(parts, key=_ease)
        stated = [
            part
            for part in parts
            if part.verdict is easiest.verdict
            and part.folded == easiest.folded
            and part.proposed.shown_as
            and all(map(kind_is_stated, part.results))
        ]
        lineage = self._rules.lineage
        shown = max(stated, key=lambda part: len(lineage(part.proposed.slug)), default=easiest)
        by_itself = proposed.proposed if shown.proposed.abstract else shown.proposed
        return replace(shown, proposed=by_itself, row_rank=min(map(_rank, parts)))

    def _part(self, places: Sequence[int], results: Sequence[ArrangementResult]) -> ContractPart:
        units = tuple(self._units[n] for n in places)
        worst = max(range(len(places)), key=lambda n: results[n].best.rank)
        verdicts = units[worst].verdicts
        of_kind = {kind: tuple(self._around(kind, places)) for kind in ("channel", "vehicle")}
        arrangement = results[0].arrangement
        return ContractPart(
            units=units,
            results=tuple(results),
            procedure=procedure_for(results[worst], verdicts, self._rules)
            or procedure_allowed(results[worst], verdicts, self._rules)
            or next(iter(procedures_to_verify(results[worst], verdicts, self._rules)), None),
            channels=of_kind["channel"],
            vehicles=of_kind["vehicle"],
            buys=self._purchase(places, arrangement.buys_by) if arrangement.buys_by else None,
            apart=tuple(
                dict.fromkeys(
                    gate for n in places for gate in self._apart[n][arrangement.slug].gates
                )
            ),
            gives_way=any(
                gives_way(result, self._by_slug[n].values(), (self._units[n].unit,), self._rules)
                for result, n in zip(results, places, strict=True)
            ),
            otherwise=any(self._apart[n][arrangement.slug].otherwise for n in places),
            proposed=arrangement,
            common=self._common,
        )

    def _around(self, kind: str, places: Sequence[int]) -> Iterator[ArrangementResult]:
        """Yield what goes around a contract, is open for all units and that some answer is about."""
        for slug, result in self._by_slug[places[0]].items():
            own = (c for c in result.checks if c.requirement.arrangement == slug)
            if (
                result.arrangement.kind == kind
                and any(check.given and check.requirement.hard for check in own)
                and all(_is_open(self._by_slug[n][slug]) for n in places)
            ):
                yield result

    def _purchase(self, places: Sequence[int], kinds: Sequence[str]) -> ContractPart | None:
        """Return the best open row of some kinds of contracts for units, None where none is open for all."""
        bought = [
            slug for slug in self._by_slug[places[0]] if set(kinds) & set(self._rules.lineage(slug))
        ]
        return next(iter(self._rows(places, bought)), None)


def _rank(part: ContractPart) -> PartRank:
    return part.rank


def _ease(part: ContractPart) -> tuple[float, ...]:
    """Return what sorts the arrangements of a row: sensible, the best verdict, the least that is asked."""
    asked = (len(part.to_verify), part.unusual)
    return (part.folded, part.gives_way, part.verdict.rank, *asked, bool(part.proposed.shown_as))


def _is_open(result: ArrangementResult) -> bool:
    """Tell whether an arrangement is open as its status says too: what is presumed does not close it."""
    return result.verdict.open and result.status != "ineligible"
