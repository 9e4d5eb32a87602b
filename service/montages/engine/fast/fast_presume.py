"""What is presumed where nothing is answered: the counterpart of queries 66 to 69 (R35)."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from rdflib import RDF

from montages.description.facts import Term
from montages.engine.fast.closing_step import LAYER, ClosingStep
from montages.engine.fast.rule_tables import PresumptionRow
from montages.engine.units import ClosedUnit, ClosingFact
from montages.knowledge.presuming import STATES, answering
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


def presume(basis: str, step: ClosingStep) -> None:
    """Give each unit what law, practice or doubt answers where nothing is answered."""
    for unit in step.units:
        _presume_of(unit, basis, step)


def _presume_of(unit: ClosedUnit, basis: str, step: ClosingStep) -> None:
    of, implying = step.facts.objects, step.tables.implying
    said_unknown = {criterion for part in unit.parts() for criterion in of(part, _UNKNOWN)}

    def answered(row: PresumptionRow) -> bool:
        return row.property in unit.answers or any(
            value in unit.answers.get(other, ()) for other, value in implying.get(row.property, ())
        )

    def unknown(row: PresumptionRow) -> bool:
        return row.criterion in said_unknown

    rows = map(step.tables.presumptions.__getitem__, unit.presumptions)
    for together in answering(basis, rows, unit.usages, answered, unknown):
        for row in together:
            unit.write(ClosingFact(row.property, row.value, row.iri, PRESUMES, STATES[basis]))
