"""What the fast engine does not honour stops the start, by its name: a query without a function, an axiom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from montages.engine.fast import table_compiler
from montages.engine.fast.fast_close import CLOSING_FUNCTIONS
from montages.engine.fast.fast_derive import DERIVING_QUERIES
from montages.engine.fast.fast_engine import rule_tables
from montages.engine.fast.table_compiler import compile_tables
from montages.errors import BrokenKnowledge, UnsupportedAxiom
from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.files.published_queries import Query, queries
from montages.names import MTG
from sampled_cases import sampled_cases
from sampling import RULES

Queries = tuple[Query, ...]


def with_queries(change: Callable[[Queries], Queries], folder: str) -> Callable[[str], Queries]:
    return lambda name: change(queries(name)) if name == folder else queries(name)


@pytest.mark.parametrize(
    ("folder", "known"), [("close", CLOSING_FUNCTIONS), ("derive", DERIVING_QUERIES)]
)
def test_a_query_without_its_function_stops_the_start(
    folder: str, known: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {query.name for query in queries(folder)} == set(known)
    more = with_queries(lambda found: (*found, replace(found[0], name="95-more")), folder)
    monkeypatch.setattr(table_compiler, "queries", more)
    with pytest.raises(BrokenKnowledge, match="95-more") as stopped:
        compile_tables(RULES)
    assert f"engine/fast/fast_{folder}.py" in stopped.value.message("en")
    assert "--engine reference" in stopped.value.message("fr")


@pytest.mark.parametrize("folder", ["close", "derive"])
def test_a_function_without_its_query_stops_the_start(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = queries(folder)[-1].name
    monkeypatch.setattr(table_compiler, "queries", with_queries(lambda found: found[:-1], folder))
    with pytest.raises(BrokenKnowledge, match=last):
        compile_tables(RULES)


X, Y = MTG["x"], MTG["y"]


def listed(graph: Graph, *items: URIRef) -> BNode:
    node = BNode()
    Collection(graph, node, list(items))
    return node


def restriction(graph: Graph, *said: tuple[URIRef, URIRef | Literal]) -> BNode:
    node = BNode()
    for p, o in ((RDF.type, OWL.Restriction), (OWL.onProperty, MTG.layer), *said):
        graph.add((node, p, o))
    return node


# Axioms that a reasoner would conclude from and the fast engine does not honour.
UNHEARD: dict[str, Callable[[Graph], object]] = {
    "owl:hasKey": lambda g: g.add((MTG.Unit, OWL.hasKey, listed(g, MTG.layer))),
    "owl:sameAs": lambda g: g.add((X, OWL.sameAs, Y)),
    "owl:FunctionalProperty": lambda g: g.add((MTG.layer, RDF.type, OWL.FunctionalProperty)),
    "owl:InverseFunctionalProperty": lambda g: g.add((MTG.layer, RDF.type, OWL.InverseFunctionalProperty)),
    "owl:maxCardinality": lambda g: g.add(
        (MTG.Unit, RDFS.subClassOf, restriction(g, (OWL.maxCardinality, Literal(1))))
    ),
    "owl:disjointUnionOf": lambda g: g.add((X, OWL.disjointUnionOf, listed(g, MTG.Unit))),
    "owl:NegativePropertyAssertion": lambda g: g.add((X, RDF.type, OWL.NegativePropertyAssertion)),
    "owl:unionOf": lambda g: g.add((MTG.Unit, OWL.unionOf, listed(g, X, Y))),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNHEARD)
@pytest.mark.parametrize("where", sampled_cases(["ontology", "compiled rules"], 2))
def test_an_axiom_that_is_not_honoured_stops_the_start_wherever_it_stands(
    kind: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether or not the reasoner's choice of axioms (`engine.reference.reason.logic`) lets it through."""
    if where == "ontology":
        graph = Graph() + library.ontology()
        monkeypatch.setattr(library, "ontology", lambda: graph)
    else:
        graph = Graph() + compile_rules(RULES)
        monkeypatch.setattr(table_compiler, "compile_rules", lambda _: graph)
    UNHEARD[kind](graph)
    with pytest.raises(UnsupportedAxiom) as stopped:
        compile_tables(RULES)
    assert kind in stopped.value.extra["kind"]


def test_words_that_say_nothing_to_a_reasoner_do_not_stop_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = Graph() + library.ontology()
    graph.add((X, SKOS.editorialNote, Literal("a note")))
    graph.add((X, RDFS.seeAlso, Y))
    monkeypatch.setattr(library, "ontology", lambda: graph)
    assert compile_tables(RULES).closing == rule_tables(RULES).closing
