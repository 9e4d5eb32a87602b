"""The fast engine: the same steps as the reference engine, over plain data and bit masks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from montages.description.description import Description
from montages.description.parsing import fast_parse
from montages.engine.fast.fast_derivation import FastDerivation
from montages.engine.fast.period_tables import rule_tables
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.protocol import Derivation, LazyByUnit, LazyGraphs
from montages.engine.units import units_of
from montages.knowledge.periods import Rules
from montages.validation.fast_check import check_facts
from montages.validation.findings import Report


class FastEngine:
    """Checks with a compiled validator, closes in plain Python, reasons and derives with bit masks.

    Each method raises Unsupported for what it does not foresee: `engine.fallback_engine` asks the reference.
    """

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        return fast_parse.parse(source, syntax, project)

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return check_facts(description.facts, description.places)

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely conforms, in few runs of the validator."""
        from montages.validation.conforming import conforming  # batches only: start-up is short

        return conforming([description.facts for description in descriptions])

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description under the rules of a date."""
        tables = rule_tables(rules)
        return [_derivation(description, rules, tables) for description in descriptions]


def _derivation(description: Description, rules: Rules, tables: RuleTables) -> Derivation:
    run = FastDerivation(description.facts, str(description.project), tables)
    units = units_of(run.units, run.facts, run.closure.edges, rules)
    pairs = [(unit, run.conclusions[closed_unit]) for closed_unit, unit in units]
    return Derivation(
        units=tuple(unit for unit, _ in pairs),
        outcomes=LazyByUnit({u.id: partial(each.outcomes, tables) for u, each in pairs}),
        statuses=LazyByUnit({u.id: partial(each.statuses, tables) for u, each in pairs}),
        graphs=LazyGraphs(run.graphs),
        steps=LazyGraphs(run.steps),
    )
