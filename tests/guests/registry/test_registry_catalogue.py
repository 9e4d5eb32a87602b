"""The registry as linked data: harvested by strangers, page by page; one dataset of the service (G1, L5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, VOID

from crawling import PARSERS, QUADS, canonical, graph_of
from harvesters import DCAT, HYDRA, Harvested, ckan, udata, udata_pages
from montages.knowledge.files import library
from montages.names import BASE
from montages.store.licence import LICENCE, LICENCE_NAME
from montages_registry.quota import NO_QUOTA
from montages_registry.web import list_routes
from registry_service import YAML, RegistryService, description, registry_service
from served_application import served_application

REGISTRY = URIRef(BASE + "projects")
RETAINED = "retained: mpgp\n"
# What a record does not say of an entry, and nobody may say in its place.
UNSAID = {
    "Catalogue-modified",
    "Catalogue-themeTaxonomy",
    *("CatalogueDataset-contactPoint", "CatalogueDataset-theme", "CatalogueDataset-keyword"),
    *("CatalogueDistribution-description", "CatalogueDistribution-availability"),
    "CatalogueDistribution-checksum",
}
PLACED = """\
@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<lieu> a mtg:Project ; rdfs:label "Lieu"@fr , "Place"@en ; mtg:holder [ a mtg:Commune ] ;
  <http://purl.org/dc/terms/spatial> <http://id.insee.fr/geo/commune/27681> ;
  <http://purl.org/dc/terms/description> "Une place."@fr , "A square."@en .
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    """Return a registry of eight public entries of two publishers; a draft, one withdrawn."""
    it = registry_service(tmp_path_factory.mktemp("catalogue") / "registry", NO_QUOTA)
    for n in range(6):
        it.put(f"/projects/quartier-{n}", description(f"Quartier {n}"), it.town)
    tag = it.put("/projects/quartier-0", description("Centre"), it.town, If_Match="*").headers
    assert tag["ETag"]
    it.put("/projects/ailleurs", description("Ailleurs", RETAINED), it.other)
    it.put("/projects/lieu", PLACED, it.other, "text/turtle")
    it.put("/projects/brouillon?state=draft", description("Brouillon"), it.town)
    it.put("/projects/parti", description("Parti"), it.town)
    assert it.call("DELETE", "/projects/parti", it.town, If_Match="*").status_code == 200
    return it


@pytest.fixture(autouse=True)
def three_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_routes, "SIZE", 3)


@pytest.fixture(scope="module")
def address(service: RegistryService) -> Iterator[str]:
    with served_application(service.client.application) as found:
        yield found


PUBLIC = {
    f"{REGISTRY}/{slug}" for slug in ("ailleurs", "lieu", *(f"quartier-{n}" for n in range(6)))
}


def fetched(url: str) -> Graph:
    """Return a page that is fetched over HTTP, read by its Content-Type as a stranger reads it."""
    with urlopen(url) as answer:  # noqa: S310 — our own server
        return Graph().parse(data=answer.read(), format=answer.headers.get_content_type())


@pytest.mark.parametrize("harvester", [udata, ckan])
@pytest.mark.parametrize("extension", ["ttl", "rdf", "jsonld", "nt"])
def test_a_stranger_harvests_every_public_entry_once_and_no_other(
    address: str, harvester: object, extension: str
) -> None:
    found = harvester(fetched, f"{address}/projects.{extension}")  # type: ignore[operator]
    assert set(found) == PUBLIC
    it: Harvested = found[f"{REGISTRY}/ailleurs"]
    assert (it.title, it.publisher, it.version) == ("Ailleurs", "Ville d'Évreux", "1")
    assert it.description == (
        "Projet décrit par Ville d'Évreux. Porté par : Vernon. Contrat retenu : Marché public global de "
        "performance (MPGP). Parties du projet : Capteurs et compteurs."
    )
    assert it.keywords == {"Marché public global de performance (MPGP)", "Capteurs et compteurs"}
    assert it.licences == {LICENCE_NAME}
    changed = found[f"{REGISTRY}/quartier-0"]
    assert (changed.title, changed.version) == ("Centre", "2")
    assert changed.issued < changed.modified
    assert found[f"{REGISTRY}/quartier-1"].issued == found[f"{REGISTRY}/quartier-1"].modified


