"""The contracts that are open for the units of a block together, each as a part of a composition (R23)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from montages.advice.compose.contract_part import ContractPart
from montages.advice.compose.missions_apart import with_missions_apart
from montages.advice.compose.unit_blocks import Block
from montages.assessment.assessment import Assessment
from montages.assessment.explain import Concluded
from montages.assessment.rows import Row
from montages.knowledge.periods import Rules


class PartFinder:
    """Gives the contracts that may cover a block of units."""

    def __init__(self, assessment: Assessment, rules: Rules) -> None:
        self._assessment, self._units, self._rules = assessment, assessment.units, rules
        self._parts: dict[Block, tuple[ContractPart, ...]] = {}

    def open_to(self) -> Iterator[Block]:
        """Yield the units that each contract is open for by itself."""
        by_unit = [{part.row for part in self.parts(1 << n)} for n in range(len(self._units))]
        for row in sorted(set().union(*by_unit)):
            yield sum(1 << n for n, rows in enumerate(by_unit) if row in rows)

    def parts(self, block: Block) -> tuple[ContractPart, ...]:
        """Return a part for each row of contracts that is open for the units of a block, best first."""
        if block not in self._parts:
            self._parts[block] = tuple(sorted(self._found(block), key=lambda part: part.rank))
        return self._parts[block]

    def block(self, concluded: Concluded) -> Block:
        """Return the block of the units that something is concluded of."""
        ids = {unit.id for unit in concluded.units}
        return sum(1 << n for n, each in enumerate(self._units) if each.unit.id in ids)

    def _found(self, block: Block) -> Iterator[ContractPart]:
        places = [n for n in range(len(self._units)) if block >> n & 1]
        concluded = self._assessment.explainer.of([self._units[n].unit for n in places])
        for row in concluded.rows:
            part = self._part(places, row, concluded)
            if part is not None:
                yield part

    def _part(self, places: Sequence[int], row: Row, concluded: Concluded) -> ContractPart | None:
        """Return the part that a row would be, None where it is not open."""
        apart = with_missions_apart(row.shown, concluded.unit, self._rules)
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
        self, places: Sequence[int], kinds: Sequence[str], concluded: Concluded
    ) -> ContractPart | None:
        """Return the best open row of some kinds of contracts, None where none is open."""
        for row in concluded.rows:
            if set(kinds) & set(self._rules.lineage(row.shown.arrangement.slug)):
                part = self._part(places, row, concluded)
                if part is not None:
                    return part
        return None
