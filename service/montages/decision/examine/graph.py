"""Examine an RDF text against other shapes than those of a project: a rulebook, a catalogue (V2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from montages.decision import parse
from montages.decision.check import TARGETS, finding_of, looked_at_by
from montages.decision.examine.text import NOTHING, Examined, located, places
from montages.decision.findings import Finding, Report
from montages.decision.json_tree import safe
from montages.errors import BrokenKnowledge, UnreadableInput
from montages.knowledge import library
from montages.knowledge.context import knows_project_keys
from montages.knowledge.model import Text
from montages.names import BASE, compact, iris, slug

# What pySHACL honours without its extensions; a shape that says more is refused by the name of what it says.
_SUPPORTED = frozenset(
    SH[name]
    for name in (
        "alternativePath", "and", "class", "closed", "datatype", "declare", "deactivated",
        "description", "disjoint", "equals", "flags", "group", "hasValue", "ignoredProperties",
        "in", "inversePath", "languageIn", "lessThan", "lessThanOrEquals", "maxCount",
        "maxExclusive", "maxInclusive", "maxLength", "message", "minCount", "minExclusive",
        "minInclusive", "minLength", "name", "namespace", "node", "nodeKind", "not",
        "oneOrMorePath", "or", "order", "path", "pattern", "prefix", "prefixes", "property",
        "qualifiedMaxCount", "qualifiedMinCount", "qualifiedValueShape",
        "qualifiedValueShapesDisjoint", "select", "severity", "sparql", "targetClass",
        "targetNode", "targetObjectsOf", "targetSubjectsOf", "uniqueLang", "xone",
        "zeroOrMorePath", "zeroOrOnePath",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A set of shapes that may be chosen: its file, and whether our data goes with what is sent."""

    file: str
    with_ours: bool
    nothing: Text


KINDS = {
    "rulebook": Kind(
        "rulebook.ttl",
        True,
        Text(
            "Rien n'a été contrôlé : ce texte ne contient rien d'un recueil de règles (exigence, critère, "
            "seuil, point d'attention, montage).",
            "Nothing was checked: this text holds nothing of a rulebook (requirement, criterion, threshold, "
            "point of attention, arrangement).",
        ),
    ),
    "catalogue": Kind(
        "catalogue.ttl",
        False,
        Text(
            "Rien n'a été contrôlé : ce texte ne décrit aucun catalogue ni jeu de données (dcat:Catalog, "
            "dcat:Dataset).",
            "Nothing was checked: this text describes no catalogue and no dataset (dcat:Catalog, "
            "dcat:Dataset).",
        ),
    ),
}


def examine_graph(source: bytes | str, syntax: str, kind: str) -> Examined:
    """Return what the shapes of a kind find in an RDF text; `kind` is rulebook or catalogue.

    Raises UnreadableInput or TooLarge for what cannot be read, BrokenKnowledge naming what is not supported.
    """
    text, chosen = parse.decode(source), KINDS[kind]
    graph, shapes = _graph(text, syntax), shapes_of(chosen.file)
    known = graph + _ours(graph) if chosen.with_ours else graph + Graph()
    counts = _looked_at(graph, known, shapes)
    if not any(counts.values()):
        finding = Finding("violation", NOTHING, BASE, "", "", chosen.nothing)
        return Examined(Report((finding,), counts))
    own: list[str | URIRef] = [*iris(set(graph.subjects()))]
    _, results, _ = pyshacl.validate(
        known, shacl_graph=shapes, advanced=False, inplace=True, focus_nodes=own
    )
    assert isinstance(results, Graph)
    found = []
    for node in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(node, SH.focusNode)
        if focus in own:
            found.append(finding_of(results, node, shapes))
    where = places(text, syntax)
    return Examined(Report(located(found, where), counts))


def _graph(text: str, syntax: str) -> Graph:
    if syntax in ("json", "yaml", "json-ld"):
        tree = parse.tree(text, syntax)
        if not isinstance(tree, (dict, list)) or (
            isinstance(tree, dict) and knows_project_keys(tree)
        ):
            raise UnreadableInput(
                "Il faut du RDF (Turtle, JSON-LD, RDF/XML, N-Triples) : nos clés YAML et JSON ne "
                "décrivent que des projets.",
                "RDF is needed (Turtle, JSON-LD, RDF/XML, N-Triples): our YAML and JSON keys describe "
                "projects only.",
            )
        text, syntax = json.dumps(safe(tree)), "json-ld"
    return parse.named_graph(text, syntax)


@cache
def shapes_of(file: str) -> Graph:
    """Return the shapes of a file; raises BrokenKnowledge naming a construct that would be left out."""
    shapes = library.read([path for path in library.files("shapes") if path.name == file])
    for term in iris(set(shapes.predicates())):
        if str(term).startswith(str(SH)) and term not in _SUPPORTED:
            name = compact(str(term)).removeprefix(str(SH))
            raise BrokenKnowledge(
                f"shapes/{file} : sh:{name} n'est pas pris en charge. Écrivez-le autrement.",
                f"shapes/{file}: sh:{name} is not supported. Write it another way.",
                kind=f"sh:{name}",
            )
    return shapes


def _ours(given: Graph) -> Graph:
    """Return what our ontology and data say of the things that a text does not describe itself."""
    graph, described = Graph(), set(given.subjects())
    graph.addN((*triple, graph) for owner, triple in _known() if owner not in described)
    return graph


@cache
def _known() -> list[tuple[Node, tuple[Node, Node, Node]]]:
    """Return our ontology and data, each triple with the named thing it is a part of."""
    found = []
    for part in (library.ontology(), library.data()):
        owners = _owners(part)
        found += [(owners.get(triple[0], triple[0]), triple) for triple in part]
    return found


def _owners(graph: Graph) -> dict[Node, Node]:
    """Return for each blank node the named thing it is a part of."""
    holders = {o: s for s, _, o in graph if isinstance(o, BNode)}
    owners: dict[Node, Node] = {}
    for node in holders:
        top: Node = node
        while isinstance(top, BNode) and top in holders:
            top = holders[top]
        owners[node] = top
    return owners


def _looked_at(graph: Graph, known: Graph, shapes: Graph) -> dict[str, int]:
    """Return how many nodes of a graph each targeted shape looks at."""
    counts = {}
    for shape in iris({s for target in TARGETS for s in shapes.subjects(target, None)}):
        nodes = looked_at_by(shape, graph, known, shapes)
        nodes |= {n for n in shapes.objects(shape, SH.targetNode) if isinstance(n, URIRef)}
        counts[slug(str(shape))] = len(nodes & set(graph.all_nodes()))
    return counts
