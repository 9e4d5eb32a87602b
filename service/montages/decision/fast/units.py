"""What each unit answers, read off what was closed and concluded: `decision.answers`, over plain data."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import URIRef

from montages.decision.answers import Given, Unit, unique_ids, unit_label
from montages.decision.facts import Facts
from montages.decision.fast.close import LAYER, UNKNOWN, ClosedUnit
from montages.decision.fast.unusual import Unusual
from montages.decision.rl.closure import Closure
from montages.knowledge.periods import Rules
from montages.names import slug


@dataclass(frozen=True, eq=False)
class _Asked:
    """The properties of a criterion, as texts."""

    slug: str
    iri: str
    property: str
    excluded: str | None
    number: str | None


@cache
def _asked(rules: Rules) -> tuple[_Asked, ...]:
    return tuple(
        _Asked(
            c.slug,
            str(c.iri),
            str(c.property),
            str(c.excluded_property) if c.excluded_property else None,
            str(c.numeric_property) if c.numeric_property else None,
        )
        for c in rules.criteria.values()
    )


def units_of(
    found: Sequence[ClosedUnit], facts: Facts, closure: Closure, rules: Rules
) -> list[tuple[ClosedUnit, Unit]]:
    """Return each closed unit with its answers, sorted by identifier."""
    ordered = sorted(found, key=lambda unit: unit.iri)
    layers = {unit.iri: layer_of(unit, facts) for unit in ordered}
    ids = unique_ids([(layers[unit.iri], unit.perimeter) for unit in ordered])
    made = [
        (unit, _unit(unit, name, layers[unit.iri], facts, closure, rules))
        for unit, name in zip(ordered, ids, strict=True)
    ]
    return sorted(made, key=lambda pair: pair[1].id)


def layer_of(unit: ClosedUnit, facts: Facts) -> str | None:
    """Return the layer of a unit; raises Unusual where it is not one thing."""
    stated = facts.objects(unit.use, LAYER) if unit.use is not None else []
    if len(stated) > 1 or not all(isinstance(layer, str) for layer in stated):
        raise Unusual
    return str(stated[0]) if stated else None


def _unit(
    unit: ClosedUnit, name: str, layer: str | None, facts: Facts, closure: Closure, rules: Rules
) -> Unit:
    given = dict(_answers(unit, facts, closure, rules))
    mode = given["management-mode"].values if "management-mode" in given else frozenset()
    return Unit(
        iri=URIRef(unit.iri),
        id=name,
        label=unit_label(layer, unit.perimeter, facts),
        layer=slug(layer) if layer else None,
        perimeter=slug(unit.perimeter) if unit.perimeter else None,
        mode=min(mode, default=None),
        given=given,
        asserted=frozenset(slug(r) for r in unit.asserted),
        retained=tuple(sorted(slug(c) for c in unit.retains)),
    )


def _answers(
    unit: ClosedUnit, facts: Facts, closure: Closure, rules: Rules
) -> Iterator[tuple[str, Given]]:
    out = closure.edges(unit.iri)
    unknown = {value for part in unit.parts() for value in facts.objects(part, UNKNOWN)}
    for asked in _asked(rules):
        values = out.get(asked.property, ())
        left_out = out.get(asked.excluded, ()) if asked.excluded else ()
        if values:
            yield (
                asked.slug,
                Given(
                    values=_names(values),
                    excluded=_names(left_out),
                    state=_state(unit, asked.property, values),
                    number=_number(unit, asked.number),
                ),
            )
        elif left_out or asked.iri in unknown:
            state = "explicit-unknown" if asked.iri in unknown else "not-asked"
            yield asked.slug, Given(excluded=_names(left_out), state=state)


def _names(values: Iterable[str]) -> frozenset[str]:
    return frozenset(map(slug, values))


def _state(unit: ClosedUnit, prop: str, values: Container[object]) -> str:
    states = {f.state for f in unit.facts if f.property == prop and f.value in values}
    return next((s for s in ("explicit", "derived", "default") if s in states), "derived")


def _number(unit: ClosedUnit, prop: str | None) -> Decimal | None:
    stated = unit.answers.get(prop, []) if prop else []
    if not stated:
        return None
    if len(stated) > 1 or isinstance(stated[0], str):
        raise Unusual
    return Decimal(stated[0].value)
