"""How entries of the registry are found: by words, facets and the search, and by harvesters (G1, L5)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from urllib.request import urlopen

import pyshacl
import pytest
from rdflib import SH, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, VOID

from crawling import graph_of
from harvesters import DCAT, HYDRA, Harvested, ckan, udata, udata_pages
from montages.knowledge.files import library
from montages.names import BASE
from montages.store.licence import LICENCE, LICENCE_NAME
from montages_registry.web import list_routes
from registry_service import YAML, RegistryService, description, registry_service
from served_application import served_application

REGISTRY = URIRef(BASE + "projects")
PLACED = """\
@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<lieu> a mtg:Project ; rdfs:label "Lieu"@fr , "Place"@en ; mtg:holder [ a mtg:Commune ] ;
  <http://purl.org/dc/terms/spatial> <http://id.insee.fr/geo/commune/27681> ,
    <http://id.insee.fr/geo/commune/97411> ;
  <http://purl.org/dc/terms/description> "Une place."@fr , "A square."@en .
"""
PUBLIC = {
    f"{REGISTRY}/{slug}" for slug in ("ailleurs", "lieu", *(f"quartier-{n}" for n in range(6)))
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    """Return a registry of eight public entries of two publishers; a draft, one withdrawn."""
    it = registry_service(tmp_path_factory.mktemp("lists") / "registry", has_quota=False)
    for n in range(6):
        it.put(f"/projects/quartier-{n}", description(f"Quartier {n}"), it.town)
    it.put("/projects/quartier-0", description("Zéphyrine"), it.town, If_Match="*")
    it.put("/projects/ailleurs", description("Ailleurs", "retained: mpgp\n"), it.other)
    it.put("/projects/lieu", PLACED, it.other, "text/turtle")
    it.put("/projects/brouillon?state=draft", PLACED, it.town, "text/turtle")
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


def fetched(url: str) -> Graph:
    """Return a page that is fetched over HTTP, read by its Content-Type as a stranger reads it."""
    with urlopen(url) as answer:  # noqa: S310 — our own server
        return Graph().parse(data=answer.read(), format=answer.headers.get_content_type())


def test_an_entry_is_found_by_the_search(service: RegistryService) -> None:
    page = service.call("GET", "/search?q=zephyrine", Accept="text/html").text
    assert 'href="/projects/quartier-0"' in page
    found = service.call("GET", "/search.json?q=zephyrine&lang=en").json
    assert [(it["type"], it["page"]) for it in found["results"]] == [
        ("entry", "/projects/quartier-0?lang=en")
    ]


def test_the_real_projects_are_on_the_page_and_lead_to_the_entries(
    service: RegistryService,
) -> None:
    def page(asked: str) -> str:
        return service.call("GET", f"/projects{asked}", Accept="text/html").text

    assert "Ailleurs" not in page("")
    assert all(part in page("") for part in ("OnDijon", 'href="/projects?q="'))
    assert "/id/project/" in page("?usage=&contract=mpgp&size=")
    assert "OnDijon" not in page("?q=")
    assert all(part in page("?q=") for part in ("Ailleurs", 'href="/projects?page=2"'))
    assert 'href="/projects?q=quartier"' in page("?q=quartier&page=2")


# What is asked of the list, and the entries that there are.
ASKED = {
    "publisher=evreux": 2,
    "publisher=evreux&contract=mpgp": 1,
    "department=27&department=99": 1,
    "q=lieu+ailleurs": 0,
    "q=QUARTIER": 6,
    "q=ailleurs&contract=mpgp&contract=x": 1,
    "q=%25%27%3Blieu--": 1,
}


def test_lists_have_facets_that_count_what_the_others_leave(service: RegistryService) -> None:
    for asked, total in ASKED.items():
        tree = service.call("GET", f"/projects.json?{asked}").json
        assert (tree["total"], len(tree["items"])) == (total, total), asked
    tree = service.call("GET", "/projects.json?publisher=evreux&contract=mpgp").json
    assert tree["facets"]["publisher"] == {"evreux": 1}  # of those with that contract
    assert tree["facets"]["contract"] == {"mpgp": 1}
    placed = service.call("GET", "/projects.json?department=27").json["items"]
    assert [it["facets"]["department"] for it in placed] == [["27", "974"]]
    for wrong, status in (("json?color=red", 400), ("ttl?page=9", 404), ("ttl?page=x", 400)):
        assert service.call("GET", f"/projects.{wrong}").status_code == status


@pytest.mark.parametrize("harvester", [udata, ckan])
@pytest.mark.parametrize("extension", ["ttl", "rdf", "jsonld", "nt"])
def test_a_stranger_harvests_every_public_entry_once_and_no_other(
    address: str, harvester: Callable[..., dict[str, Harvested]], extension: str
) -> None:
    found = harvester(fetched, f"{address}/projects.{extension}")
    assert set(found) == PUBLIC
    it = found[f"{REGISTRY}/ailleurs"]
    assert (it.title, it.publisher, it.version) == ("Ailleurs", "Ville d'Évreux", "1")
    assert it.description == "Projet décrit par Ville d'Évreux. Porté par : Vernon."
    assert it.keywords == {"Marché public global de performance (MPGP)", "Capteurs et compteurs"}
    assert it.licences == {LICENCE_NAME}
    changed = found[f"{REGISTRY}/quartier-0"]
    assert (changed.title, changed.version) == ("Zéphyrine", "2")
    assert changed.issued < changed.modified
    assert found[f"{REGISTRY}/quartier-1"].issued == found[f"{REGISTRY}/quartier-1"].modified


def test_every_file_of_a_harvested_entry_is_there_under_its_media_type(address: str) -> None:
    it = udata(fetched, f"{address}/projects.ttl")[f"{REGISTRY}/quartier-0"]
    assert len(it.resources) == 9
    for resource in it.resources:
        with urlopen(resource.url) as answer:  # noqa: S310 — our own server
            body = answer.read()
            assert answer.headers.get_content_type() == resource.media_type
        if resource.sha256:
            assert (resource.media_type, resource.size) == (YAML, len(body))
            assert hashlib.sha256(body).hexdigest() == resource.sha256
            assert body == description("Zéphyrine").encode()
    assert sum(bool(resource.sha256) for resource in it.resources) == 1
    with urlopen(it.page) as answer:  # noqa: S310 — our own server
        assert answer.headers.get_content_type() == "text/html"


@pytest.mark.parametrize(("lang", "name", "said"), [("fr", "Lieu", "Une"), ("en", "Place", "A")])
def test_every_page_conforms_but_for_what_no_record_says(
    address: str, lang: str, name: str, said: str
) -> None:
    shapes = library.read([library.ROOT / "shapes" / "catalogue.ttl"])
    pages = list(udata_pages(fetched, f"{address}/projects.ttl?lang={lang}"))
    assert len(pages) == 3
    for page in pages:
        told = {o.language for o in page.objects() if isinstance(o, Literal) and o.language}
        assert told == {lang}
        assert page.value(REGISTRY, HYDRA.totalItems) == Literal(8)
        report = pyshacl.validate(page, shacl_graph=shapes)[1]
        assert set(report.objects(None, SH.resultSeverity)) == {SH.Warning}
        assert set(page.objects(None, DCTERMS.license)) == {URIRef(LICENCE)}
    page, entry = fetched(f"{address}/projects.ttl?department=27&lang={lang}"), REGISTRY + "/lieu"
    assert page.value(entry, DCTERMS.title) == Literal(name, lang=lang)
    assert str(page.value(entry, DCTERMS.description)).startswith(said)
    place = URIRef("http://id.insee.fr/geo/departement/27")
    assert (entry, DCTERMS.spatial, place) in page


def test_what_is_asked_of_the_list_is_a_catalogue_of_its_own(address: str) -> None:
    pages = list(udata_pages(fetched, f"{address}/projects.ttl?publisher=vernon&q=quartier"))
    catalogue = URIRef(f"{REGISTRY}?publisher=vernon&q=quartier")
    assert [page.value(catalogue, HYDRA.totalItems) for page in pages] == [Literal(6)] * 2
    assert {str(it) for page in pages for it in page.objects(catalogue, DCAT.dataset)} == {
        f"{REGISTRY}/quartier-{n}" for n in range(6)
    }


def test_the_list_is_negotiated(service: RegistryService) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/json", "text/html"):
        answer = service.call("GET", "/projects", Accept=f"{accept}, */*;q=0.1")
        assert (answer.mimetype, "Accept" in answer.vary) == (accept, True)
    answer = service.call("GET", "/projects", Accept="image/png")
    assert answer.status_code == 406
    listed = {it["url"].rpartition("/")[2] for it in answer.json["available"]}
    assert {"projects", "projects.ttl", "projects.jsonld"} <= listed
    assert service.call("GET", "/projects.docx").status_code == 404


def test_a_page_has_a_tag_until_an_entry_changes_and_links_to_those_beside(
    service: RegistryService,
) -> None:
    path = "/projects.ttl?page=2&publisher=vernon"
    first = service.call("GET", path)
    links = first.headers["Link"]
    for rel, number in (("self", 2), ("prev", 1)):
        url = f"http://localhost/projects.ttl?publisher=vernon&page={number}"
        assert f'<{url}>; rel="{rel}"' in links
    assert '<http://localhost/projects.jsonld?publisher=vernon>; rel="alternate"' in links
    tag = first.headers["ETag"]
    assert service.call("GET", path, If_None_Match=tag).status_code == 304
    service.put("/projects/nouveau", description("Nouveau"), service.town)
    try:
        assert service.call("GET", path, If_None_Match=tag).status_code == 200
        # No date is told: of two changes within a second a client would miss one.
        assert "Last-Modified" not in service.call("GET", path).headers
        assert "nouveau" in service.call("GET", "/projects.nt").text
    finally:
        service.call("DELETE", "/projects/nouveau", service.town, If_Match="*")
    assert "nouveau" not in service.call("GET", "/projects.nt").text


@pytest.mark.slow
def test_the_registry_is_one_dataset_of_what_the_service_says_of_itself(
    service: RegistryService,
) -> None:
    catalogue = graph_of(service.call("GET", "/catalog.ttl"), "ttl")
    assert (URIRef(BASE + "catalog"), DCAT.dataset, REGISTRY) in catalogue
    assert len(list(catalogue.objects(REGISTRY, DCAT.distribution))) == 8
    assert 'href="/projects.ttl"' in service.call("GET", "/catalog.html").text
    void = graph_of(service.call("GET", "/void.ttl"), "ttl")
    assert str(void.value(REGISTRY, VOID.uriSpace)) == f"{REGISTRY}/"
    assert str(void.value(REGISTRY, FOAF.homepage)) == "http://localhost/projects"
    assert "<loc>http://localhost/projects</loc>" in service.call("GET", "/sitemap.xml").text
