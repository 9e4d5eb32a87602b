"""The fast engine: the same steps as the reference engine, over plain data.

Its tables are compiled once a period, and cached on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from montages.engine.fast.fast_derive import outcomes, statuses, triples
from montages.engine.fast.fast_presume import FALLS_UNDER, USAGE
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.protocol import Derivation, LazyMapping
from montages.engine.units import ClosedUnit, ClosingFact, units_of
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import Rules, rules_at
from montages.names import BASE, MTG
from montages.reasoning import Closure
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
    """Checks with a compiled validator, closes in plain Python, reasons and derives over plain data.

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
    return Derivation(
        units=tuple(unit for _, unit in units),
        outcomes=LazyMapping(lambda: {u.id: outcomes(run.classes[c], tables) for c, u in units}),
        statuses=LazyMapping(lambda: {u.id: statuses(run.classes[c], tables) for c, u in units}),
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
        # What makes the answers; the whole closure is for those who read the graphs, or prove.
        self.closure = Closure(
            tables.answer_axioms, [*_to_reason_on(facts, self.units, tables.read)]
        )

    @cached_property
    def whole(self) -> Closure:
        """Return everything that follows from the project."""
        return Closure(self.tables.axioms, [*_to_reason_on(self.facts, self.units)])

    @cached_property
    def classes(self) -> Mapping[ClosedUnit, Collection[str]]:
        """Return the classes that each unit was concluded to be in."""
        return {unit: self.whole.classes(unit.iri) for unit in self.units}

    def graphs(self) -> dict[str, Graph]:
        """Return the asserted, closing, inferred and derived triples, as the reference engine does."""
        about = {*self.facts.by_subject, *(unit.iri for unit in self.units)}
        closure = (t for t in self.whole.triples() if t[0] in about and _ours(t))
        derived = triples(self.project, self.classes, self.tables)
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


def _to_reason_on(
    facts: Facts, units: Sequence[ClosedUnit], only: Collection[str] | None = None
) -> Iterator[tuple[str, str, str]]:
    """Return the statements about our terms: no literal, no citation, no provenance.

    `only` names the properties wanted, rdf:type apart.
    """
    for s, properties in facts.by_subject.items():
        if not _APART.isdisjoint(properties.get(TYPE, ())):
            continue
        for p, values in properties.items():
            if p == TYPE:
                yield from ((s, p, o) for o in values if isinstance(o, str) and o.startswith(_D))
            elif p.startswith(_D) if only is None else p in only:
                yield from ((s, p, o) for o in values if isinstance(o, str))
    for unit in units:
        for s, p, o in _about(unit):
            if isinstance(o, str) and (only is None or p == TYPE or p in only):
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
