"""One project closed, reasoned on and derived by the fast engine, and its graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from rdflib import PROV, RDF, Graph

from montages.description.facts import Facts, Triple
from montages.engine.closed_units import ClosedUnit, ClosingFact
from montages.engine.fast.fast_close import (
    ASSERTED,
    IN_PERIMETER,
    OF_PROJECT,
    OF_USE,
    RETAINS,
    TYPE,
    UNIT,
    close_by_step,
    close_units,
)
from montages.engine.fast.fast_derive import UnitConclusions, triples, unit_conclusions
from montages.engine.fast.fast_presume import FALLS_UNDER, USAGE
from montages.engine.fast.rule_tables import RuleTables
from montages.names import BASE, MTG
from montages.reasoning import Closure, infer

_D = str(MTG)
_APART = frozenset(_D + name for name in ("ClosingFact", "Citation", "Assumption"))
_CLOSING_FACT = _D + "ClosingFact"
_STATES = {"explicit": _D + "Explicit", "default": _D + "Default", "derived": _D + "DerivedState"}
# The closing queries that write no answer.
_WRITES = {
    **dict.fromkeys((TYPE, OF_PROJECT, OF_USE, IN_PERIMETER), "10-units"),
    USAGE: "66-usages",
    FALLS_UNDER: "67-presumptions",
    RETAINS: "80-retained",
    ASSERTED: "90-asserted-requirements",
}


class FastDerivation:
    """One project closed, reasoned on and derived; raises Unsupported for what has no fast way."""

    def __init__(self, facts: Facts, project: str, tables: RuleTables) -> None:
        self.facts, self.project, self.tables = facts, project, tables
        self.units = close_units(facts, project, tables)
        # What decides; the whole closure is for those who read the graphs.
        self.closure: Closure = infer(tables.deciding, _to_decide_on(facts, self.units, tables))

    @cached_property
    def conclusions(self) -> Mapping[ClosedUnit, UnitConclusions]:
        """Return what was concluded of each unit."""
        classes = self.closure.classes
        return {unit: unit_conclusions(classes(unit.iri), self.tables) for unit in self.units}

    def graphs(self) -> dict[str, Graph]:
        """Return the asserted, closing, inferred and derived triples, as the reference engine does."""
        about = {*self.facts.by_subject, *(unit.iri for unit in self.units)}
        whole = infer(self.tables.axioms, _to_reason_on(self.facts, self.units))
        closure = (t for t in whole.triples() if t[0] in about and _ours(t))
        derived = triples(self.project, self.conclusions, self.tables)
        return {
            "asserted": self.facts.graph(),
            "closing": Facts(t for unit in self.units for t in _closing(unit)).graph(),
            "closure": Facts(closure).graph(),
            "outcome": Facts(derived).graph(),
        }

    def steps(self) -> dict[str, Graph]:
        """Return the closing triples by the closing query that writes them."""
        by_query: dict[str, Facts] = {name: Facts() for name in self.tables.closing}
        for unit in self.units:
            for s, p, o in _about(unit):
                name = _WRITES.get(p)
                if name is not None:
                    by_query[name].add(s, p, o)
        for name, unit, facts in close_by_step(self.facts, self.project, self.tables):
            for fact in facts:
                by_query[name].add(unit.iri, fact.property, fact.value)
                for triple in _fact(unit, fact):
                    by_query[name].add(*triple)
        return {name: facts.graph() for name, facts in by_query.items()}


def _to_reason_on(facts: Facts, units: Sequence[ClosedUnit]) -> Iterator[tuple[str, str, str]]:
    """Return the statements about our terms: no literal, no citation, no provenance."""
    for s, properties in facts.by_subject.items():
        if not _APART.isdisjoint(properties.get(TYPE, ())):
            continue
        for p, values in properties.items():
            typing = p == TYPE
            if typing or p.startswith(_D):
                for o in values:
                    if isinstance(o, str) and (not typing or o.startswith(_D)):
                        yield s, p, o
    for unit in units:
        for s, p, o in _about(unit):
            if isinstance(o, str):
                yield s, p, o


def _to_decide_on(
    facts: Facts, units: Sequence[ClosedUnit], tables: RuleTables
) -> Iterator[tuple[str, str, str]]:
    """Return those of the statements of `_to_reason_on` that can change a result or an answer."""
    decisive, classes = tables.decisive, tables.deciding.up
    for s, properties in facts.by_subject.items():
        kinds = properties.get(TYPE, ())
        if not _APART.isdisjoint(kinds):
            continue
        for p, values in properties.items():
            if p in decisive:
                for o in values:
                    if isinstance(o, str):
                        yield s, p, o
        for kind in kinds:
            if isinstance(kind, str) and kind in classes:
                yield s, TYPE, kind
    for unit in units:
        for s, p, o in _about(unit):
            if isinstance(o, str) and (p in decisive or (p == TYPE and o in classes)):
                yield s, p, o


def _about(unit: ClosedUnit) -> Iterator[Triple]:
    """Return what the closing step says of a unit."""
    iri = unit.iri
    yield iri, TYPE, UNIT
    yield iri, OF_PROJECT, unit.project
    if unit.use is not None:
        yield iri, OF_USE, unit.use
    if unit.perimeter is not None:
        yield iri, IN_PERIMETER, unit.perimeter
    for prop, values in unit.answers.items():
        for value in values:
            yield iri, prop, value
    for usage in unit.usages:
        yield iri, USAGE, usage
    for presumption in unit.presumptions:
        yield iri, FALLS_UNDER, presumption
    for arrangement in unit.retains:
        yield iri, RETAINS, arrangement
    for requirement in unit.asserted:
        yield iri, ASSERTED, requirement


def _closing(unit: ClosedUnit) -> Iterator[Triple]:
    """Return the closing triples of a unit, each answer with the fact that says where it comes from."""
    yield from _about(unit)
    for fact in unit.facts:
        yield from _fact(unit, fact)


def _fact(unit: ClosedUnit, fact: ClosingFact) -> Iterator[Triple]:
    node = fact.iri(unit.iri)
    yield node, TYPE, _CLOSING_FACT
    yield node, str(RDF.subject), unit.iri
    yield node, str(RDF.predicate), fact.property
    yield node, str(RDF.object), fact.value
    yield node, str(PROV.wasDerivedFrom), fact.source
    yield node, _D + "fromProperty", fact.from_property
    yield node, _D + "inputState", _STATES[fact.state]


def _ours(triple: tuple[str, str, str]) -> bool:
    _, p, o = triple
    return p.startswith(_D) or (p == TYPE and o.startswith(BASE))
