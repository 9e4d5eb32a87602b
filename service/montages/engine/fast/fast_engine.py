"""The fast engine: the same steps as the reference engine, over plain data and bit masks.

Its tables are compiled once a period, and cached on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from rdflib import PROV, RDF, Graph

from montages.description.description import Description
from montages.description.facts import Facts, Triple
from montages.description.parsing.parse import parse
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
from montages.engine.protocol import Derivation, LazyMapping
from montages.engine.units import ClosedUnit, ClosingFact, units_of
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import Rules, rules_at
from montages.names import BASE, MTG
from montages.reasoning import Closure, infer
from montages.validation.fast_check import check_facts
from montages.validation.findings import Report

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


class FastEngine:
    """Checks with a compiled validator, closes in plain Python, reasons and derives with bit masks.

    Each method raises Unsupported for what it does not foresee: `engines.FallbackEngine` asks the reference.
    """

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        return parse(source, syntax, project)

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
        outcomes=LazyMapping(lambda: {u.id: of.outcomes(tables) for u, of in pairs}),
        statuses=LazyMapping(lambda: {u.id: of.statuses(tables) for u, of in pairs}),
        graphs=LazyMapping(run.graphs),
        steps=LazyMapping(run.steps),
    )


@cache
def rule_tables(rules: Rules) -> RuleTables:
    """Return the tables of a period; raises as `compile_tables`."""
    first = rules.period.first
    return _tables(first) if rules is rules_at(first) else _compiled(rules)


@disk_cache
def _tables(first: date) -> RuleTables:
    return _compiled(rules_at(first))


def _compiled(rules: Rules) -> RuleTables:
    # Hardly a run compiles them: the compiler, and the reader of axioms, need not be there.
    from montages.engine.fast.table_compiler import compile_tables

    return compile_tables(rules)


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
