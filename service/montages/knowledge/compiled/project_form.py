"""The form of a project description, made of the shapes that judge it: what form generators show.

One node shape, `ProjectForm`: each question once, in groups by theme, in the order in which officers know the
answers, with the names of all that can be chosen. It has no target: it judges nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from montages.bilingual import Text, message
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.compiled.answer_shapes import answer_shape
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text, label
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, PREFIXES, SHAPE

FORM, HOLDER, LAYER_USE = (SHAPE[name] for name in ("ProjectForm", "HolderForm", "LayerUseForm"))
_PROJECT = SHAPE["Group-project"]
# How a layer is run is asked of each layer, and the kind of holder of the holder; what follows, of nobody.
_OF_LAYERS, _OF_HOLDERS, _DERIVED = "management-mode", "holder", "Derived"


@cache
def project_form() -> Graph:
    """Return the form: its node shapes, its groups, and the names of what can be chosen. Do not modify."""
    graph, criteria = Graph(), rulebook().criteria
    mode = criteria[_OF_LAYERS]
    apart = {_OF_LAYERS, _OF_HOLDERS}
    asked = [c for c in criteria.values() if c.answer_origin != _DERIVED and c.slug not in apart]
    name = _field(graph, "name", RDFS.label, message("Name of the project"), 10, required=True)
    holder = _field(graph, "holder", MTG.holder, message("Who carries the project?"), 20)
    usages = _field(graph, "usages", MTG.usage, message("What is it for?"), 30)
    layers = _field(graph, "layers", MTG.hasLayerUse, message("Which layers does it use?"), 40)
    kind = _field(graph, "holder-kind", RDF.type, message("Kind of body"), 10, required=True)
    layer = _field(graph, "layer", MTG.layer, message("Layer"), 10, required=True)
    graph.add((holder, SH.node, HOLDER))
    graph.add((layers, SH.node, LAYER_USE))
    _choice(graph, usages, _things(MTG.Usage))
    _choice(graph, layer, _things(MTG.Layer))
    _choice(graph, kind, [MTG[name] for name in dict.fromkeys(classes_of_holders().values())])
    answers = [answer_shape(criterion) for criterion in asked]
    _node(graph, FORM, message("A project"), [name, holder, usages, layers, *answers], MTG.Project)
    _node(graph, HOLDER, message("The holder"), [kind])
    _node(graph, LAYER_USE, message("A layer"), [layer, answer_shape(mode)], MTG.LayerUse)
    for criterion in (*asked, mode):
        for value in criterion.values:
            add_text(graph, value.iri, SKOS.prefLabel, value.label)
    _group(graph, _PROJECT, message("The project"), 0)
    for theme in library.data().subjects(SKOS.inScheme, PREFIXES["scheme"]["theme"]):
        order = int(str(library.data().value(theme, MTG.displayOrder)))
        _group(graph, SHAPE[f"Group-{_end(theme)}"], label(library.data(), theme), order)
    return graph


def _things(kind: URIRef) -> list[URIRef]:
    """Return the things of a kind, in their order."""
    data = library.data()
    things = [thing for thing in data.subjects(RDF.type, kind) if isinstance(thing, URIRef)]
    return sorted(things, key=lambda thing: int(str(data.value(thing, MTG.displayOrder))))


def _end(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def _node(
    graph: Graph, shape: URIRef, name: Text, fields: Iterable[URIRef], kind: URIRef | None = None
) -> None:
    """Add a node shape with its fields; what it describes is of a kind."""
    graph.add((shape, RDF.type, SH.NodeShape))
    add_text(graph, shape, RDFS.label, name)
    for field in fields:
        graph.add((shape, SH.property, field))
    if kind is not None:
        typed = _field(graph, f"{_end(shape)}-type", RDF.type, message("Kind"), 0)
        graph.add((typed, SH.nodeKind, SH.IRI))
        graph.add((typed, SH.hasValue, kind))
        graph.add((shape, SH.property, typed))


def _field(
    graph: Graph, name: str, path: URIRef, question: Text, order: int, *, required: bool = False
) -> URIRef:
    shape = SHAPE[f"Form-{name}"]
    graph.add((shape, RDF.type, SH.PropertyShape))
    graph.add((shape, SH.path, path))
    graph.add((shape, SH.order, Literal(order)))
    graph.add((shape, SH.group, _PROJECT))
    add_text(graph, shape, SH.name, question)
    if required:
        graph.add((shape, SH.minCount, Literal(1)))
        graph.add((shape, SH.maxCount, Literal(1)))
    return shape


def _choice(graph: Graph, shape: URIRef, things: Sequence[URIRef]) -> None:
    """Add what can be chosen, each with its name."""
    members = SHAPE[f"{_end(shape)}-list"]
    Collection(graph, members, list(things))
    graph.add((shape, SH.nodeKind, SH.IRI))
    graph.add((shape, SH["in"], members))
    for thing in things:
        source = (
            library.data()
            if (thing, SKOS.prefLabel, None) in library.data()
            else library.ontology()
        )
        add_text(graph, thing, SKOS.prefLabel, label(source, thing))


def _group(graph: Graph, group: URIRef, name: Text, order: int) -> None:
    graph.add((group, RDF.type, SH.PropertyGroup))
    add_text(graph, group, RDFS.label, name)
    graph.add((group, SH.order, Literal(order)))