def test_every_file_of_a_harvested_entry_is_there_under_its_media_type(
    address: str, service: RegistryService
) -> None:
    it = udata(fetched, f"{address}/projects.ttl")[f"{REGISTRY}/quartier-0"]
    assert len(it.resources) == 9
    for resource in it.resources:
        with urlopen(resource.url) as answer:  # noqa: S310 — our own server
            body = answer.read()
            assert answer.headers.get_content_type() == resource.media_type
        if resource.sha256:
            assert resource.media_type == YAML
            assert hashlib.sha256(body).hexdigest() == resource.sha256
            assert len(body) == resource.size
            assert body == description("Centre").encode()
    assert sum(bool(resource.sha256) for resource in it.resources) == 1
    with urlopen(it.page) as answer:  # noqa: S310 — our own server
        assert answer.headers.get_content_type() == "text/html"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_conforms_but_for_what_no_record_says(address: str, lang: str) -> None:
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    pages = list(udata_pages(fetched, f"{address}/projects.ttl?lang={lang}"))
    assert len(pages) == 3
    for page in pages:
        told = {o.language for o in page.objects() if isinstance(o, Literal) and o.language}
        assert told == {lang}
        assert page.value(REGISTRY, HYDRA.totalItems) == Literal(8)
        _, report, text = pyshacl.validate(page, shacl_graph=shapes)
        faults = {str(shape).rpartition("/")[2] for shape in report.objects(None, SH.sourceShape)}
        assert faults <= UNSAID, text
        assert set(report.objects(None, SH.resultSeverity)) == {SH.Warning}
        assert set(page.objects(None, DCTERMS.license)) == {URIRef(LICENCE)}
        for dataset in page.subjects(RDF.type, DCAT.Dataset):
            for term in ("license", "spatial", "temporal", "accrualPeriodicity"):
                assert page.value(dataset, DCTERMS[term]), (dataset, term)
        for file in page.subjects(RDF.type, DCAT.Distribution):
            assert page.value(file, DCTERMS["format"]), file


def test_an_entry_says_the_place_and_the_name_that_its_description_states(address: str) -> None:
    for lang, name in (("fr", "Lieu"), ("en", "Place")):
        page = fetched(f"{address}/projects.ttl?department=27&lang={lang}")
        entry = URIRef(f"{REGISTRY}/lieu")
        assert page.value(entry, DCTERMS.title) == Literal(name, lang=lang)
        places = set(page.objects(entry, DCTERMS.spatial))
        assert URIRef("http://id.insee.fr/geo/departement/27") in places
        text = str(page.value(entry, DCTERMS.description))
        assert text.startswith({"fr": "Une place. Projet", "en": "A square. A project"}[lang])
        assert str(page.value(entry, DCAT.hasCurrentVersion)) == f"{entry}/versions/1"


def test_what_is_asked_of_the_list_is_a_catalogue_of_its_own(address: str) -> None:
    url = f"{address}/projects.ttl?publisher=vernon&q=quartier"
    pages = list(udata_pages(fetched, url))
    catalogue = URIRef(f"{REGISTRY}?publisher=vernon&q=quartier")
    assert [page.value(catalogue, HYDRA.totalItems) for page in pages] == [Literal(6)] * 2
    assert {str(it) for page in pages for it in page.objects(catalogue, DCAT.dataset)} == {
        f"{REGISTRY}/quartier-{n}" for n in range(6)
    }


def test_the_formats_say_the_same(service: RegistryService) -> None:
    texts = set()
    for extension in PARSERS | QUADS:
        if extension == "json":
            continue  # the list's own
        answer = service.call("GET", f"/projects.{extension}?page=2")
        text = canonical(graph_of(answer, extension)).replace(
            f"/projects.{extension}?", "/projects.X?"
        )
        texts.add(frozenset(text.splitlines()))
    assert len(texts) == 1


ACCEPTED = {
    "text/turtle": "text/turtle",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml, text/turtle;q=0.5": "application/rdf+xml",
    "application/trig": "application/trig",
    "application/json": "application/json",
    "text/csv": "text/csv",
    "text/html, */*;q=0.1": "text/html",
}


@pytest.mark.parametrize("accept", ACCEPTED)
def test_the_list_is_negotiated(service: RegistryService, accept: str) -> None:
    answer = service.call("GET", "/projects", Accept=accept)
    assert answer.mimetype == ACCEPTED[accept]
    assert "Accept" in answer.vary


def test_a_format_that_is_none_is_refused_with_those_that_are(service: RegistryService) -> None:
    answer = service.call("GET", "/projects", Accept="image/png")
    assert answer.status_code == 406
    listed = {it["url"].rpartition("/")[2] for it in answer.json["available"]}
    assert {"projects", "projects.ttl", "projects.jsonld", "projects.csv"} <= listed
    assert service.call("GET", "/projects.docx").status_code == 404
    assert service.call("GET", "/projects.ttl?page=9").status_code == 404
    assert service.call("GET", "/projects.ttl?page=x").status_code == 400
    assert service.call("GET", "/projects.ttl?color=red").status_code == 400


