"""Check that axioms stay in OWL 2 RL, by their syntax alone (R10)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

# Everything OWL says that we use; any other word of its vocabulary is refused.
_ALLOWED = {
    OWL.onProperty,
    OWL.hasValue,
    OWL.someValuesFrom,
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.oneOf,
    OWL.propertyChainAxiom,
    OWL.inverseOf,
    OWL.imports,
    OWL.versionIRI,
    OWL.versionInfo,
    OWL.priorVersion,
    OWL.deprecated,
    # A note on an axiom, which concludes nothing.
    OWL.annotatedSource,
    OWL.annotatedProperty,
    OWL.annotatedTarget,
}
_DECLARED = {
    OWL.Ontology,
    OWL.Axiom,
    OWL.Class,
    OWL.Restriction,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    OWL.SymmetricProperty,
    OWL.TransitiveProperty,
}
# What may stand on each side of a subclass axiom, beside a named class.
_NARROW = (OWL.hasValue, OWL.someValuesFrom, OWL.intersectionOf, OWL.unionOf, OWL.oneOf)
_WIDE = (OWL.hasValue, OWL.intersectionOf)


def outside_rl(graph: Graph) -> tuple[str, ...]:
    """Return what leaves the part of OWL 2 RL the project uses, empty if nothing does."""
    return tuple(dict.fromkeys(sorted([*_words(graph), *_subclasses(graph), *_chains(graph)])))


def _words(graph: Graph) -> Iterator[str]:
    for s, p, o in graph:
        if str(p).startswith(str(OWL)) and p not in _ALLOWED:
            yield f"{_name(s)} {_name(p)}"
        if p == RDF.type and str(o).startswith(str(OWL)) and o not in _DECLARED:
            yield f"{_name(s)} a {_name(o)}"


def _subclasses(graph: Graph) -> Iterator[str]:
    for narrow, wide in graph.subject_objects(RDFS.subClassOf):
        yield from (f"{fault}, subclass" for fault in _expression(graph, narrow, _NARROW))
        yield from (f"{fault}, superclass" for fault in _expression(graph, wide, _WIDE))


def _expression(graph: Graph, node: Node, allowed: tuple[URIRef, ...]) -> Iterator[str]:
    """Yield what is wrong with a class expression that stands where only some constructs may."""
    if isinstance(node, Literal) or (node == OWL.Thing and allowed is _NARROW):
        yield _name(node)
    if not isinstance(node, BNode):
        return
    used = [p for p in (*_NARROW, OWL.allValuesFrom, OWL.complementOf) if (node, p, None) in graph]
    if len(used) != 1 or used[0] not in allowed:
        yield f"{_name(node)} {', '.join(_name(p) for p in used) or '?'}"
        return
    if used[0] in (OWL.hasValue, OWL.someValuesFrom) and (node, OWL.onProperty, None) not in graph:
        yield f"{_name(node)} owl:onProperty ?"
    inner = graph.value(node, used[0])
    if used[0] in (OWL.intersectionOf, OWL.unionOf) and inner is not None:
        for member in graph.items(inner):
            yield from _expression(graph, member, allowed)
    elif used[0] == OWL.someValuesFrom and inner is not None:
        yield from _expression(graph, inner, allowed)


def _chains(graph: Graph) -> Iterator[str]:
    for prop, chain in graph.subject_objects(OWL.propertyChainAxiom):
        links = list(graph.items(chain))
        if len(links) < 2 or not all(isinstance(link, URIRef) for link in links):
            yield f"{_name(prop)} owl:propertyChainAxiom"


def _name(node: Node) -> str:
    for prefix, base in (("owl", OWL), ("rdfs", RDFS), ("rdf", RDF), ("skos", SKOS)):
        if str(node).startswith(str(base)):
            return f"{prefix}:{str(node)[len(str(base)) :]}"
    return f"_:{node}" if isinstance(node, BNode) else str(node).rsplit("/", 1)[-1]
