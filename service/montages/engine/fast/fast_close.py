"""The closing step in plain Python: one function a closing query, which gives the same facts (R12).

`tests/test_fast_path.py` compares the two; a query without its function stops the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import partial

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.description.facts import Facts, Term
from montages.engine.fast import fast_presume
from montages.engine.fast.closing_step import LAYER, USES, ClosingStep, described_units, iri_terms
from montages.engine.fast.rule_tables import RuleTables
from montages.engine.units import ClosedUnit, ClosingFact
from montages.errors import Unsupported
from montages.names import MTG

TYPE = str(RDF.type)
_D = str(MTG)
UNIT = _D + "Unit"
OF_PROJECT, OF_USE, IN_PERIMETER = _D + "ofProject", _D + "ofLayerUse", _D + "inPerimeter"
UNKNOWN, COMPLETE = _D + "declaresUnknown", _D + "declaresComplete"
RETAINS, ASSERTED = _D + "retains", _D + "assertedRequirement"
RETAINING = (RETAINS, _D + "retainedProcedure", _D + "retainedChannel", _D + "retainedVehicle")
_TRUE, _FALSE = ox.Literal(True), ox.Literal(False)
_NUMBERS = frozenset(str(XSD[name]) for name in ("integer", "decimal"))


def close_units(facts: Facts, project: str, tables: RuleTables) -> tuple[ClosedUnit, ...]:
    """Return the units of a project with what the closing step gives each.

    Raises Unsupported where the queries would meet what these functions do not foresee.
    """
    units = tuple(described_units(facts, project))
    names = {unit.iri for unit in units}
    if len(names) < len(units) or names & facts.by_subject.keys():
        raise Unsupported  # two parts of one name make one unit; a unit may be written by hand
    step = ClosingStep(facts, project, units, tables)
    for name in tables.closing:
        CLOSING_FUNCTIONS[name](step)
    return units


def close_by_step(
    facts: Facts, project: str, tables: RuleTables
) -> Iterator[tuple[str, ClosedUnit, list[ClosingFact]]]:
    """Return (closing query, unit, the facts it gave the unit), in the order of the queries."""
    units = tuple(described_units(facts, project))
    step = ClosingStep(facts, project, units, tables)
    for name in tables.closing:
        before = [len(unit.facts) for unit in units]
        CLOSING_FUNCTIONS[name](step)
        for unit, count in zip(units, before, strict=True):
            yield name, unit, unit.facts[count:]


def _stated(step: ClosingStep) -> None:
    """Give each unit the nearest stated answer: the layer use's, else the perimeter's, else the project's."""
    by_part: dict[str, tuple[list[ClosingFact], set[str]]] = {}
    for unit in step.units:
        settled: set[str] = set()
        for part in unit.parts():
            if part not in by_part:
                by_part[part] = _stated_of(part, step)
            facts, settles = by_part[part]
            for fact in facts:
                if fact.property not in settled:
                    unit.write(fact)
            settled |= settles


def _stated_of(part: str, step: ClosingStep) -> tuple[list[ClosingFact], set[str]]:
    """Return the answers a part states, and the properties it settles: those stated or declared unknown."""
    properties, answering = step.facts.by_subject.get(part, {}), step.tables.answering
    facts = [
        ClosingFact(prop, value, part, prop, "explicit")
        for prop, values in properties.items()
        if prop in answering
        for value in values
    ]
    settles = {fact.property for fact in facts}
    for criterion in properties.get(UNKNOWN, ()):
        settles.update(step.tables.properties_of.get(str(criterion), ()))
    return facts, settles


def _assumed(step: ClosingStep) -> None:
    for node in iri_terms(step.facts.objects(step.project, _D + "assumes")):
        properties = step.facts.by_subject.get(node, {})
        for prop in properties.keys() & step.tables.answering.keys():
            for unit in step.units:
                if any(f.property == prop and f.state != "default" for f in unit.facts):
                    continue
                for value in properties[prop]:
                    unit.write(ClosingFact(prop, value, node, prop, "default"))


def _amounts(step: ClosingStep) -> None:
    """Give a number that is not stated what an amount a year, or the upper end of a range, gives it."""
    for unit in step.units:
        for number, source, months in step.tables.amounts:
            wanted = (source,) if months is None else (source, months)
            if number in unit.answers or not all(prop in unit.answers for prop in wanted):
                continue
            if any(len(unit.answers[prop]) > 1 for prop in wanted):
                raise Unsupported
            value = unit.answers[source][0]
            if months is not None:
                worth = _number(value) * _number(unit.answers[months][0]) / 12
                value = ox.Literal(int(worth.to_integral_value(ROUND_HALF_UP)))
            states = {fact.state for fact in unit.facts if fact.property in wanted}
            state = "default" if "default" in states else "derived"
            unit.write(ClosingFact(number, value, unit.iri, source, state))