def test_a_page_has_a_tag_until_an_entry_changes_and_links_to_those_beside(
    service: RegistryService,
) -> None:
    first = service.call("GET", "/projects.ttl?page=2&publisher=vernon")
    links = first.headers["Link"]
    for rel, number in (("self", 2), ("prev", 1)):
        assert (
            f'<http://localhost/projects.ttl?publisher=vernon&page={number}>; rel="{rel}"' in links
        )
    assert '<http://localhost/projects.jsonld?publisher=vernon>; rel="alternate"' in links
    assert "no-cache" in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    path = "/projects.ttl?page=2&publisher=vernon"
    assert service.call("GET", path, If_None_Match=tag).status_code == 304
    service.put("/projects/nouveau", description("Nouveau"), service.town)
    try:
        assert service.call("GET", path, If_None_Match=tag).status_code == 200
        # No date is told: of two changes within a second a client would miss one.
        later = "Fri, 01 Jan 2999 00:00:00 GMT"
        answer = service.call("GET", path, If_Modified_Since=later)
        assert answer.status_code == 200
        assert "Last-Modified" not in answer.headers
        assert "nouveau" in service.call("GET", "/projects.nt?page=2").text
    finally:
        service.call("DELETE", "/projects/nouveau", service.town, If_Match="*")
    assert "nouveau" not in service.call("GET", "/projects.nt?page=2").text


def test_an_empty_registry_is_an_empty_catalogue(tmp_path: Path) -> None:
    client = registry_service(tmp_path / "registry").client
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    for extension in PARSERS:
        if extension == "json":
            continue
        page = graph_of(client.get(f"/projects.{extension}"), extension)
        assert (REGISTRY, RDF.type, DCAT.Catalog) in page
        assert page.value(REGISTRY, HYDRA.totalItems) == Literal(0)
        assert not list(page.subjects(RDF.type, DCAT.Dataset))
        report = pyshacl.validate(page, shacl_graph=shapes)[1]
        assert set(report.objects(None, SH.resultSeverity)) == {SH.Warning}
    assert udata(lambda url: graph_of(client.get(url), "ttl"), "/projects.ttl") == {}


@pytest.mark.slow
def test_the_registry_is_one_dataset_of_what_the_service_says_of_itself(
    service: RegistryService,
) -> None:
    catalogue = graph_of(service.call("GET", "/catalog.ttl"), "ttl")
    assert (URIRef(BASE + "catalog"), DCAT.dataset, REGISTRY) in catalogue
    assert (REGISTRY, RDF.type, DCAT.Dataset) in catalogue
    files = list(catalogue.objects(REGISTRY, DCAT.distribution))
    assert len(files) == 9
    for file in files:
        path = urlsplit(str(catalogue.value(file, DCAT.accessURL))).path
        assert service.call("GET", path).mimetype in str(catalogue.value(file, DCAT.mediaType))
    assert 'href="/projects.ttl"' in service.call("GET", "/catalog.html").text
    void = graph_of(service.call("GET", "/void.ttl"), "ttl")
    assert (REGISTRY, RDF.type, VOID.Dataset) in void
    assert str(void.value(REGISTRY, VOID.uriSpace)) == f"{REGISTRY}/"
    assert str(void.value(REGISTRY, VOID.sparqlEndpoint)) == "http://localhost/sparql"
    assert str(void.value(REGISTRY, FOAF.homepage)) == "http://localhost/projects"
    assert "<loc>http://localhost/projects</loc>" in service.call("GET", "/sitemap.xml").text
    endpoint = graph_of(service.call("GET", "/sparql", Accept="text/turtle"), "ttl")
    assert str(endpoint.value(REGISTRY, VOID.uriSpace)) == f"{REGISTRY}/"


def test_an_entry_says_the_same_in_every_syntax_and_by_every_way_of_asking(
    service: RegistryService,
) -> None:
    texts = [service.call("GET", f"/projects/lieu.{ending}") for ending in PARSERS]
    asked = [
        service.call("GET", "/projects/lieu", Accept=one.mimetype)
        for one in texts
        if one.mimetype != "application/json"
    ]
    named = [service.call("GET", f"/projects/lieu?format={ending}") for ending in PARSERS]
    plain = service.call("GET", "/projects/lieu")
    ending = {one.mimetype: name for name, one in zip(PARSERS, texts, strict=True)}
    graphs = {
        canonical(graph_of(one, ending[one.mimetype])) for one in (*texts, *asked, *named, plain)
    }
    assert len(graphs) == 1
    sent = service.call("GET", "/projects/lieu/versions/1")
    assert sent.get_data(as_text=True) == PLACED
