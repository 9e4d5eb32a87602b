"""A description as a tree of our keys, as YAML and JSON hold it: the way back of parsing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from montages.knowledge import description_keys
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug

Tree = dict[str, Any]
# Keys of a node whose values are slugs of things, texts, and yes or no.
_THINGS = (
    "usages", "retained", "retained-procedure", "retained-channels", "retained-vehicle", "contract-state",
    "unknown", "complete",
)  # fmt: skip
_TEXTS = (
    "description", "wanted-by", "own-words", "not-understood", "unsure", "signed-on", "contract-state-on",
)  # fmt: skip
_FLAGS = ("layers-complete", "usages-complete", "presumptions")


def to_keys(graph: Graph, project: URIRef) -> Tree:
    """Return the statements of a graph on a project as a tree of our keys; what has no key is left out."""
    tree: Tree = {"project": _name(graph, project) or slug(project), "id": slug(project)}
    english = [str(name) for name in _labels(graph, project) if name.language == "en"]
    if english and english[0] != tree["project"]:
        tree["project-en"] = english[0]
    holders = sorted(graph.objects(project, MTG.holder), key=str)
    if holders:
        tree["holder"] = _holder(graph, holders)
    areas = sorted(graph.objects(project, MTG.hasPerimeter), key=str)
    if areas:
        tree["perimeters"] = {slug(str(area)): _named(graph, area) for area in areas}
    uses = sorted(graph.objects(project, MTG.hasLayerUse), key=str)
    if uses:
        tree["layers"] = [_layer(graph, use) for use in uses]
    return tree | _node(graph, project)


def _holder(graph: Graph, holders: Sequence[Node]) -> Tree:
    """Return the holder; of several, who are one holder of several kinds in our keys, the names in a row."""
    types = sorted({str(kind) for holder in holders for kind in graph.objects(holder, RDF.type)})
    kinds = [slug(kind) for kind in types if kind.startswith(MTG)]
    names = [name for holder in holders if (name := _name(graph, holder))]
    siren = graph.value(holders[0], MTG.siren, any=True) if len(holders) == 1 else None
    tree = {
        "name": ", ".join(names),
        "type": _one_or_all(kinds) if kinds else None,
        "siren": str(siren) if siren is not None else None,
    }
    return {key: value for key, value in tree.items() if value}


def _layer(graph: Graph, use: Node) -> Tree:
    tree = {"layer": _one_or_all(_slugs(graph.objects(use, MTG.layer)))}
    modes = _slugs(graph.objects(use, MTG.managementMode))
    if modes:
        tree["mode"] = _one_or_all(modes)
    areas = _slugs(graph.objects(use, MTG.perimeter))
    if areas:
        tree["perimeter"] = _one_or_all(areas)
    return tree | _named(graph, use, without=("management-mode",))


def _named(graph: Graph, node: Node, without: tuple[str, ...] = ()) -> Tree:
    name = _name(graph, node)
    named = {"name": name} if name and name != slug(str(node)) else {}
    return named | _node(graph, node, without)


def _node(graph: Graph, node: Node, without: tuple[str, ...] = ()) -> Tree:
    """Return the keys that a project, a perimeter and a layer use share, with their values."""
    tree: Tree = {}
    properties = description_keys.key_properties()
    for key in _TEXTS:
        text = graph.value(node, properties[key], any=True)
        if text is not None:
            tree[key] = str(text)
    for key in _FLAGS:
        flag = graph.value(node, properties[key], any=True)
        if isinstance(flag, Literal):
            tree[key] = bool(flag.value)
    for key in _THINGS:
        slugs = _slugs(graph.objects(node, properties[key]))
        if slugs:
            tree[key] = slugs
    answers = {k: v for k, v in _answers(graph, node).items() if k not in without}
    if answers:
        tree["answers"] = answers
    assumed: Tree = {}
    for assumption in graph.objects(node, MTG.assumes):
        assumed |= _answers(graph, assumption)
    if assumed:
        tree["assumes"] = dict(sorted(assumed.items()))
    asserted = {
        slug(str(graph.value(a, MTG.requirement))): str(
            graph.value(a, MTG.assertionNote, any=True) or ""
        )
        for a in graph.objects(node, MTG.assertsRequirement)
    }
    return tree | ({"asserts": dict(sorted(asserted.items()))} if asserted else {})


def _answers(graph: Graph, node: Node) -> Tree:
    """Return the answers of a node, in author order."""
    tree: Tree = {}
    criteria = rulebook().criteria
    for key, name in description_keys.answer_keys().items():
        criterion = criteria[name]
        values = list(graph.objects(node, criterion.answer_path))
        if criterion.numeric_property:
            numbers = sorted(_number(o) for o in values if isinstance(o, Literal))
            if numbers:
                tree[key] = _one_or_all(numbers)
        elif values:
            slugs = {slug(str(o)) for o in values}
            listed = [v.slug for v in criterion.values if v.slug in slugs]
            tree[key] = listed if criterion.multiple else _one_or_all(listed)
    return tree


def _number(literal: Literal) -> int | float:
    value = float(literal)
    return int(value) if value.is_integer() else value


def _slugs(nodes: Iterable[Node]) -> list[str]:
    return sorted(slug(str(node)) for node in nodes)


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _name(graph: Graph, node: Node) -> str | None:
    names = sorted(_labels(graph, node), key=lambda name: name.language != "fr")
    return str(names[0]) if names else None


def _labels(graph: Graph, node: Node) -> list[Literal]:
    return [name for name in graph.objects(node, RDFS.label) if isinstance(name, Literal)]
