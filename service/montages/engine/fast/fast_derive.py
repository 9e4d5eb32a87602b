"""Outcomes and statuses read off the classes of a unit, as the deriving queries read them.

The classes of the results have the first bits of a mask: for each requirement Satisfied, then Violated,
then NotApplicable; then Eligible for each arrangement. Cutting a mask in four gives everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from montages.description.facts import Triple
from montages.engine.fast.fast_close import TYPE
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.units import ClosedUnit
from montages.knowledge.logic import OUTCOME_IRIS, STATUS_IRIS, outcome_of, status_of, worst
from montages.names import MTG

_D = str(MTG)


class UnitConclusions(NamedTuple):
    """What was concluded of one unit: a bit a requirement, and for `eligible` a bit an arrangement."""

    satisfied: int
    violated: int
    exempt: int
    eligible: int

    def outcomes(self, tables: RuleTables) -> dict[str, str]:
        """Return requirement slug → outcome: both satisfied and violated is a contradiction."""
        return {
            slug: outcome_of(self.satisfied >> n & 1, self.violated >> n & 1, self.exempt >> n & 1)
            for slug, n in tables.position.items()
        }

    def statuses(self, tables: RuleTables) -> dict[str, str]:
        """Return arrangement slug → status, by priority: ineligible, conflict, eligible, undetermined."""
        both = self.satisfied & self.violated
        violated = self.violated & ~both
        return {
            slug: status_of(violated & hard, both & hard, not self.eligible >> n & 1)
            for n, (slug, hard) in enumerate(zip(tables.arrangement_iris, tables.hard, strict=True))
        }


def unit_conclusions(mask: int, tables: RuleTables) -> UnitConclusions:
    """Return what the classes of a unit mean."""
    width = len(tables.versions)
    every = (1 << width) - 1
    return UnitConclusions(
        satisfied=mask & every,
        violated=mask >> width & every,
        exempt=mask >> 2 * width & every,
        eligible=mask >> 3 * width & (1 << len(tables.arrangement_iris)) - 1,
    )


# The deriving queries that this file stands for.
DERIVING_QUERIES = frozenset(
    {
        "10-conclusions",
        "20-outcomes",
        "30-obstacles",
        "40-unit-status",
        "50-project-status",
        "60-covers",
    }
)


def triples(
    project: str, by_unit: Mapping[ClosedUnit, UnitConclusions], tables: RuleTables
) -> Iterator[Triple]:
    """Return the checks and the verdicts as the deriving queries write them."""
    statuses = {unit: conclusions.statuses(tables) for unit, conclusions in by_unit.items()}
    for unit, conclusions in by_unit.items():
        for slug, outcome in conclusions.outcomes(tables).items():
            version = tables.versions[slug]
            node = f"{unit.iri}/check/{version.rpartition('/requirement/')[2]}"
            yield node, TYPE, _D + "Check"
            yield node, _D + "judgesUnit", unit.iri
            yield node, _D + "checksVersion", version
            yield node, _D + "outcome", OUTCOME_IRIS[outcome]
        for slug, status in statuses[unit].items():
            node = f"{unit.iri}/verdict/{slug}"
            yield node, TYPE, _D + "UnitVerdict"
            yield node, _D + "judgesUnit", unit.iri
            yield node, _D + "arrangement", tables.arrangement_iris[slug]
            yield node, _D + "status", STATUS_IRIS[status]
    for slug, iri in tables.arrangement_iris.items():
        node = f"{project}#verdict-{slug}"
        heaviest = worst(by_slug[slug] for by_slug in statuses.values())
        yield node, TYPE, _D + "ProjectVerdict"
        yield node, _D + "ofProject", project
        yield node, _D + "arrangement", iri
        yield node, _D + "status", STATUS_IRIS[heaviest]
        for unit, by_slug in statuses.items():
            if by_slug[slug] == "eligible":
                yield node, _D + "coversUnit", unit.iri
