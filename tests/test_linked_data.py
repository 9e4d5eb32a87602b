"""Every IRI of the base dereferences, in every format, each saying the same (L1, L2, L3)."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import VOID

from crawling import (
    PARSERS,
    QUADS,
    canonical,
    client,
    context,
    docs,
    graph_of,
    iris_of_the_base,
    state,
    triples_of,
)
from montages.names import BASE, MODULE
from montages.publish.linked_data.document_context import Context, whole_context
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import GRAPH, write
from montages.publish.syntax import turtle
from montages.publish.syntax.statements import statements
from montages.store.published_dataset import published_dataset
from sampled_cases import proved_cases, sampled_cases

SLICES = 8
# Addresses of the service that graphs name, and that are no thing with documents of its own.
PAGES = ("catalog", "void", "sparql", "static/")


def path_of(iri: str) -> str:
    return iri[len(BASE) :].partition("#")[0]


def test_every_iri_that_the_graphs_name_has_a_document() -> None:
    named = {path_of(iri) for iri in iris_of_the_base()}
    missing = {p for p in named if p not in docs().paths and not p.startswith(PAGES)}
    assert not sorted(missing)
    assert len(named) > 3000


def test_every_address_of_the_service_that_the_graphs_name_answers() -> None:
    named = {path_of(iri) for iri in iris_of_the_base()}
    for path in sorted(p for p in named if p.startswith(PAGES)):
        assert client().get(f"/{path}", buffered=True).status_code == 200, path


@pytest.mark.slow
@pytest.mark.parametrize("part", proved_cases(range(SLICES), 2))
def test_every_document_says_the_same_in_every_format(part: int) -> None:
    for path in sorted(docs().paths)[part::SLICES]:
        answers = {extension: client().get(f"/{path}.{extension}") for extension in PARSERS}
        assert {answer.status_code for answer in answers.values()} == {200}, path
        assert answers["json"].data == answers["jsonld"].data
        expected = triples_of(answers["nt"], "nt")
        assert expected, f"{path} says nothing"
        for extension in ("ttl", "jsonld", "rdf"):
            assert triples_of(answers[extension], extension) == expected, (path, extension)


@pytest.mark.slow
def test_a_document_says_what_its_graph_says_and_a_module_all_of_it() -> None:
    for path in ("id/contract/mpgp", "id/project/dijon", "def/ContractType"):
        graph = graph_of(client().get(f"/{path}.ttl"), "ttl")
        said = list(docs().default.triples((URIRef(BASE + path), None, None)))
        assert said
        for triple in said:
            assert isinstance(triple[2], BNode) or triple in graph
    for name in ("criteria", "compiled/2026-04-01", "shapes-project"):
        graph = graph_of(client().get(f"/module/{name}.ttl"), "ttl")
        assert canonical(graph) == canonical(docs().graphs[str(MODULE[name])])


@pytest.mark.parametrize("extension", QUADS)
def test_a_module_is_a_named_graph_in_the_formats_of_quads(extension: str) -> None:
    answer = client().get(f"/module/attention.{extension}")
    form = pyoxigraph.RdfFormat.from_extension(extension)
    quads = list(pyoxigraph.parse(answer.data, format=form))
    assert {quad.graph_name.value for quad in quads} == {str(MODULE["attention"])}
    assert len(quads) == len(docs().graphs[str(MODULE["attention"])])
    # What is said of a thing is of several graphs: it has no name.
    thing = client().get(f"/id/contract/mpgp.{extension}")
    quads = list(pyoxigraph.parse(thing.data, format=form))
    assert {type(quad.graph_name) for quad in quads} == {pyoxigraph.DefaultGraph}


@pytest.mark.slow
def test_a_sample_of_documents_reads_the_same_with_another_library() -> None:
    """Read with rdflib what pyoxigraph reads of every document."""
    for path in sorted(docs().paths)[::60]:
        if docs().whole(BASE + path):
            continue
        expected = canonical(graph_of(client().get(f"/{path}.nt"), "nt"))
        for extension in ("ttl", "jsonld", "rdf"):
            found = graph_of(client().get(f"/{path}.{extension}"), extension)
            assert canonical(found) == expected, (path, extension)


@pytest.mark.slow
def test_two_hundred_iris_lead_by_negotiation_to_a_document_of_the_type_asked_for() -> None:
    named = [i for i in iris_of_the_base() if path_of(i) in docs().paths]
    chosen = sorted(named, key=lambda i: hashlib.sha256(i.encode()).digest())[:200]
    for number, iri in enumerate(chosen):
        form = GRAPH[number % len(GRAPH)]
        seen = client().get(f"/{path_of(iri)}", headers={"Accept": form.media_type})
        assert seen.status_code == 303, iri
        location = urlsplit(seen.headers["Location"])
        assert location.scheme, "the address is absolute"
        assert location.path == f"/{path_of(iri)}.{form.extension}"
        answer = client().get(location.path)
        assert (answer.status_code, answer.mimetype) == (200, form.media_type)
        # A fragment is described in the document of what it is a part of.
        about = URIRef(docs().versions.get(iri, iri))
        assert (about, None, None) in graph_of(answer, form.extension), iri


@pytest.mark.parametrize(
    "path",
    ["id/contract/mpgp", "shape/Project", "compiled/Eligible-mpgp", "requirement/mpgp-realisation"],
)
def test_a_thing_tells_its_dataset_and_its_module(path: str) -> None:
    graph, thing = graph_of(client().get(f"/{path}.nt"), "nt"), URIRef(BASE + path)
    assert list(graph.objects(thing, VOID.inDataset)) == [URIRef(BASE + "void#montages")]
    assert [str(m).startswith(str(MODULE)) for m in graph.objects(thing, RDFS.isDefinedBy)] == [
        True
    ]


def test_every_version_iri_resolves_to_what_its_module_says() -> None:
    assert len(docs().versions) > 25
    for version, module in docs().versions.items():
        ours, own = (client().get(f"/{path_of(i)}.nt").data for i in (version, module))
        assert ours == own, version


def test_every_kind_of_problem_that_the_service_answers_has_a_document() -> None:
    kinds = set()
    for path, accept in (
        ("/id/contract/none", "*/*"),
        ("/id/contract/mpgp", "image/png"),
        ("/catalog.ttl?page=x", ""),
    ):
        kinds.add(client().get(path, headers={"Accept": accept}).get_json(force=True)["type"])
    assert len(kinds) == 3
    for kind in kinds:
        assert client().get(f"/{path_of(kind)}.ttl").status_code == 200, kind


@pytest.mark.slow(seconds=8)
def test_documents_are_the_same_bytes_in_another_reading_of_the_sources() -> None:
    """A strong ETag promises it: blank nodes are named by what they say."""
    again = documents(published_dataset(state().dataset.day))
    for name in ("module/attention", "module/sources", "module/thresholds", "id/contract/mpgp"):
        texts = [
            turtle.write_turtle({"": statements(d.about(BASE + name), BASE + name)})
            for d in (docs(), again)
        ]
        assert texts[0] == texts[1], name


FIRST, REST, NIL, TYPE = (f"<{RDF}{name}>" for name in ("first", "rest", "nil", "type"))


@pytest.mark.parametrize(
    "text",
    [
        "_:a <p> _:b . _:b <p> _:a .",
        "_:a <p> _:a .",
        "<s> <p> ( 1 2.50 true \"x\"@fr ) , () .",
        "<s> <p> _:a , _:b . _:a <q> 1 . _:b <q> 1 . _:c <r> _:a .",
        "<s> <p> [ <q> ( [ <r> 2 ] [] ) ] . [] <p> <s> .",
        f'<s> <p> "01"^^<{XSD.integer}> , "a\\nb\\"\\\\\\t\\r" , "1e0"^^<{XSD.double}> .',
        f"<s> a <t> ; <p> {NIL} .",
        f"_:l {FIRST} 1 ; {REST} _:l .",
        f"<s> {TYPE} [ a <t> ] ; <{RDFS.label}> 'x', 'y'@fr .",
    ],
)  # fmt: skip
def test_awkward_graphs_come_back_as_they_were(text: str) -> None:
    graph = Graph().parse(data=f"@base <https://example.org/> .\n{text}", format="turtle")
    for form in GRAPH:
        made = write(graph, form, whole_context(graph))
        back = Graph().parse(data=made, format=PARSERS[form.extension])
        assert isomorphic(back, graph), (form.extension, made)


def test_what_was_read_as_it_was_written_is_written_so_again() -> None:
    awkward = Literal("007", datatype=XSD.integer, normalize=False)
    graph = Graph().add((URIRef("urn:s"), URIRef("urn:p"), awkward))
    for form in GRAPH:
        assert "007" in write(graph, form, Context({}, {})), form.extension


# ---- Dumps


@pytest.mark.slow
@pytest.mark.parametrize("part", sampled_cases(range(6), 6))
def test_the_dumps_have_the_checksums_that_are_told(part: int) -> None:
    lines = client().get("/dump/SHA256SUMS").get_data(as_text=True).splitlines()
    assert len(lines) > 90
    for line in lines[part::6]:
        digest, name = line.split("  ")
        answer = client().get(f"/dump/{name}")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.data).hexdigest() == digest, name


@pytest.mark.slow
@pytest.mark.parametrize("name", sampled_cases(["all.nq", "all.trig"], 2))
def test_the_whole_holds_every_graph(name: str) -> None:
    form = pyoxigraph.RdfFormat.from_extension(name.rpartition(".")[2])
    store = pyoxigraph.Store()
    store.bulk_load(client().get(f"/dump/{name}").data, form)
    names = {str(graph.value) for graph in store.named_graphs()}
    assert names == set(docs().graphs) - {str(MODULE["problems"])}
    assert len(store) == sum(len(docs().graphs[name]) for name in names)


@pytest.mark.slow
def test_the_whole_is_compressed_too() -> None:
    import gzip

    packed, plain = (client().get(f"/dump/all.nq{end}") for end in (".gz", ""))
    assert packed.mimetype == "application/gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_a_dump_is_not_sent_twice_and_an_unknown_one_is_a_problem() -> None:
    first = client().get("/dump/projects-data.ttl")
    assert (
        client()
        .get("/dump/projects-data.ttl", headers={"If-None-Match": first.headers["ETag"]})
        .status_code
        == 304
    )
    assert len(Graph().parse(data=first.data, format="turtle")) > 700
    assert client().get("/dump/nothing.ttl").mimetype == "application/problem+json"


# ---- Sitemap, robots, context


@pytest.mark.slow
def test_the_sitemap_lists_the_pages_and_each_answers() -> None:
    tree = ET.fromstring(client().get("/sitemap.xml").data)  # noqa: S314  # our own answer
    listed = [e.text or "" for e in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(listed) == len(set(listed))
    paths = {urlsplit(address).path[1:] for address in listed}
    assert {f"{path}.html" for path in docs().paths} <= paths
    assert "catalog.html" in paths
    for path in sorted(paths, key=lambda p: hashlib.sha256(p.encode()).digest())[:120]:
        answer = client().get(f"/{path}", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), path


def test_robots_are_told_where_the_sitemap_is() -> None:
    text = client().get("/robots.txt").get_data(as_text=True)
    assert re.search(r"^Sitemap: http\S+/sitemap\.xml$", text, re.MULTILINE)


@pytest.mark.slow
def test_models_are_told_what_there_is_at_addresses_that_answer() -> None:
    text = client().get("/llms.txt").get_data(as_text=True)
    assert text.startswith("# Montages\n")
    addresses = re.findall(r"\]\(http://localhost([^)]*)\)", text)
    assert len(addresses) > 10
    for address in addresses:
        assert client().get(address).status_code == 200, address


def test_who_found_a_vulnerability_is_told_whom_to_tell() -> None:
    text = client().get("/.well-known/security.txt").get_data(as_text=True)
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert re.match(r"(mailto:|https://)", lines["Contact"])
    assert date.today() < datetime.fromisoformat(lines["Expires"]).date()
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_the_context_still_reads_descriptions() -> None:
    from montages.knowledge.description_keys import jsonld_context as of_descriptions

    assert of_descriptions()["@context"].items() <= context().items()
    assert client().get("/context").data == client().get("/context.jsonld").data


@pytest.mark.slow
def test_further_files_are_served_as_documents_too(tmp_path: Path) -> None:
    from montages.web import create_app

    more = tmp_path / "more.ttl"
    more.write_text(f'<{BASE}id/contract/mine> <http://purl.org/dc/terms/title> "Mien"@fr .\n')
    guest = create_app({"DATA": [more]}).test_client()
    assert guest.get("/id/contract/mine").status_code == 303
    assert "Mien" in guest.get("/id/contract/mine.ttl").get_data(as_text=True)
    ours = client().get("/id/contract/mpgp.ttl").headers["ETag"]
    assert guest.get("/id/contract/mpgp.ttl").headers["ETag"] != ours
