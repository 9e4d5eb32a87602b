"""The compiled reasoner says what owlrl says, kind of axiom by kind of axiom (R9, R11)."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable

import pytest
from rdflib import RDF, BNode, Graph

from axiom_kinds import CONCLUDES, Drawn, Triple, by_owlrl, drawn, ours
from description_files import parse_file
from montages.description.parsing import parse
from montages.engine.reference.close import close
from montages.engine.reference.reason import axioms, facts_to_reason_on, reason
from montages.errors import UnsupportedAxiom
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.names import BASE, ID, MTG
from montages.reasoning import Closure, CompiledAxioms, compile_axioms, infer
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


def compiled(world: Drawn, *, without_kind: bool = False) -> Closure:
    graph = world.others + world.static
    if not without_kind:
        graph += world.of_kind
    return infer(compile_axioms(graph), triples(world.facts))


def about(closure: Closure) -> set[Triple]:
    return {triple for triple in closure.triples() if ours(*triple)}


@pytest.mark.parametrize("first", sampled_cases(range(0, GRAPHS, PART), GRAPHS // PART))
@pytest.mark.parametrize("kind", CONCLUDES)
def test_the_compiled_closure_is_that_of_owlrl(kind: str, first: int) -> None:
    compared = inferred = fired = 0
    for number in range(first, first + PART):
        world = drawn(kind, number)
        expected, errors = by_owlrl(world.of_kind, world.others, world.static, world.facts)
        closure = compiled(world)
        found = about(closure)
        assert found == expected, (kind, number)
        assert not errors
        compared += len(found)
        inferred += len(found) - len(world.static + world.facts)
        fired += len(found) - len(about(compiled(world, without_kind=True)))
    print(f"{kind}: {PART} graphs, {compared} triples, {inferred} inferred, {fired} by the kind")
    assert fired > 0


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
    "owl:complementOf": ":C rdfs:subClassOf [ owl:complementOf :D ] .",
    "owl:Nothing as a class": ":C rdfs:subClassOf owl:Nothing .",
    "owl:allValuesFrom": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :D ] .",
    "owl:FunctionalProperty": ":p a owl:FunctionalProperty .",
    "owl:InverseFunctionalProperty": ":p a owl:InverseFunctionalProperty .",
    "owl:ReflexiveProperty": ":p a owl:ReflexiveProperty .",
    "owl:hasKey": ":C owl:hasKey (:p) .",
    "owl:maxCardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 1 ] .",
    "owl:minCardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .",
    "owl:cardinality": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality 1 ] .",
    "owl:maxQualifiedCardinality": "[] owl:onProperty :p ; owl:maxQualifiedCardinality 1 .",
    "owl:onDataRange": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:onDataRange xsd:string ] .",
    "owl:onProperties": "[] owl:onProperties (:p :q) .",
    "owl:hasSelf": ":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .",
    "owl:disjointUnionOf": ":C owl:disjointUnionOf (:D :E) .",
    "owl:NegativePropertyAssertion": "[] a owl:NegativePropertyAssertion .",
    "owl:assertionProperty": "[] owl:assertionProperty :p .",
    "owl:datatypeComplementOf": ":d owl:datatypeComplementOf xsd:string .",
    "owl:withRestrictions": ":d a rdfs:Datatype ; owl:withRestrictions () .",
    "owl:topObjectProperty as a property": ":p rdfs:subPropertyOf owl:topObjectProperty .",
    "rdf:type as a property": "rdf:type rdfs:domain :C .",
    "rdfs:Resource as a class": ":C rdfs:subClassOf rdfs:Resource .",
    "owl:Thing in the subclass position": "owl:Thing rdfs:subClassOf :C .",
    "owl:someValuesFrom in the superclass position": (
        ":C rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :D ] ."
    ),
    "owl:unionOf in the superclass position": ":C rdfs:subClassOf [ owl:unionOf (:D :E) ] .",
    "owl:oneOf in the superclass position": ":C owl:equivalentClass [ owl:oneOf (:x :y) ] .",
    "data range as a class (xsd:string)": (
        "[ owl:onProperty :p ; owl:someValuesFrom xsd:string ] rdfs:subClassOf :C ."
    ),
    "data range as a class (<https://example.org/d>)": ":d a rdfs:Datatype . :C rdfs:subClassOf :d .",
    "owl:hasValue with a literal or an anonymous individual": (
        ":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue 1 ] ."
    ),
    "owl:oneOf with a literal or an anonymous individual": "[ owl:oneOf (1) ] rdfs:subClassOf :C .",
    "literal as a class": ':C rdfs:subClassOf "D" .',
    "anonymous individual": ":x :p [ a :C ] .",
    "malformed expression: owl:hasValue, owl:onProperty": ":C rdfs:subClassOf [ owl:hasValue :x ] .",
    "malformed expression: 0 constructs": ":C rdfs:subClassOf [ owl:onProperty :p ] .",
    "malformed expression: 2 constructs": (
        "[ owl:onProperty :p ; owl:hasValue :x, :y ] rdfs:subClassOf :C ."
    ),
    "malformed expression: it contains itself": (
        "_:c owl:intersectionOf (:D _:c) . _:c rdfs:subClassOf :C ."
    ),
    "malformed property expression": "[] rdfs:subPropertyOf :p .",
    "malformed list": "[ owl:intersectionOf [ rdf:first :D ] ] rdfs:subClassOf :C .",
    "malformed list: empty": "[ owl:intersectionOf () ] rdfs:subClassOf :C .",
}


@pytest.mark.parametrize("kind", UNSUPPORTED)
def test_a_kind_that_is_not_honoured_stops_the_compile_by_its_name(kind: str) -> None:
    with pytest.raises(UnsupportedAxiom) as caught:
        compile_axioms(turtle(UNSUPPORTED[kind]))
    assert caught.value.extra["kind"] == kind
    assert kind in caught.value.message("fr")
    assert kind in caught.value.message("en")


def test_a_fact_that_is_an_axiom_is_refused_by_its_name() -> None:
    with pytest.raises(UnsupportedAxiom, match="owl:sameAs among facts"):
        infer(compile_axioms(Graph()), [("urn:x", "http://www.w3.org/2002/07/owl#sameAs", "urn:y")])


def test_declarations_annotations_and_data_ranges_of_properties_conclude_nothing() -> None:
    world = turtle(
        """
        <> a owl:Ontology ; owl:versionInfo "1" ; owl:imports :other .
        :C a owl:Class ; rdfs:label "c"@en ; owl:deprecated true ; rdfs:seeAlso :page .
        :p a owl:DatatypeProperty ; rdfs:range xsd:string ; rdfs:domain :C .
        :note a owl:AnnotationProperty . :C :note :somewhere ; :size 3 .
        [] a owl:Axiom ; owl:annotatedSource :C ; owl:annotatedProperty rdfs:label ;
           owl:annotatedTarget "c"@en ; :certainty :high .
        :x a owl:NamedIndividual, owl:Thing .
        """
    )
    assert list(infer(compile_axioms(world), []).triples()) == []


@pytest.mark.slow
def test_the_whole_published_ontology_compiles_with_nothing_left_out() -> None:
    whole = library.ontology() + compile_rules(RULES)
    filtered = compile_axioms(axioms(RULES))
    full = compile_axioms(whole)
    assert full.up.keys() >= filtered.up.keys()
    unit, layer = "urn:unit", str(ID["layer/iot-network"])
    facts = [(unit, str(RDF.type), str(MTG.Unit)), (unit, str(MTG.unitLayer), layer)]
    names = filtered.names(infer(filtered, facts).types[unit])
    assert len(names) > 10
    assert full.names(infer(full, facts).types[unit]) == names


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
    compiled_rules = compile_axioms(axioms(RULES))
    expected = set(triples(reason(facts, RULES)))
    print(f"{len(descriptions)} descriptions, {len(facts)} facts, {len(expected)} triples compared")
    assert restricted(infer(compiled_rules, triples(facts)).triples()) == expected
    one_by_one = (infer(compiled_rules, some).triples() for some in one_project.values())
    assert set().union(*map(restricted, one_by_one)) == expected
    assert len(expected) > 3 * len(facts)


def renamed(graph: Graph, seed: int) -> Graph:
    """Return the same graph as another parser might: other blank nodes, another order."""
    draw, out = random.Random(seed), Graph()  # noqa: S311 — an order, not a secret
    all_of_it = sorted(graph)
    draw.shuffle(all_of_it)
    nodes = sorted({n for t in all_of_it for n in t if isinstance(n, BNode)})
    names = {
        n: BNode(f"b{k}") for n, k in zip(nodes, draw.sample(range(10**6), len(nodes)), strict=True)
    }
    for s, p, o in all_of_it:
        out.add((names.get(s, s), p, names.get(o, o)))
    return out


@pytest.mark.slow
def test_the_numbering_depends_on_the_axioms_alone() -> None:
    graph = axioms(RULES)
    for other in (renamed(graph, 1), renamed(graph, 2)):
        assert repr(vars(compile_axioms(other))) == repr(vars(compile_axioms(graph)))


SCRIPT = """
import hashlib, pickle, sys
from rdflib import Graph
from montages.reasoning import compile_axioms, infer
axioms = compile_axioms(Graph().parse(data=sys.stdin.read(), format="turtle"))
facts = [(f"urn:n{n}", "https://example.org/p", f"urn:n{n % 3}") for n in range(9)]
print(axioms.classes, axioms.properties, list(infer(axioms, facts).triples()))
"""


def test_bits_and_triples_come_in_the_same_order_whatever_the_hash_seed() -> None:
    text = (
        PREFIXES
        + """
        :p a owl:TransitiveProperty, owl:SymmetricProperty ; rdfs:domain :B, :A, :D .
        [ owl:onProperty :p ; owl:hasValue <urn:n1> ] rdfs:subClassOf :C, [ owl:intersectionOf (:X :Y) ] .
    """
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=text,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert "urn:n1" in printed.pop()


def test_the_first_classes_get_the_first_bits_and_all_survives_pickling() -> None:
    first = ["https://example.org/Z", "https://example.org/unnamed", "https://example.org/A"]
    made = compile_axioms(
        turtle(":A rdfs:subClassOf :B . :B rdfs:subClassOf :Z . :s a :A ."), first
    )
    again: CompiledAxioms = pickle.loads(pickle.dumps(made))  # noqa: S301 — our own bytes
    assert list(again.classes[:3]) == first
    assert [again.bit[name] for name in first] == [0, 1, 2]
    types = infer(again, [("urn:x", str(RDF.type), "https://example.org/B")]).types
    assert types["urn:x"] & 0b111 == 0b001
    assert types["https://example.org/s"] & 0b111 == 0b101
    assert list(infer(again, []).triples()) == list(infer(made, []).triples())


def test_runs_leave_nothing_behind_in_the_static_facts() -> None:
    made = compile_axioms(
        turtle(":p a owl:SymmetricProperty ; rdfs:range :R . :s :q :t . :q rdfs:subPropertyOf :p .")
    )
    before = pickle.dumps(made.base)
    s, p, q = (f"https://example.org/{name}" for name in "spq")
    closure = infer(made, [("urn:x", p, s), ("urn:x", q, s), (s, q, "urn:y")])
    assert {"urn:x", "urn:y", "https://example.org/t"} <= closure.out[s][p].keys()
    assert pickle.dumps(made.base) == before
