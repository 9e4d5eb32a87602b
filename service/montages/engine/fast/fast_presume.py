"""What is presumed where nothing is answered: the counterpart of queries 66 to 69 (R35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox
from rdflib import RDF

from montages.description.facts import Term
from montages.engine.fast.closing_step import LAYER, ClosingStep
from montages.engine.fast.rule_tables import PresumptionRow
from montages.engine.units import ClosedUnit, ClosingFact
from montages.names import MTG

_TYPE, _FALSE = str(RDF.type), ox.Literal(False)
USAGE, FALLS_UNDER, PRESUMES = (str(MTG[name]) for name in ("usage", "fallsUnder", "presumes"))
_HOLDER, _UNKNOWN, _USES_PRESUMPTIONS = (
    str(MTG[name]) for name in ("holder", "declaresUnknown", "usesPresumptions")
)


def usages(step: ClosingStep) -> None:
    """Give each unit the usages of its nearest part that names some."""
    of = step.facts.objects
    for unit in step.units:
        nearest = (uses for part in unit.parts() if (uses := of(part, USAGE)))
        unit.usages = list(dict.fromkeys(next(nearest, ())))


def presumptions(step: ClosingStep) -> None:
    """Give each unit the presumptions whose conditions it meets."""
    of = step.facts.objects
    if _FALSE in of(step.project, _USES_PRESUMPTIONS):
        return
    kinds: set[Term] = set()
    for holder in of(step.project, _HOLDER):
        kinds.update(of(holder, _TYPE) if isinstance(holder, str) else ())
    near = [row for row in step.tables.presumptions.values() if _any(row.holders, kinds)]
    for unit in step.units:
        layers = of(unit.use, LAYER) if unit.use is not None else ()
        stated = {(fact.property, fact.value) for fact in unit.facts if fact.state != "default"}
        unit.presumptions = [
            row.iri
            for row in near
            if _any(row.usages, unit.usages)
            and _any(row.layers, layers)
            and all(any((prop, v) in stated for v in values) for prop, values in row.when)
            and not any((prop, v) in stated for prop, values in row.unless for v in values)
        ]


def _any(wanted: frozenset[str], terms: Sequence[Term] | set[Term]) -> bool:
    return not wanted or any(term in wanted for term in terms)


def by_law(step: ClosingStep) -> None:
    """Conclude what law answers where nothing is answered."""
    for unit in step.units:
        for rows in _unanswered(unit, step):
            lawful = [row for row in rows if row.by_law]
            if lawful and _cover(lawful, unit.usages):
                _write(unit, lawful, "derived")


def by_practice(step: ClosingStep) -> None:
    """Assume what practice answers where neither an answer nor law does, and nobody says unknown."""
    for unit in step.units:
        unknown = _said_unknown(unit, step)
        for rows in _unanswered(unit, step):
            if rows[0].criterion not in unknown and _cover(rows, unit.usages):
                _write(unit, rows, "default")


def in_doubt(step: ClosingStep) -> None:
    """Assume what is meant for doubt where no answer, law nor practice decides, and nobody says unknown."""
    for unit in step.units:
        unknown = _said_unknown(unit, step)
        for rows in _unanswered(unit, step, in_doubt=True):
            if rows[0].criterion not in unknown:
                _write(unit, rows, "default")


def _said_unknown(unit: ClosedUnit, step: ClosingStep) -> set[Term]:
    """Return the criteria that a unit, or what it is part of, declares unknown."""
    of = step.facts.objects
    return {criterion for part in unit.parts() for criterion in of(part, _UNKNOWN)}


def _unanswered(
    unit: ClosedUnit, step: ClosingStep, *, in_doubt: bool = False
) -> Iterator[list[PresumptionRow]]:
    """Yield the presumptions of each criterion that nothing answers, where they say one thing."""
    by_property: dict[str, list[PresumptionRow]] = {}
    for row in map(step.tables.presumptions.__getitem__, unit.presumptions):
        if row.in_doubt == in_doubt:
            by_property.setdefault(row.property, []).append(row)
    for prop, rows in by_property.items():
        implying = step.tables.implying.get(prop, ())
        if (
            prop not in unit.answers
            and len({row.value for row in rows}) == 1
            and not any(value in unit.answers.get(other, ()) for other, value in implying)
        ):
            yield rows


def _cover(rows: Sequence[PresumptionRow], named: Sequence[Term]) -> bool:
    """Tell whether each usage is covered: by one that names it, or by one that names none."""
    if any(not row.usages for row in rows):
        return True
    return all(any(usage in row.usages for row in rows) for usage in named)


def _write(unit: ClosedUnit, rows: Sequence[PresumptionRow], state: str) -> None:
    for row in rows:
        unit.write(ClosingFact(row.property, row.value, row.iri, PRESUMES, state))
