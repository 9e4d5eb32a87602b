"""The closing step in plain Python: one function a closing query, and the same facts as the queries (R12).

`tests/test_fast_path.py` proves the two equal; a query without its function stops the start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import RDF, XSD

from montages.decision.facts import Facts, Term
from montages.decision.fast.tables import Tables
from montages.decision.fast.unusual import Unusual
from montages.names import ID, MTG

TYPE = str(RDF.type)
_D = str(MTG)
PROJECT, UNIT = _D + "Project", _D + "Unit"
OF_PROJECT, OF_USE, IN_PERIMETER = _D + "ofProject", _D + "ofLayerUse", _D + "inPerimeter"
USES, PERIMETERS, PERIMETER, LAYER = (
    _D + name for name in ("hasLayerUse", "hasPerimeter", "perimeter", "layer")
)
UNKNOWN, COMPLETE = _D + "declaresUnknown", _D + "declaresComplete"
RETAINS, ASSERTED = _D + "retains", _D + "assertedRequirement"
_YES_NO, _IOT_NETWORK, _SUBSCRIPTION, _SEVERAL_USES, _SINGLE_USE, _VIDEO, _NO_IMAGES = (
    str(ID) + name
    for name in (
        "yes-no/", "layer/iot-network", "management-mode/subscription", "scale/several-uses",
        "scale/single-use", "usage/video-protection", "images-viewed/none",
    )
)  # fmt: skip
_TRUE, _FALSE = ox.Literal(True), ox.Literal(False)
_NUMBERS = frozenset(str(XSD[name]) for name in ("integer", "decimal"))


class ClosingFact(NamedTuple):
    """One answer that the closing step gives a unit, and what it comes from."""

    property: str
    value: Term
    source: str
    from_property: str
    state: str

    def iri(self, unit: str) -> str:
        """Return the name of this fact about a unit, as the queries give it."""
        value = self.value if isinstance(self.value, str) else self.value.value
        digest = hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()
        return f"{unit}/fact/{self.property.rpartition('/')[2]}/{digest}"


@dataclass(eq=False)
class ClosedUnit:
    """A unit while it is closed: the parts of the description it stands for, and its answers."""

    iri: str
    project: str
    use: str | None
    perimeter: str | None
    facts: list[ClosingFact] = field(default_factory=list)
    answers: dict[str, list[Term]] = field(default_factory=dict)
    retains: list[str] = field(default_factory=list)
    asserted: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[str]:
        """Return the layer use, the perimeter and the project, nearest first."""
        if self.use is not None:
            yield self.use
        if self.perimeter is not None:
            yield self.perimeter
        yield self.project

    def write(self, fact: ClosingFact) -> None:
        """Add an answer with what it comes from."""
        self.facts.append(fact)
        values = self.answers.setdefault(fact.property, [])
        if fact.value not in values:
            values.append(fact.value)


@dataclass(frozen=True, eq=False)
class _Step:
    """What every closing function reads and writes: the description, its units, the rules of the date."""

    facts: Facts
    project: str
    units: tuple[ClosedUnit, ...]
    tables: Tables

    def all(self, prop: str) -> set[Term]:
        """Return the values of a property of the project, its layer uses and its perimeters."""
        of, project = self.facts.objects, self.project
        nodes = (project, *_iris(of(project, USES)), *_iris(of(project, PERIMETERS)))
        return {value for node in nodes for value in of(node, prop)}

    def derived(self, prop: str, value: str, from_property: str) -> None:
        """Conclude an answer for the whole project where no unit gives it yet."""
        fact = ClosingFact(prop, value, self.project, from_property, "derived")
        for unit in self.units:
            if prop not in unit.answers:
                unit.write(fact)


def closed(facts: Facts, project: str, tables: Tables) -> tuple[ClosedUnit, ...]:
    """Return the units of a project with what the closing step gives each.

    Raises Unusual where the queries would meet what these functions do not foresee.
    """
    units = tuple(_units(facts, project))
    names = {unit.iri for unit in units}
    if len(names) < len(units) or names & facts.by_subject.keys():
        raise Unusual  # two parts of one name make one unit; a unit may be written by hand
    step = _Step(facts, project, units, tables)
    for name in tables.closing:
        STEPS[name](step)
    return units


def closed_by_step(
    facts: Facts, project: str, tables: Tables
) -> Iterator[tuple[str, ClosedUnit, list[ClosingFact]]]:
    """Return (closing query, unit, the facts it gave the unit), in the order of the queries."""
    units = tuple(_units(facts, project))
    step = _Step(facts, project, units, tables)
    for name in tables.closing:
        before = [len(unit.facts) for unit in units]
        STEPS[name](step)
        for unit, known in zip(units, before, strict=True):
            yield name, unit, unit.facts[known:]


def _iris(terms: list[Term]) -> list[str]:
    found = [term for term in terms if isinstance(term, str)]
    if len(found) < len(terms):
        raise Unusual
    return found


def _units(facts: Facts, project: str) -> Iterator[ClosedUnit]:
    uses, areas = _iris(facts.objects(project, USES)), _iris(facts.objects(project, PERIMETERS))
    named = {use: _iris(facts.objects(use, PERIMETER)) for use in uses}
    for use, own in named.items():
        for area in own or areas:
            yield _unit(project, use, area)
        if not own and not areas:
            yield _unit(project, use, None)
    served = {area for own in named.values() for area in own}
    if all(named.values()):
        for area in areas:
            if area not in served:
                yield _unit(project, None, area)
    if not uses and not areas:
        yield _unit(project, None, None)


def _unit(project: str, use: str | None, area: str | None) -> ClosedUnit:
    names = "".join(f"-{_tail(part)}" for part in (use, area) if part is not None)
    return ClosedUnit(f"{project}#unit{names}", project, use, area)


def _tail(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _stated(step: _Step) -> None:
    """Give each unit the nearest stated answer: the layer use's, else the perimeter's, else the project's."""
    known: dict[str, tuple[list[ClosingFact], set[str]]] = {}
    for unit in step.units:
        settled: set[str] = set()
        for part in unit.parts():
            if part not in known:
                known[part] = _stated_of(part, step)
            facts, settles = known[part]
            for fact in facts:
                if fact.property not in settled:
                    unit.write(fact)
            settled |= settles


