"""The namespaces answer: `/def/` is the whole ontology, the others list what stands under them (L1, L2)."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID

from crawling import PARSERS, QUADS, canonical, client, docs, graph_of
from json_ld_processor import dataset, dataset_of_turtle
from montages.knowledge.files import library
from montages.names import BASE, MODULE, MTG
from montages.publish.linked_data.documents import ONTOLOGY
from montages.publish.linked_data.namespace_index import NAMESPACES, members

LISTS = [name for name in NAMESPACES if name != "def"]
LONG = ("id", "shape")


@pytest.mark.parametrize("extension", [*PARSERS, *QUADS])
def test_the_ontology_is_the_same_in_every_format(extension: str) -> None:
    answer = client().get(f"/def.{extension}")
    assert answer.status_code == 200
    assert answer.headers["Content-Location"].endswith(f"/def.{extension}")
    assert len(graph_of(answer, extension)) == len(docs().ontology)
    tag = answer.headers["ETag"]
    again = client().get(f"/def.{extension}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    if extension in QUADS:
        form = pyoxigraph.RdfFormat.from_extension(extension)
        quads = pyoxigraph.parse(answer.data, format=form)
        assert {quad.graph_name.value for quad in quads} == {str(ONTOLOGY)}


def test_the_ontology_has_all_that_its_modules_say_under_one_header() -> None:
    merged = graph_of(client().get("/def.ttl"), "ttl")
    assert list(merged.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert not list(merged.objects(None, OWL.imports))
    modules = [MODULE[path.stem] for path in library.files("ontology")]
    assert set(merged.objects(ONTOLOGY, DCTERMS.hasPart)) == set(modules)
    for module in modules:
        own = docs().graphs[str(module)]
        named = [t for t in own if t[0] != module and isinstance(t[0], URIRef)]
        assert all(t in merged for t in named if isinstance(t[2], URIRef | Literal)), module
    assert canonical(merged) == canonical(docs().ontology)


@pytest.mark.parametrize("name", NAMESPACES)
def test_a_namespace_is_negotiated_and_names_its_formats(name: str) -> None:
    for accept, extension in (
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
    ):
        answer = client().get(f"/{name}/", headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (200, accept)
        assert answer.headers["Content-Location"].endswith(f"/{name}.{extension}")
        assert "Accept" in answer.headers["Vary"]
        assert f'<{BASE}{name}/>; rel="canonical"' in answer.headers["Link"]
    assert client().get(f"/{name}/", headers={"Accept": "image/png"}).status_code == 406
    assert client().get(f"/{name}.csv").status_code == 404
    assert client().get(f"/{name}").status_code == 308


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_every_member_which_answers(name: str) -> None:
    graph = graph_of(client().get(f"/{name}.ttl"), "ttl")
    listed = {str(o) for o in graph.objects(URIRef(f"{BASE}{name}/"), DCTERMS.hasPart)}
    assert listed == set(members(docs(), NAMESPACES[name]))
    assert len(listed) == int(str(graph.value(URIRef(f"{BASE}{name}/"), VOID.entities))) > 30
    for iri in sorted(listed)[::40]:
        assert client().get(f"/{iri.removeprefix(BASE)}.ttl").status_code == 200
    texts = client().get(f"/{name}.jsonld").json, client().get(f"/{name}.ttl").data
    assert dataset(texts[0]) == dataset_of_turtle(texts[1])


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in LONG)) for n in NAMESPACES]
)
def test_the_pages_of_a_namespace_have_every_member_once_with_an_anchor(name: str) -> None:
    index, number, anchors = NAMESPACES[name], 1, []
    while True:
        answer = client().get(f"/{name}.html?page={number}&lang=en")
        if answer.status_code == 404:
            break
        page = answer.get_data(as_text=True)
        anchors += [part.split('"')[0] for part in page.split('<li id="')[1:]]
        number += 1
    assert sorted(f"{index.iri}{anchor}" for anchor in anchors) == members(docs(), index)
    assert number - 1 == (1 if name == "def" else -(-len(anchors) // 250))
    assert client().get(f"/{name}.html?page=two").status_code == 400


@pytest.mark.slow
def test_the_namespaces_are_in_void_the_catalogue_the_dumps_and_the_site() -> None:
    void = graph_of(client().get("/void.ttl"), "ttl")
    assert {str(o) for o in void.objects(None, VOID.uriSpace)} >= {
        i.iri for i in NAMESPACES.values()
    }
    assert (ONTOLOGY, VOID.dataDump, URIRef("http://localhost/dump/ontology.ttl")) in void
    dump = Graph().parse(data=client().get("/dump/ontology.ttl").data, format="turtle")
    assert canonical(dump) == canonical(docs().ontology)
    assert b"ontology.jsonld" in client().get("/dump/SHA256SUMS").data
    site = client().get("/catalog.html").get_data(as_text=True)
    assert all(f'href="/{name}/"' in site for name in NAMESPACES)
    assert 'href="/def/"' in client().get("/terms").get_data(as_text=True)


def test_the_version_of_the_ontology_leads_to_it() -> None:
    version = docs().ontology.value(ONTOLOGY, OWL.versionIRI)
    answer = client().get(f"/{str(version).removeprefix(BASE)}", follow_redirects=True)
    assert answer.status_code == 200
    assert (MTG.Commune, RDFS.isDefinedBy, MODULE.actors) in graph_of(answer, "ttl")
