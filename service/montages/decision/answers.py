"""What each unit answers once facts are closed and reasoned on, and how each answer is known (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from montages.decision.facts import Facts, from_graph, label
from montages.knowledge.model import Criterion, Text
from montages.knowledge.names_of_things import name_of
from montages.knowledge.periods import Rules
from montages.names import MTG, slug

_STATES: dict[Node, str] = {
    MTG.Explicit: "explicit",
    MTG.Default: "default",
    MTG.DerivedState: "derived",
}


@dataclass(frozen=True)
class Given:
    """The answer of a unit to a criterion; no value means that it is not known."""

    values: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    state: str = "not-asked"
    number: Decimal | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.values, self.excluded, self.state, self.number))


NOTHING = Given()


@dataclass(frozen=True, eq=False)
class Unit:
    """One layer use in one perimeter, with its answers by criterion."""

    iri: URIRef
    id: str
    label: Text
    layer: str | None
    perimeter: str | None
    mode: str | None
    given: dict[str, Given] = field(default_factory=dict)
    asserted: frozenset[str] = frozenset()
    retained: tuple[str, ...] = ()

    def answer(self, criterion: str) -> Given:
        """Return the answer to a criterion, `NOTHING` when there is none."""
        return self.given.get(criterion, NOTHING)


def units(project: URIRef, facts: Graph, closure: Graph, rules: Rules) -> tuple[Unit, ...]:
    """Return the units of a project, sorted by identifier; `facts` are asserted and closing triples."""
    found = sorted(s for s in closure.subjects(MTG.ofProject, project) if isinstance(s, URIRef))
    ids = unique_ids([_place(iri, facts) for iri in found])
    made = [_unit(iri, name, facts, closure, rules) for iri, name in zip(found, ids, strict=True)]
    return tuple(sorted(made, key=lambda unit: unit.id))


def unique_ids(places: Sequence[tuple[str | None, str | None]]) -> list[str]:
    """Return an identifier for each (layer, perimeter), both IRIs or None: `objects@centre`, `objects.2`."""
    seen: dict[str, int] = {}
    out = []
    for place in places:
        name = "@".join(slug(part) for part in place if part is not None) or "project"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return out


def _place(iri: URIRef, facts: Graph) -> tuple[str | None, str | None]:
    use, area = facts.value(iri, MTG.ofLayerUse), facts.value(iri, MTG.inPerimeter)
    layer = facts.value(use, MTG.layer) if use else None
    return (str(layer) if layer else None, str(area) if area else None)


def _unit(iri: URIRef, name: str, facts: Graph, closure: Graph, rules: Rules) -> Unit:
    use, area = facts.value(iri, MTG.ofLayerUse), facts.value(iri, MTG.inPerimeter)
    layer, perimeter = _place(iri, facts)
    nodes = [n for n in (use, area, facts.value(iri, MTG.ofProject)) if n is not None]
    given = {c.slug: _given(iri, nodes, c, facts, closure) for c in rules.criteria.values()}
    mode = given["management-mode"].values if "management-mode" in given else frozenset()
    return Unit(
        iri=iri,
        id=name,
        label=unit_label(layer, perimeter, from_graph(facts)),
        layer=slug(layer) if layer else None,
        perimeter=slug(perimeter) if perimeter else None,
        mode=next(iter(sorted(mode)), None),
        given={name: g for name, g in given.items() if g != NOTHING},
        asserted=frozenset(slug(str(r)) for r in facts.objects(iri, MTG.assertedRequirement)),
        retained=tuple(sorted(slug(str(c)) for c in facts.objects(iri, MTG.retains))),
    )


def unit_label(layer: str | None, perimeter: str | None, facts: Facts) -> Text:
    """Return the name of a unit: its layer's and its perimeter's."""
    names = [name_of(layer)] if layer else []
    names += [label(facts, perimeter)] if perimeter else []
    if not names:
        return Text("Ensemble du projet", "The whole project")
    return Text(" — ".join(n.fr for n in names), " — ".join(n.en for n in names))


def _given(
    iri: URIRef, nodes: list[Node], criterion: Criterion, facts: Graph, closure: Graph
) -> Given:
    values = {o for o in closure.objects(iri, criterion.property) if isinstance(o, URIRef)}
    left_out = (
        {slug(str(o)) for o in closure.objects(iri, criterion.excluded_property)}
        if criterion.excluded_property
        else set()
    )
    if not values:
        unknown = any((n, MTG.declaresUnknown, criterion.iri) in facts for n in nodes)
        state = "explicit-unknown" if unknown else "not-asked"
        return Given(excluded=frozenset(left_out), state=state) if unknown or left_out else NOTHING
    number = (
        facts.value(iri, criterion.numeric_property, any=True)
        if criterion.numeric_property
        else None
    )
    return Given(
        values=frozenset(slug(v) for v in values),
        excluded=frozenset(left_out),
        state=_state(iri, criterion.property, values, facts),
        number=_number(number),
    )


def _number(value: Node | None) -> Decimal | None:
    """Return a number; None for a word in its place, which the shapes tell."""
    known = value.value if isinstance(value, Literal) else None
    if isinstance(known, (int, float, Decimal)) and not isinstance(known, bool):
        return Decimal(str(known))
    return None


def _state(iri: URIRef, prop: URIRef, values: set[URIRef], facts: Graph) -> str:
    states = set()
    for fact in facts.subjects(RDF.subject, iri):
        if (fact, RDF.predicate, prop) in facts and facts.value(fact, RDF.object) in values:
            states |= {_STATES[o] for o in facts.objects(fact, MTG.inputState) if o in _STATES}
    return next((s for s in ("explicit", "derived", "default") if s in states), "derived")
