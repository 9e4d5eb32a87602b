"""Outcomes and statuses read off the classes of a unit, as the deriving queries read them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from montages.description.facts import Triple
from montages.engine.fast.fast_close import TYPE
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.units import ClosedUnit
from montages.knowledge.logic import OUTCOME_IRIS, STATUS_IRIS, outcome_of, status_of, worst
from montages.names import MTG, compiled

_D = str(MTG)


@cache
def _classes(slug: str) -> tuple[str, str, str]:
    """Return the classes of what satisfies a requirement, violates it and is exempt from it."""
    satisfied, violated, exempt = (
        str(compiled(role, slug)) for role in ("Satisfied", "Violated", "NotApplicable")
    )
    return satisfied, violated, exempt


def outcome(slug: str, classes: Collection[str]) -> str:
    """Return the outcome of a requirement: both satisfied and violated is a contradiction."""
    satisfied, violated, exempt = _classes(slug)
    return outcome_of(satisfied in classes, violated in classes, exempt in classes)


def outcomes(classes: Collection[str], tables: RuleTables) -> dict[str, str]:
    """Return requirement slug → outcome."""
    return {slug: outcome(slug, classes) for slug in tables.versions}


def statuses(classes: Collection[str], tables: RuleTables) -> dict[str, str]:
    """Return arrangement slug → status, by priority: ineligible, conflict, eligible, undetermined."""
    violated = {slug for slug in tables.versions if _classes(slug)[1] in classes}
    both = {slug for slug in violated if _classes(slug)[0] in classes}
    ruling_out = violated - both
    return {
        slug: status_of(
            not hard.isdisjoint(ruling_out),
            not hard.isdisjoint(both),
            str(compiled("Eligible", slug)) not in classes,
        )
        for slug, hard in tables.hard.items()
    }


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
    project: str, by_unit: Mapping[ClosedUnit, Collection[str]], tables: RuleTables
) -> Iterator[Triple]:
    """Return the checks and the verdicts as the deriving queries write them, from the classes of units."""
    by_status = {unit: statuses(classes, tables) for unit, classes in by_unit.items()}
    for unit, classes in by_unit.items():
        for slug, result in outcomes(classes, tables).items():
            version = tables.versions[slug]
            node = f"{unit.iri}/check/{version.rpartition('/requirement/')[2]}"
            yield node, TYPE, _D + "Check"
            yield node, _D + "judgesUnit", unit.iri
            yield node, _D + "checksVersion", version
            yield node, _D + "outcome", OUTCOME_IRIS[result]
        for slug, status in by_status[unit].items():
            node = f"{unit.iri}/verdict/{slug}"
            yield node, TYPE, _D + "UnitVerdict"
            yield node, _D + "judgesUnit", unit.iri
            yield node, _D + "arrangement", tables.arrangement_iris[slug]
            yield node, _D + "status", STATUS_IRIS[status]
    for slug, iri in tables.arrangement_iris.items():
        node = f"{project}#verdict-{slug}"
        heaviest = worst(by_slug[slug] for by_slug in by_status.values())
        yield node, TYPE, _D + "ProjectVerdict"
        yield node, _D + "ofProject", project
        yield node, _D + "arrangement", iri
        yield node, _D + "status", STATUS_IRIS[heaviest]
        for unit, by_slug in by_status.items():
            if by_slug[slug] == "eligible":
                yield node, _D + "coversUnit", unit.iri
