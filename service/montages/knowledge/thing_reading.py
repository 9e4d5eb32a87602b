"""Things of the data as plain data: each field is read by its type, under the property of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from rdflib import SKOS, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.graphs import (
    clauses,
    conditions,
    first_slug,
    label,
    need,
    one,
    passages,
    slugs,
    span,
    text,
)  # fmt: skip
from montages.knowledge.law import Clause, Condition, Passage, Span
from montages.knowledge.model import Value
from montages.names import MTG, slug

T = TypeVar("T")
_Read = Callable[[Graph, URIRef, URIRef], Any]

_BY_TYPE: dict[Any, _Read] = {
    Text: text,
    bool: lambda graph, iri, prop: bool(one(graph, iri, prop, False)),
    int: lambda graph, iri, prop: int(one(graph, iri, prop, 0)),
    int | None: one,
    URIRef: need,
    URIRef | None: one,
    str | None: first_slug,
    tuple[str, ...]: slugs,
    tuple[Clause, ...]: clauses,
    tuple[Condition, ...]: conditions,
    tuple[Passage, ...]: passages,
    Span: lambda graph, iri, prop: span(graph, iri),
}
# What each thing that has it says in one way.
_BY_NAME: dict[str, Callable[[Graph, URIRef], Any]] = {
    "slug": lambda graph, iri: slug(iri),
    "iri": lambda graph, iri: iri,
    "label": label,
    "certainty": lambda graph, iri: slug(one(graph, iri, MTG.certainty, MTG.Verified)),
}
_PROPERTIES = {"sources": MTG.source, "order": MTG.displayOrder}
_NONE: Mapping[str, URIRef] = MappingProxyType({})


def read_thing(
    cls: type[T], graph: Graph, thing: URIRef, under: Mapping[str, URIRef] = _NONE, /, **values: Any
) -> T:
    """Return what a graph says of a thing, as its class; `values` are the fields that are worked out apart.

    `under` are the properties of those fields that have another name. Raises BrokenKnowledge where a needed
    statement is missing.
    """
    hashable: Any = cls
    for name, kind in _kinds(hashable).items():
        if name not in values:
            if by_name := _BY_NAME.get(name):
                values[name] = by_name(graph, thing)
            else:
                prop = under.get(name) or _PROPERTIES.get(name) or _property(name)
                values[name] = _BY_TYPE[kind](graph, thing, prop)
    return cls(**values)


@cache
def _kinds(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}


@cache
def _property(name: str) -> URIRef:
    first, *others = name.split("_")
    return MTG[first + "".join(map(str.capitalize, others))]


def closed_list(graph: Graph, scheme: Node) -> tuple[Value, ...]:
    """Return the values of a scheme, in author order."""
    members = [iri for iri in graph.subjects(SKOS.inScheme, scheme) if isinstance(iri, URIRef)]
    members.sort(key=lambda iri: (one(graph, iri, MTG.displayOrder, 0), iri))
    return tuple(read_thing(Value, graph, iri) for iri in members)
