"""Reason: the OWL 2 RL closure of facts under the published axioms, by owlrl."""

from __future__ import annotations

from functools import cache

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.periods import Rules
from montages.names import BASE, MTG

_AXIOMS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.onProperty,
    OWL.hasValue,
    OWL.someValuesFrom,
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.oneOf,
    OWL.propertyChainAxiom,
    OWL.inverseOf,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    RDF.first,
    RDF.rest,
    MTG.layerGroup,
    MTG.investmentKindOfLayer,
)
_SPECIAL = (OWL.SymmetricProperty, OWL.TransitiveProperty)


def logic(graph: Graph) -> Graph:
    """Return the triples of a graph that a reasoner can conclude from: no label, no literal."""
    out = Graph()
    for predicate in _AXIOMS:
        for s, p, o in graph.triples((None, predicate, None)):
            if not isinstance(o, Literal):
                out.add((s, p, o))
    for kind in _SPECIAL:
        for triple in graph.triples((None, RDF.type, kind)):
            out.add(triple)
    return out


@cache
def axioms(rules: Rules) -> Graph:
    """Return the axioms in force: the ontology's and the compiled rules. Do not modify."""
    return logic(library.ontology()) + logic(compile_rules(rules))


def facts_to_reason_on(*graphs: Graph) -> Graph:
    """Return the statements of facts about our terms: no literal, no citation, no provenance."""
    out = Graph()
    for graph in graphs:
        described = {
            s
            for kind in (MTG.ClosingFact, MTG.Citation, MTG.Assumption)
            for s in graph.subjects(RDF.type, kind)
        }
        for s, p, o in graph:
            ours = str(o if p == RDF.type else p).startswith(MTG)
            if ours and s not in described and not isinstance(o, Literal):
                out.add((s, p, o))
    return out


def _may_equate(graph: Graph) -> bool:
    """Tell whether any statement can make two names denote one thing."""
    kinds = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty)
    stated = (OWL.sameAs, OWL.hasKey, OWL.maxCardinality, OWL.maxQualifiedCardinality)
    return any((None, RDF.type, k) in graph for k in kinds) or any(
        (None, p, None) in graph for p in stated
    )


def reason(facts: Graph, rules: Rules) -> Graph:
    """Return the facts with everything that follows from them under the rules of a date.

    What owlrl adds beside conclusions about named things (reflexive sameAs, literal subjects,
    types of blank nodes) is filtered out.
    """
    graph = axioms(rules) + facts
    _expand(graph, equality=_may_equate(graph))
    closed = Graph()
    for s, p, o in graph:
        if not isinstance(s, URIRef) or isinstance(o, BNode) or p == OWL.sameAs:
            continue
        if str(p).startswith(MTG) or (p == RDF.type and str(o).startswith(BASE)):
            closed.add((s, p, o))
    return closed


def _expand(graph: Graph, equality: bool) -> None:
    """Add to a graph what follows from it; without `equality` no two names may denote one thing."""
    import owlrl  # half a second of imports

    class AboutThings(owlrl.OWLRL_Semantics):  # type: ignore[misc]  # owlrl is untyped
        """OWL 2 RL without the eq-* and scm-* rules: a third of the time, the same conclusions about things.

        The scm-* rules conclude about classes only, and what they give an instance `cax-sco` gives it too;
        the eq-* rules have nothing to say where no statement can make two names denote one thing.
        """

        def _equality(self, triple: object, cycle_num: int) -> None:
            """Skip the eq-* rules."""

        def _schema_vocabulary(self, triple: object, cycle_num: int) -> None:
            """Skip the scm-* rules."""

    semantics = owlrl.OWLRL_Semantics if equality else AboutThings
    owlrl.DeductiveClosure(semantics).expand(graph)
