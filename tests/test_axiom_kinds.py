"""The plain closure says what owlrl says, kind of axiom by kind; another kind is refused (R9, R11)."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from rdflib import RDF, Graph

from axiom_kinds import CONCLUDES, Drawn, Triple, by_owlrl, drawn, ours
from description_files import parse_file
from montages.description.parsing import parse
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.reference.close import close
from montages.engine.reference.reason import facts_to_reason_on, reason
from montages.errors import UnsupportedAxiom
from montages.knowledge.files import library
from montages.names import BASE, MTG
from montages.reasoning import Closure, Implications, read_axioms
from sampled_cases import sampled_cases
from sampling import RULES, profile

GRAPHS, PART = 10, 5
PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def triples(graph: Graph) -> list[Triple]:
    return sorted((str(s), str(p), str(o)) for s, p, o in graph)


def closed(world: Drawn, *, without_kind: bool = False) -> Closure:
    graph = world.others + world.static
    if not without_kind:
        graph += world.of_kind
    return Closure(Implications.of(read_axioms(graph)), triples(world.facts))


def about(closure: Closure) -> set[Triple]:
    return {triple for triple in closure.triples() if ours(*triple)}


@pytest.mark.parametrize("first", sampled_cases(range(0, GRAPHS, PART), GRAPHS // PART))
@pytest.mark.parametrize("kind", CONCLUDES)
def test_the_plain_closure_is_that_of_owlrl(kind: str, first: int) -> None:
    compared = inferred = fired = 0
    for number in range(first, first + PART):
        world = drawn(kind, number)
        expected, errors = by_owlrl(world.of_kind, world.others, world.static, world.facts)
        found = about(closed(world))
        assert found == expected, (kind, number)
        assert not errors
        compared += len(found)
        inferred += len(found) - len(world.static + world.facts)
        fired += len(found) - len(about(closed(world, without_kind=True)))
    print(f"{kind}: {PART} graphs, {compared} triples, {inferred} inferred, {fired} by the kind")
    assert fired > 0


ON_P = ":C rdfs:subClassOf [ owl:onProperty :p ; {} ] ."
UNSUPPORTED = {
    "owl:sameAs": ":x owl:sameAs :y .",
    "owl:differentFrom": ":x owl:differentFrom :y .",
    "owl:AllDifferent": "[] a owl:AllDifferent .",
    "owl:disjointWith": ":C owl:disjointWith :D .",
    "owl:AllDisjointClasses": "[] a owl:AllDisjointClasses .",
    "owl:propertyDisjointWith": ":p owl:propertyDisjointWith :q .",
    "owl:AllDisjointProperties": "[] a owl:AllDisjointProperties .",
    "owl:AsymmetricProperty": ":p a owl:AsymmetricProperty .",
    "owl:IrreflexiveProperty": ":p a owl:IrreflexiveProperty .",
    "owl:FunctionalProperty": ":p a owl:FunctionalProperty .",
    "owl:InverseFunctionalProperty": ":p a owl:InverseFunctionalProperty .",
    "owl:ReflexiveProperty": ":p a owl:ReflexiveProperty .",
    "owl:SymmetricProperty": ":p a owl:SymmetricProperty .",
    "owl:TransitiveProperty": ":p a owl:TransitiveProperty .",
    "owl:equivalentClass": ":C owl:equivalentClass :D .",
    "owl:equivalentProperty": ":p owl:equivalentProperty :q .",
    "owl:hasKey": ":C owl:hasKey (:p) .",
    "owl:disjointUnionOf": ":C owl:disjointUnionOf (:D :E) .",
    "owl:NegativePropertyAssertion": "[] a owl:NegativePropertyAssertion .",
    "owl:assertionProperty": "[] owl:assertionProperty :p .",
    "owl:complementOf": ":C rdfs:subClassOf [ owl:complementOf :D ] .",
    "owl:unionOf": "[ owl:unionOf (:D :E) ] rdfs:subClassOf :C .",
    "owl:oneOf": "[ owl:oneOf (:x :y) ] rdfs:subClassOf :C .",
    "owl:someValuesFrom": "[ owl:onProperty :p ; owl:someValuesFrom :D ] rdfs:subClassOf :C .",
    "owl:allValuesFrom": ON_P.format("owl:allValuesFrom :D"),
    "owl:maxCardinality": ON_P.format("owl:maxCardinality 1"),
    "owl:minCardinality": ON_P.format("owl:minCardinality 1"),
    "owl:cardinality": ON_P.format("owl:cardinality 1"),
    "owl:maxQualifiedCardinality": "[] owl:onProperty :p ; owl:maxQualifiedCardinality 1 .",
    "owl:onDataRange": ON_P.format("owl:onDataRange xsd:string"),
    "owl:onProperties": "[] owl:onProperties (:p :q) .",
    "owl:hasSelf": ON_P.format("owl:hasSelf true"),
    "owl:datatypeComplementOf": ":d owl:datatypeComplementOf xsd:string .",
    "owl:withRestrictions": ":d owl:withRestrictions () .",
    "rdfs:Datatype": ":d a rdfs:Datatype .",
    "owl:Nothing as a class": ":C rdfs:subClassOf owl:Nothing .",
    "rdfs:Resource as a class": ":C rdfs:subClassOf rdfs:Resource .",
    "xsd:string as a class": ":C rdfs:subClassOf xsd:string .",
    "owl:topObjectProperty as a property": ":p rdfs:subPropertyOf owl:topObjectProperty .",
    "rdf:type as a property": "rdf:type rdfs:domain :C .",
    "owl:Thing in the subclass position": "owl:Thing rdfs:subClassOf :C .",
    "owl:intersectionOf in this position": ":C rdfs:subClassOf [ owl:intersectionOf (:D :E) ] .",
    "owl:intersectionOf on a name": ":C owl:intersectionOf (:D :E) .",
    "owl:hasValue with a literal or an anonymous individual": ON_P.format("owl:hasValue 1"),
    "literal or expression as a class": ':C rdfs:subClassOf "D" .',
    "literal or expression as a property": "[ owl:inverseOf :q ] rdfs:subPropertyOf :p .",
    "anonymous individual": ":x :p [ a :C ] .",
    "malformed expression: 0 owl:onProperty": ":C rdfs:subClassOf [ owl:hasValue :x ] .",
    "malformed expression: 0 owl:hasValue": ":C rdfs:subClassOf [ owl:onProperty :p ] .",
    "malformed expression: 2 owl:hasValue": (
        "[ owl:onProperty :p ; owl:hasValue :x, :y ] rdfs:subClassOf :C ."
    ),
    "malformed expression": (
        "[ owl:onProperty :p ; owl:intersectionOf (:D :E) ] rdfs:subClassOf :C ."
    ),
    "malformed expression: 0 rdf:rest": "[ owl:intersectionOf [ rdf:first :D ] ] rdfs:subClassOf :C .",
    "malformed list": "[ owl:intersectionOf () ] rdfs:subClassOf :C .",
}


@pytest.mark.parametrize("kind", UNSUPPORTED)
def test_a_kind_that_is_not_honoured_is_refused_by_its_name(kind: str) -> None:
    with pytest.raises(UnsupportedAxiom) as caught:
        read_axioms(turtle(UNSUPPORTED[kind]))
    assert caught.value.extra["kind"] == kind
    assert kind in caught.value.message("fr")
    assert kind in caught.value.message("en")


def test_a_list_without_end_is_refused() -> None:
    text = "_:l rdf:first :D ; rdf:rest _:l . [ owl:intersectionOf _:l ] rdfs:subClassOf :C ."
    with pytest.raises(UnsupportedAxiom, match="malformed list"):
        read_axioms(turtle(text))


def test_declarations_annotations_and_ranges_of_literals_conclude_nothing() -> None:
    world = turtle(
        """
        <> a owl:Ontology ; owl:versionInfo "1" ; owl:imports :other .
        :C a owl:Class ; rdfs:label "c"@en ; owl:deprecated true ; rdfs:seeAlso :page .
        :p a owl:DatatypeProperty ; rdfs:range xsd:string .
        :note a owl:AnnotationProperty . :C :size 3 .
        [] a owl:Axiom ; owl:annotatedSource :C ; owl:annotatedProperty rdfs:label ;
           owl:annotatedTarget "c"@en ; :certainty :high .
        :x a owl:NamedIndividual, owl:Thing .
        """
    )
    assert not any(read_axioms(world))


def restricted(found: Iterable[Triple]) -> set[Triple]:
    """Keep what `reason` keeps: what is said with the terms of the project."""
    return {
        (s, p, o)
        for s, p, o in found
        if p.startswith(MTG) or (p == str(RDF.type) and o.startswith(BASE))
    }


@pytest.mark.slow
def test_on_real_projects_and_sampled_profiles_the_closure_is_the_reference() -> None:
    descriptions = [
        parse_file(path) for path in library.projects().values() if path.parent.name == "projects"
    ]
    assert len(descriptions) == 29
    descriptions += [parse.parse(json.dumps(profile(n)), "json") for n in range(30)]
    asserted = Graph()
    for description in descriptions:
        asserted += description.graph
    facts = facts_to_reason_on(asserted, close(asserted, RULES))
    one_project: dict[str, list[Triple]] = {}
    for triple in triples(facts):
        one_project.setdefault(triple[0].split("#")[0], []).append(triple)
    assert one_project.keys() == {str(description.project) for description in descriptions}
    in_force = rule_tables(RULES).axioms
    expected = set(triples(reason(facts, RULES)))
    print(f"{len(descriptions)} descriptions, {len(facts)} facts, {len(expected)} triples compared")
    assert restricted(Closure(in_force, triples(facts)).triples()) == expected
    one_by_one = (Closure(in_force, some).triples() for some in one_project.values())
    assert set().union(*map(restricted, one_by_one)) == expected
    assert len(expected) > 3 * len(facts)
