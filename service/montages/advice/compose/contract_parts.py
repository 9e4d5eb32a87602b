"""The contracts that are open for each unit of a block: the part of a composition each would be (R23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.advice.compose.contract_part import ContractPart, part_rank
from montages.advice.compose.missions_apart import with_missions_apart
from montages.advice.compose.unit_blocks import Block
from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.procedures import (
    procedure_allowed,
    procedure_for,
    procedure_to_verify,
)
from montages.assessment.ranking import kind_is_stated, row_of, stands_alone
from montages.knowledge.periods import Rules


class PartFinder:
    """Gives the contracts that may cover a block of units."""

    def __init__(self, assessment: Assessment, rules: Rules) -> None:
        self._units, self._rules = assessment.units, rules
        self._parts: dict[Block, tuple[ContractPart, ...]] = {}
        self._apart = [
            {
                result.arrangement.slug: with_missions_apart(result, unit.unit, rules)
                for result in unit.verdicts
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
        rows: dict[str, list[ContractPart]] = {}
        for slug, result in self._by_slug[places[0]].items():
            arrangement = result.arrangement
            if arrangement.kind != "contract" or arrangement.abstract:
                continue
            results = [self._by_slug[n][slug] for n in places]
            if all(map(_is_open, results)):
                rows.setdefault(row_of(result), []).append(self._part(places, results))
        return sorted(map(self._of_row, rows.values()), key=part_rank)

    def _of_row(self, parts: Sequence[ContractPart]) -> ContractPart:
        """Return the part that a row is shown as: of the best, the kind that the answers state."""
        best = min(parts, key=part_rank)
        stated = [
            part
            for part in parts
            if part.verdict is best.verdict
            and part.folded == best.folded
            and part.first.arrangement.shown_as
            and all(map(kind_is_stated, part.results))
        ]
        lineage = self._rules.lineage
        return max(stated, key=lambda part: len(lineage(part.first.arrangement.slug)), default=best)

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
            or procedure_to_verify(results[worst], verdicts, self._rules),
            channels=of_kind["channel"],
            vehicles=of_kind["vehicle"],
            buys=self._purchase(places, arrangement.buys_by) if arrangement.buys_by else None,
            apart=tuple(
                dict.fromkeys(
                    gate for n in places for gate in self._apart[n][arrangement.slug].gates
                )
            ),
            gives_way=not all(
                stands_alone(result, (unit.unit,), self._rules)
                for result, unit in zip(results, units, strict=True)
            ),
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
        """Return the best open contract of some kinds for units, None where none is open for all."""
        parts = []
        for slug, result in self._by_slug[places[0]].items():
            if set(kinds) & set(self._rules.lineage(slug)) and not result.arrangement.abstract:
                results = [self._by_slug[n][slug] for n in places]
                if all(map(_is_open, results)):
                    parts.append(self._part(places, results))
        return min(parts, key=part_rank, default=None)


def _is_open(result: ArrangementResult) -> bool:
    """Tell whether an arrangement is open as its status says too: what is presumed does not close it."""
    return result.verdict.open and result.status != "ineligible"
