"""Outcomes and statuses read off the classes of a unit, as the deriving queries read them.

The classes of the results have the first bits of a mask: for each requirement Satisfied, then Violated,
then NotApplicable; then Eligible for each arrangement. Cutting a mask in four gives everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from montages.decision.facts import Triple
from montages.decision.fast.close import TYPE, ClosedUnit
from montages.decision.fast.tables import Tables
from montages.names import MTG

_D = str(MTG)
_OUTCOMES = {
    "satisfied": _D + "Satisfied",
    "violated": _D + "Violated",
    "not-applicable": _D + "NotApplicable",
    "contradicted": _D + "Contradicted",
    "undetermined": _D + "Undetermined",
}
_STATUSES = {
    "eligible": _D + "Eligible",
    "undetermined": _D + "UndeterminedStatus",
    "conflict": _D + "Conflict",
    "ineligible": _D + "Ineligible",
}
# What 50-project-status weighs, lightest first.
_WEIGHTS = tuple(_STATUSES)


class Concluded(NamedTuple):
    """What was concluded of one unit: a bit a requirement, and for `eligible` a bit an arrangement."""

    satisfied: int
    violated: int
    exempt: int
    eligible: int

    def outcomes(self, tables: Tables) -> dict[str, str]:
        """Return requirement slug → outcome: both satisfied and violated is a contradiction."""
        out = {}
        for n, slug in enumerate(tables.requirements):
            bit = 1 << n
            if self.violated & bit:
                out[slug] = "contradicted" if self.satisfied & bit else "violated"
            elif self.exempt & bit:
                out[slug] = "not-applicable"
            else:
                out[slug] = "satisfied" if self.satisfied & bit else "undetermined"
        return out

    def statuses(self, tables: Tables) -> dict[str, str]:
        """Return arrangement slug → status, by priority: ineligible, conflict, eligible, undetermined."""
        both = self.satisfied & self.violated
        violated = self.violated & ~both
        out = {}
        for n, (slug, hard) in enumerate(zip(tables.arrangements, tables.hard, strict=True)):
            if violated & hard:
                out[slug] = "ineligible"
            elif both & hard:
                out[slug] = "conflict"
            else:
                out[slug] = "eligible" if self.eligible >> n & 1 else "undetermined"
        return out


def concluded(mask: int, tables: Tables) -> Concluded:
    """Return what the classes of a unit mean."""
    width = len(tables.requirements)
    every = (1 << width) - 1
    return Concluded(
        satisfied=mask & every,
        violated=mask >> width & every,
        exempt=mask >> 2 * width & every,
        eligible=mask >> 3 * width & (1 << len(tables.arrangements)) - 1,
    )


# The deriving queries that this file stands for.
STEPS = frozenset(
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
    project: str, found: Mapping[ClosedUnit, Concluded], tables: Tables
) -> Iterator[Triple]:
    """Return the checks and the verdicts as the deriving queries write them."""
    by_unit = {unit: done.statuses(tables) for unit, done in found.items()}
    for unit, done in found.items():
        for slug, outcome in done.outcomes(tables).items():
            version = tables.versions[slug]
            node = f"{unit.iri}/check/{version.rpartition('/requirement/')[2]}"
            yield node, TYPE, _D + "Check"
            yield node, _D + "judges", unit.iri
            yield node, _D + "version", version
            yield node, _D + "outcome", _OUTCOMES[outcome]
        for slug, status in by_unit[unit].items():
            node = f"{unit.iri}/verdict/{slug}"
            yield node, TYPE, _D + "UnitVerdict"
            yield node, _D + "judges", unit.iri
            yield node, _D + "arrangement", tables.arrangement_iris[slug]
            yield node, _D + "status", _STATUSES[status]
    for slug, iri in tables.arrangement_iris.items():
        node = f"{project}#verdict-{slug}"
        heaviest = max((s[slug] for s in by_unit.values()), key=_WEIGHTS.index)
        yield node, TYPE, _D + "ProjectVerdict"
        yield node, _D + "ofProject", project
        yield node, _D + "arrangement", iri
        yield node, _D + "status", _STATUSES[heaviest]
        for unit, statuses in by_unit.items():
            if statuses[slug] == "eligible":
                yield node, _D + "covers", unit.iri
