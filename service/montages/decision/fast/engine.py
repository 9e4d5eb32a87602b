"""The fast engine: the same steps as the reference engine, over plain data and bit masks.

Whatever it does not foresee (see `decision.fast.unusual`), it leaves to the reference engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from montages.decision.brief import Sections
from montages.decision.derivation import Derivation, LateGraphs
from montages.decision.description import Description
from montages.decision.fast import parse as fast_parse
from montages.decision.fast.check import check_facts
from montages.decision.fast.run import Run
from montages.decision.fast.tables import Tables, tables
from montages.decision.fast.units import units_of
from montages.decision.fast.unusual import Unusual
from montages.decision.findings import Report
from montages.knowledge.periods import Rules


class FastEngine:
    """Checks with a compiled validator, closes in plain Python, reasons and derives with bit masks."""

    def parse_file(self, path: str | Path, project: str | None = None) -> Description:
        """Return the description in a file."""
        return fast_parse.parse_file(path, project)

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        return fast_parse.read(source, syntax, project)

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        return check_facts(description.facts, str(description.project), description.places)

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely conforms, in few runs of the validator."""
        from montages.decision.fast.conforming import conforming  # batches only: start-up is short

        return conforming([description.facts for description in descriptions])

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description under the rules of a date."""
        known = tables(rules)
        return [_derived(description, rules, known) for description in descriptions]

    def brief(self, description: Description, rules: Rules) -> Sections | None:
        """Return the sections of a brief, None for a project that only a whole assessment tells of."""
        from montages.decision.fast.brief import brief_of  # batches only, as above

        try:
            run = Run(description.facts, str(description.project), tables(rules))
            return brief_of(run, rules)
        except Unusual:
            return None


def _derived(description: Description, rules: Rules, known: Tables) -> Derivation:
    try:
        run = Run(description.facts, str(description.project), known)
        made = units_of(run.units, run.facts, run.closure, rules)
    except Unusual:
        from montages.decision.engine import ReferenceEngine

        return ReferenceEngine().derive([description], rules)[0]
    pairs = [(unit, run.concluded[part]) for part, unit in made]
    return Derivation(
        units=tuple(unit for unit, _ in pairs),
        outcomes={unit.id: done.outcomes(known) for unit, done in pairs},
        statuses={unit.id: done.statuses(known) for unit, done in pairs},
        graphs=LateGraphs(run.graphs),
        steps=LateGraphs(run.steps),
    )
