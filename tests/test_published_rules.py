"""The compiled rules as they are published: what classes mean once, what leads there by period."""

from __future__ import annotations

from datetime import date
from functools import cache

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef

from crawling import docs
from montages.knowledge.compiled.owl_compiler import CLASSES, compile_rules, module, published_rules
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import COMPILED, COMPILED_RULES, iris

PERIODS = [rules_at(first) for first in (date.min, *change_dates(rulebook()))]


@cache
def published() -> tuple[Graph, list[Graph]]:
    return published_rules(PERIODS)


def test_a_period_and_what_its_classes_mean_hold_all_its_axioms() -> None:
    classes, periods = published()
    for rules, graph in list(zip(PERIODS, periods, strict=True))[::5]:
        assert (module(rules), OWL.imports, CLASSES) in graph
        assert set(compile_rules(rules)) <= set(graph) | set(classes), rules.period
        assert not set(graph) & set(classes)


def test_nothing_of_what_a_class_means_is_said_of_a_period_again() -> None:
    classes, periods = published()
    for graph in periods:
        assert not {s for s in graph.subjects(RDF.type, OWL.Class) if isinstance(s, URIRef)}
        assert not {s for s in graph.subjects(RDFS.label) if s.startswith(COMPILED)}
        mentioned = {n for s, _, o in graph for n in (s, o) if str(n).startswith(COMPILED)}
        assert not [n for n in mentioned if (n, RDF.type, OWL.Class) not in classes]
        # No anonymous class stands half in one graph, half in the other.
        assert not {n for n in graph.all_nodes() if isinstance(n, BNode)} & set(classes.all_nodes())
    for name in iris(classes.subjects(RDF.type, OWL.Class)):
        labels = sorted(label.language for label in classes.objects(name, RDFS.label))
        assert labels == ["en", "fr"], name


def test_a_class_that_today_s_rules_do_not_know_tells_what_it_meant() -> None:
    today = {str(module(rules_at(date.today())))}
    name, earlier = next(
        (name, graph)
        for iri, graph in sorted(docs().graphs.items())
        if iri.startswith(COMPILED_RULES)
        for name in iris(graph.subjects())
        if name.startswith(COMPILED) and not docs().rules_about(name).keys() & today
    )
    about = set(docs().about(str(name)))
    assert set(earlier.triples((name, None, None))) <= about
    assert {(name, RDF.type, OWL.Class), (name, RDFS.isDefinedBy, CLASSES)} <= about
