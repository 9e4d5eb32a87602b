"""An RDF text against other shapes than those of a project: of a rulebook, of a catalogue (V2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDF, RDFS, SH, BNode, Graph
from rdflib.term import Node

from montages.bilingual import Text, message
from montages.description import limits
from montages.description.facts import Facts
from montages.description.parsing import parse
from montages.description.parsing.source_text import TREE_SYNTAXES, decode
from montages.errors import BrokenKnowledge, UnreadableInput
from montages.knowledge.description_keys import knows_project_keys
from montages.knowledge.files import library
from montages.names import BASE, compact, iris
from montages.validation.finding_places import places_in_text, with_places
from montages.validation.findings import Finding, Report
from montages.validation.shape_check import count_focus_nodes, finding_of
from montages.validation.validate_text import NOTHING_CHECKED

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
class ShapeSet:
    """Shapes that may be chosen: their file, whether our data goes with a text, and the finding on none."""

    file: str
    with_our_data: bool
    nothing_checked: Text


SHAPE_SETS = {
    "rulebook": ShapeSet(
        "rulebook.ttl",
        True,
        message(
            "Nothing was checked: this text holds nothing of a rulebook (requirement, "
            "criterion, threshold, point of attention, arrangement)."
        ),
    ),
    "catalogue": ShapeSet(
        "catalogue.ttl",
        False,
        message(
            "Nothing was checked: this text describes no catalogue and no dataset "
            "(dcat:Catalog, dcat:Dataset)."
        ),
    ),
}


def validate_graph(source: bytes | str, syntax: str, shape_set: str) -> Report:
    """Return the findings of a set of shapes on an RDF text; `shape_set` is rulebook or catalogue.

    Raises UnreadableInput or TooLarge for what cannot be read, BrokenKnowledge naming what is not supported.
    """
    text, chosen = decode(source), SHAPE_SETS[shape_set]
    facts, shapes = _facts(text, syntax), shapes_of(chosen.file)
    limits.check_count(
        "max_nodes", len(facts.by_subject)
    )  # pySHACL looks through all of them for each
    graph = facts.graph()
    described, classes = set(graph.subjects()), Graph()
    classes += graph.triples((None, RDFS.subClassOf, None))
    if chosen.with_our_data:
        ours = library.ontology().triples((None, RDFS.subClassOf, None))
        classes += (triple for triple in ours if triple[0] not in described)
    counts = count_focus_nodes(shapes, graph, classes)
    if not any(counts.values()):
        finding = Finding("violation", NOTHING_CHECKED, BASE, "", "", chosen.nothing_checked)
        return Report((finding,), counts)
    data = graph + (_our_data(graph) if chosen.with_our_data else Graph())
    own = {*iris(set(graph.subjects()))}
    _, results, _ = pyshacl.validate(
        data, shacl_graph=shapes, advanced=False, inplace=True, focus_nodes=[*own]
    )
    assert isinstance(results, Graph)
    findings = [
        finding_of(results, node, shapes)
        for node in results.subjects(RDF.type, SH.ValidationResult)
        if results.value(node, SH.focusNode) in own
    ]
    return Report(with_places(findings, places_in_text(text, syntax)), counts)


def _facts(text: str, syntax: str) -> Facts:
    if syntax in TREE_SYNTAXES:
        tree = parse.parse_tree(text, syntax)
        if not isinstance(tree, (dict, list)) or knows_project_keys(tree):
            raise UnreadableInput(
                message(
                    "RDF is needed (Turtle, JSON-LD, RDF/XML, N-Triples): our YAML and JSON "
                    "keys describe projects only."
                )
            )
        return parse.parse_json_ld(tree)
    return parse.parse_rdf(text, syntax)


@cache
def shapes_of(file: str) -> Graph:
    """Return the shapes of a file; raises BrokenKnowledge naming a construct that would be left out."""
    shapes = library.read([path for path in library.files("shapes") if path.name == file])
    for term in iris(set(shapes.predicates())):
        if str(term).startswith(str(SH)) and term not in _SUPPORTED:
            name = compact(str(term)).removeprefix(str(SH))
            raise BrokenKnowledge(
                message(
                    "shapes/{file}: sh:{name} is not supported. Write it another way.",
                    file=file,
                    name=name,
                ),
                kind=f"sh:{name}",
            )
    return shapes


def _our_data(graph: Graph) -> Graph:
    """Return our ontology and data, but for the things that a graph describes itself."""
    ours, described = Graph(), set(graph.subjects())
    ours.addN((*triple, ours) for owner, triple in _triples_by_owner() if owner not in described)
    return ours


@cache
def _triples_by_owner() -> list[tuple[Node, tuple[Node, Node, Node]]]:
    """Return our ontology and data, each triple with the named thing it is a part of."""
    pairs = []
    for graph in (library.ontology(), library.data()):
        holders = {o: s for s, _, o in graph if isinstance(o, BNode)}
        owners: dict[Node, Node] = {}
        for node in holders:
            top: Node = node
            while isinstance(top, BNode) and top in holders:
                top = holders[top]
            owners[node] = top
        pairs += [(owners.get(triple[0], triple[0]), triple) for triple in graph]
    return pairs