def _bucketed(step: ClosingStep) -> None:
    for unit in step.units:
        for fact in tuple(unit.facts):
            numeric = step.tables.numeric.get(fact.property)
            if numeric is None:
                continue
            if len(unit.answers[fact.property]) > 1:
                raise Unsupported
            bucket = numeric.bucket(_number(fact.value))
            unit.write(ClosingFact(numeric.range, bucket, unit.iri, fact.property, fact.state))


def _number(value: Term) -> Decimal:
    if isinstance(value, str) or value.datatype.value not in _NUMBERS:
        raise Unsupported
    try:
        return Decimal(value.value)
    except InvalidOperation as error:
        raise Unsupported from error


def _layers_complete(step: ClosingStep) -> None:
    of, project, tables = step.facts.objects, step.project, step.tables
    if _TRUE not in of(project, _D + "layersComplete"):
        return
    uses = iri_terms(of(project, USES))
    layers = {str(layer) for use in uses for layer in of(use, LAYER)}
    covered = layers | {tables.group_of.get(layer) for layer in layers}
    modes = [unit.answers.get(_D + "managementMode", []) for unit in step.units]
    for prop, absent, value in tables.without_layer:
        if absent not in covered:
            step.derived(prop, value, _D + "layersComplete")
    for prop, mode, if_all, if_not_all in tables.by_mode:
        everywhere = bool(uses) and all(mode in own for own in modes)
        if any(other != mode for own in modes for other in own):
            if everywhere:
                raise Unsupported  # one unit, two modes
            step.derived(prop, if_not_all, _D + "layersComplete")
        elif everywhere:
            step.derived(prop, if_all, _D + "layersComplete")


def _scale(step: ClosingStep) -> None:
    counts_with, complete = step.tables.counts_with, _usages_complete(step)
    usages = {counts_with.get(usage, usage) for usage in step.all(_D + "usage")}
    for prop, if_one, if_several in step.tables.by_usages:
        if len(usages) > 1:
            step.derived(prop, if_several, _D + "usage")
        elif usages and complete:
            step.derived(prop, if_one, _D + "usage")


def _no_images(step: ClosingStep) -> None:
    if _usages_complete(step):
        usages = step.all(_D + "usage")
        for prop, absent, value in step.tables.without_usage:
            if absent not in usages:
                step.derived(prop, value, _D + "usagesComplete")


def _usages_complete(step: ClosingStep) -> bool:
    stated = step.facts.objects(step.project, _D + "usagesComplete")
    if len(stated) > 1 or any(v not in (_TRUE, _FALSE) for v in stated):
        raise Unsupported
    return _TRUE in stated


def _left_out(step: ClosingStep) -> None:
    """Leave out of a complete list the values it does not name."""
    for unit in step.units:
        for criterion in step.tables.multiple:
            answer = unit.answers.get(criterion.property)
            if not answer:
                continue
            sources = [
                (part, COMPLETE)
                for part in unit.parts()
                if criterion.criterion in step.facts.objects(part, COMPLETE)
            ]
            if any(value in criterion.exclusive for value in answer):
                sources.append((unit.iri, criterion.property))
            for source, prop in sources:
                for value in criterion.values:
                    if value not in answer:
                        fact = ClosingFact(criterion.excluded, value, source, prop, "derived")
                        unit.write(fact)


def _retained(step: ClosingStep) -> None:
    of = step.facts.objects
    for unit in step.units:
        nearest = (
            next((things for part in unit.parts() if (things := of(part, retaining))), [])
            for retaining in RETAINING
        )
        unit.retains = list(
            dict.fromkeys(thing for things in nearest for thing in iri_terms(things))
        )


def _asserted(step: ClosingStep) -> None:
    of = step.facts.objects
    for unit in step.units:
        for part in unit.parts():
            for node in iri_terms(of(part, _D + "assertsRequirement")):
                for requirement in iri_terms(of(node, _D + "requirement")):
                    if requirement not in unit.asserted:
                        unit.asserted.append(requirement)


def _units_exist(step: ClosingStep) -> None:
    """Do nothing: `described_units` made the units, from which all the rest follows."""


CLOSING_FUNCTIONS: dict[str, Callable[[ClosingStep], None]] = {
    "10-units": _units_exist,
    "20-stated-answers": _stated,
    "30-assumed-answers": _assumed,
    "35-amounts": _amounts,
    "40-buckets": _bucketed,
    "50-layers-complete": _layers_complete,
    "60-scale": _scale,
    "65-images": _no_images,
    "66-usages": fast_presume.usages,
    "67-presumptions": fast_presume.presumptions,
    "68-presumed-by-law": partial(fast_presume.presume, "law"),
    "69-presumed-by-practice": partial(fast_presume.presume, "practice"),
    "69-presumed-in-doubt": partial(fast_presume.presume, "doubt"),
    "70-left-out": _left_out,
    "80-retained": _retained,
    "90-asserted-requirements": _asserted,
}
