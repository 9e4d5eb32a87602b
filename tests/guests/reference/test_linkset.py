"""The linkset: links that the data state, counted, and none that a source does not give."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS, VOID

from montages import load
from montages.knowledge.files import library
from montages.names import BASE, MTG
from montages_reference import identifier_links

INSEE = "http://id.insee.fr/codes/cj/n3/"


def linkset() -> Graph:
    return identifier_links.linksets(load(), "fr")


@pytest.mark.slow
def test_every_legal_category_that_the_data_match_is_there() -> None:
    stated = {
        (s, p, o)
        for graph in (library.ontology(), library.apart(), library.data())
        for s, p, o in graph
        if isinstance(o, URIRef) and o.startswith(INSEE) and isinstance(s, URIRef)
    }
    assert len(stated) > 20
    assert stated <= set(linkset())
    assert (
        URIRef(f"{BASE}id/actor-kind/commune"),
        SKOS.exactMatch,
        URIRef(f"{INSEE}7210"),
    ) in stated


def test_each_linkset_holds_as_many_links_as_it_says() -> None:
    graph = linkset()
    counts = Counter((name, predicate) for name, _, predicate, _ in identifier_links.links())
    sets = list(graph.subjects(RDF.type, VOID.Linkset))
    assert len(sets) == len(counts)
    said = sorted(int(str(graph.value(one, VOID.triples))) for one in sets)
    assert said == sorted(counts.values())


def test_a_link_is_from_a_thing_of_ours_and_is_published_elsewhere_too() -> None:
    for _, subject, _, thing in identifier_links.links():
        assert subject.startswith(BASE)
        assert not thing.startswith(BASE)


def test_no_holder_has_a_siren_that_its_project_does_not_state() -> None:
    stated = {
        str(siren)
        for path in library.projects().values()
        if path.suffix == ".ttl"
        for siren in library.parsed(path).objects(None, MTG.siren)
    }
    given = {str(o) for o in linkset().objects() if str(o).isdigit() and len(str(o)) == 9}
    assert given <= stated
