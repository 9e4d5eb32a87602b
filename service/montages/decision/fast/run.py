"""One project closed, reasoned on and derived by the fast engine, and the graphs that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from rdflib import PROV, RDF, Graph

from montages.decision.facts import Facts, Triple
from montages.decision.fast.close import (
    ASSERTED,
    IN_PERIMETER,
    OF_PROJECT,
    OF_USE,
    RETAINS,
    TYPE,
    UNIT,
    ClosedUnit,
    ClosingFact,
    closed,
    closed_by_step,
)
from montages.decision.fast.derive import Concluded, concluded, triples
from montages.decision.fast.tables import Tables
from montages.decision.rl.closure import Closure
from montages.names import BASE, MTG

_D = str(MTG)
_APART = frozenset(_D + name for name in ("ClosingFact", "Citation", "Assumption"))
_CLOSING_FACT = _D + "ClosingFact"
_STATES = {"explicit": _D + "Explicit", "default": _D + "Default", "derived": _D + "DerivedState"}
# The closing queries that write no answer.
_WRITES = {
    **dict.fromkeys((TYPE, OF_PROJECT, OF_USE, IN_PERIMETER), "10-units"),
    RETAINS: "80-retained",
    ASSERTED: "90-asserted-requirements",
}


class Run:
    """One project closed, reasoned on and derived; raises Unusual for what the engine does not foresee."""

    def __init__(self, facts: Facts, project: str, known: Tables) -> None:
        self.facts, self.project, self.tables = facts, project, known
        self.units = closed(facts, project, known)
        # What decides; the whole closure is for those who read the graphs.
        self.closure: Closure = known.deciding.close(_to_decide_on(facts, self.units, known))

    @cached_property
    def concluded(self) -> Mapping[ClosedUnit, Concluded]:
        """Return what was concluded of each unit."""
        classes, known = self.closure.classes, self.tables
        return {unit: concluded(classes(unit.iri), known) for unit in self.units}

    def graphs(self) -> dict[str, Graph]:
        """Return the asserted, closing, inferred and derived triples, as the reference engine does."""
        about = {*self.facts.by_subject, *(unit.iri for unit in self.units)}
        whole = self.tables.axioms.close(_to_reason_on(self.facts, self.units))
        closure = (t for t in whole.triples() if t[0] in about and _kept(t))
        derived = triples(self.project, self.concluded, self.tables)
        return {
            "asserted": self.facts.graph(),
            "closing": Facts(t for unit in self.units for t in _closing(unit)).graph(),
            "closure": Facts(closure).graph(),
            "outcome": Facts(derived).graph(),
        }

    def steps(self) -> dict[str, Graph]:
        """Return the closing triples by the closing query that writes them."""
        found: dict[str, Facts] = {name: Facts() for name in self.tables.closing}
        for unit in self.units:
            for s, p, o in _about(unit):
                name = _WRITES.get(p)
                if name is not None:
                    found[name].add(s, p, o)
        for name, unit, facts in closed_by_step(self.facts, self.project, self.tables):
            for fact in facts:
                found[name].add(unit.iri, fact.property, fact.value)
                for triple in _fact(unit, fact):
                    found[name].add(*triple)
        return {name: facts.graph() for name, facts in found.items()}


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
    facts: Facts, units: Sequence[ClosedUnit], known: Tables
) -> Iterator[tuple[str, str, str]]:
    """Return those of the statements of `_to_reason_on` that can change a result or an answer."""
    decisive, classes = known.decisive, known.deciding.up
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
    for contract in unit.retains:
        yield iri, RETAINS, contract
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


def _kept(triple: tuple[str, str, str]) -> bool:
    _, p, o = triple
    return p.startswith(_D) or (p == TYPE and o.startswith(BASE))