def _stated_of(part: str, step: _Step) -> tuple[list[ClosingFact], set[str]]:
    """Return the answers a part states, and the properties it settles: those stated or declared unknown."""
    said, answering = step.facts.by_subject.get(part, {}), step.tables.answering
    facts = [
        ClosingFact(prop, value, part, prop, "explicit")
        for prop, values in said.items()
        if prop in answering
        for value in values
    ]
    settles = {fact.property for fact in facts}
    for criterion in said.get(UNKNOWN, ()):
        settles.update(step.tables.properties_of.get(str(criterion), ()))
    return facts, settles


def _assumed(step: _Step) -> None:
    for node in _iris(step.facts.objects(step.project, _D + "assumes")):
        said = step.facts.by_subject.get(node, {})
        for prop in said.keys() & step.tables.answering.keys():
            for unit in step.units:
                if any(f.property == prop and f.state != "default" for f in unit.facts):
                    continue
                for value in said[prop]:
                    unit.write(ClosingFact(prop, value, node, prop, "default"))


def _bucketed(step: _Step) -> None:
    for unit in step.units:
        for fact in tuple(unit.facts):
            numeric = step.tables.numeric.get(fact.property)
            if numeric is None:
                continue
            bucket = numeric.bucket(_number(fact.value))
            unit.write(ClosingFact(numeric.range, bucket, unit.iri, fact.property, fact.state))


def _number(value: Term) -> Decimal:
    if isinstance(value, str) or value.datatype.value not in _NUMBERS:
        raise Unusual
    try:
        return Decimal(value.value)
    except InvalidOperation as error:
        raise Unusual from error


def _layers_complete(step: _Step) -> None:
    of, project = step.facts.objects, step.project
    if _TRUE not in of(project, _D + "layersComplete"):
        return
    uses = _iris(of(project, USES))
    layers = {layer for use in uses for layer in of(use, LAYER)}
    conclusions: list[tuple[str, str]] = []
    groups = {step.tables.group_of.get(str(layer)) for layer in layers}
    if not step.tables.groups <= groups:
        conclusions.append(("endToEnd", "no"))
    if _IOT_NETWORK not in layers:
        conclusions.append(("networkLayer", "no"))
    modes = [unit.answers.get(_D + "managementMode", []) for unit in step.units]
    subscribed = bool(uses) and all(_SUBSCRIPTION in given for given in modes)
    if any(mode != _SUBSCRIPTION for given in modes for mode in given):
        conclusions.append(("onlySubscribed", "no"))
        if subscribed:
            raise Unusual  # one unit, two modes
    elif subscribed:
        conclusions.append(("onlySubscribed", "yes"))
    for name, answer in conclusions:
        step.derived(_D + name, _YES_NO + answer, _D + "layersComplete")


def _scale(step: _Step) -> None:
    usages, complete = step.all(_D + "usage"), _usages_complete(step)
    if len(usages) > 1:
        step.derived(_D + "scale", _SEVERAL_USES, _D + "usage")
    elif usages and complete:
        step.derived(_D + "scale", _SINGLE_USE, _D + "usage")


def _no_images(step: _Step) -> None:
    if _usages_complete(step) and _VIDEO not in step.all(_D + "usage"):
        step.derived(_D + "imagesViewed", _NO_IMAGES, _D + "usagesComplete")


def _usages_complete(step: _Step) -> bool:
    stated = step.facts.objects(step.project, _D + "usagesComplete")
    if len(stated) > 1 or any(v not in (_TRUE, _FALSE) for v in stated):
        raise Unusual
    return _TRUE in stated


def _left_out(step: _Step) -> None:
    """Leave out of a complete list the values it does not name."""
    for unit in step.units:
        for several in step.tables.several:
            given = unit.answers.get(several.property)
            if not given:
                continue
            sources = [
                (part, COMPLETE)
                for part in unit.parts()
                if several.criterion in step.facts.objects(part, COMPLETE)
            ]
            if any(value in several.alone for value in given):
                sources.append((unit.iri, several.property))
            for source, prop in sources:
                for value in several.values:
                    if value not in given:
                        fact = ClosingFact(several.excluded, value, source, prop, "derived")
                        unit.write(fact)


def _retained(step: _Step) -> None:
    for unit in step.units:
        for part in unit.parts():
            found = step.facts.objects(part, RETAINS)
            if found:
                unit.retains = _iris(found)
                break


def _asserted(step: _Step) -> None:
    of = step.facts.objects
    for unit in step.units:
        for part in unit.parts():
            for node in _iris(of(part, _D + "assertsRequirement")):
                for requirement in _iris(of(node, _D + "requirement")):
                    if requirement not in unit.asserted:
                        unit.asserted.append(requirement)


def _made_already(step: _Step) -> None:
    """Do nothing: `_units` made the units, from which all the rest follows."""


STEPS: dict[str, Callable[[_Step], None]] = {
    "10-units": _made_already,
    "20-stated-answers": _stated,
    "30-assumed-answers": _assumed,
    "40-buckets": _bucketed,
    "50-layers-complete": _layers_complete,
    "60-scale": _scale,
    "65-images": _no_images,
    "70-left-out": _left_out,
    "80-retained": _retained,
    "90-asserted-requirements": _asserted,
}
